"""The table of the live side, over the whole product of what evidence can say."""

from enum import Enum
from functools import cache
from math import prod
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from linkcheck.model.live import Reach
from linkcheck.model.verdict import LiveVerdict
from linkcheck.verdicts.live import LIVE_RULES, LIVE_TABLE, REASONS
from linkcheck.verdicts.live_facets import (
    Ending,
    LiveFacets,
    Owner,
    Page,
    Probe,
    Status,
    Told,
    Wall,
)
from linkcheck.verdicts.live_way import Way
from linkcheck.verdicts.rules import facet_kinds

V = LiveVerdict
KINDS = facet_kinds(LiveFacets)
CONDEMNING = frozenset({V.GONE, V.HOST_GONE, V.SOFT_GONE, V.USURPED})
GOOD = frozenset({V.ALIVE, V.MOVED})
UNANSWERED = frozenset(Ending) - {Ending.ANSWERED}
TELLS_NOTHING = frozenset({Ending.NOT_ASKED, Ending.UNTOLD, Ending.ONCE, Ending.SILENT})


NAMES = tuple(KINDS)


@cache
def free(place: int) -> int:
    """Return the rules that ask nothing of the facets from a place on."""
    bits = (1 << len(LIVE_RULES)) - 1
    for name in NAMES[place:]:
        for value in KINDS[name]:
            bits &= LIVE_TABLE.bits(name, value)
    return bits


def decided(fixed: tuple[tuple[str, Enum], ...]) -> frozenset[int]:
    """Return which rules decide over the whole product of the other facets.

    Combinations that leave the same rules are one from there on, and none is gone into further
    once its first rule asks nothing more: so a million of them cost no more than some hundreds.
    """
    given = dict(fixed)

    @cache
    def firsts(bits: int, place: int) -> frozenset[int]:
        lowest = bits & -bits
        if place == len(NAMES) or lowest & free(place):
            return frozenset((lowest,))
        name = NAMES[place]
        values = (given[name],) if name in given else tuple(KINDS[name])
        left = {bits & LIVE_TABLE.bits(name, value) for value in values}
        return frozenset().union(*(firsts(each, place + 1) for each in left))

    return firsts((1 << len(LIVE_RULES)) - 1, 0)


def deciding(**fixed: Enum) -> set[int]:
    return set(decided(tuple(fixed.items())))


def rules(**fixed: Enum) -> set[str]:
    return {LIVE_TABLE.first(bits).name for bits in deciding(**fixed) if bits}


def verdicts(**fixed: Enum) -> set[LiveVerdict]:
    return {LIVE_TABLE.first(bits).verdict for bits in deciding(**fixed) if bits}


def test_every_combination_gets_a_verdict() -> None:
    assert prod(map(len, KINDS.values())) > 1_000_000
    assert 0 not in deciding()


def test_every_row_fires() -> None:
    assert {rule.name for rule in LIVE_RULES} - rules() == set()


def test_names_are_one_each_and_every_verdict_is_given() -> None:
    names = [rule.name for rule in LIVE_RULES]
    assert len(set(names)) == len(names)
    assert {rule.verdict for rule in LIVE_RULES} == set(LiveVerdict)


def test_whoever_cannot_tell_says_why() -> None:
    assert set(REASONS) == {rule.name for rule in LIVE_RULES if rule.verdict is V.UNKNOWN}


@pytest.mark.parametrize("ending", sorted(TELLS_NOTHING))
def test_silence_never_condemns(ending: Ending) -> None:
    assert verdicts(ending=ending) == {V.UNKNOWN}


@pytest.mark.parametrize("reach", [Reach.FAILED, Reach.LIED])
def test_what_our_own_network_made_up_says_nothing(reach: Reach) -> None:
    assert verdicts(reach=reach) == {V.UNKNOWN}


def test_without_a_control_no_failure_condemns() -> None:
    for ending in UNANSWERED:
        assert verdicts(reach=Reach.UNPROVEN, ending=ending) & (CONDEMNING | GOOD) == set()


def test_only_a_name_or_a_door_that_is_closed_ends_a_host() -> None:
    for ending in Ending:
        given = verdicts(ending=ending)
        assert (V.HOST_GONE in given) == (ending in {Ending.NO_NAME, Ending.REFUSED})
        if ending is not Ending.ANSWERED:
            assert given & {V.GONE, V.SOFT_GONE, V.USURPED, V.ALIVE, V.MOVED} == set()


def test_what_each_condemnation_rests_on() -> None:
    for status in Status:
        given = verdicts(ending=Ending.ANSWERED, status=status)
        assert (V.GONE in given) == (status is Status.GONE)
        assert (V.SOFT_GONE in given) == (status is Status.GOOD)
    for owner in Owner:
        given = verdicts(ending=Ending.ANSWERED, owner=owner)
        assert (V.USURPED in given) == (owner in {Owner.USURPER, Owner.NEW})
    for probe in Probe:
        given = verdicts(probe=probe)
        assert (V.SOFT_GONE in given) == (probe in {Probe.SAME, Probe.OTHER})
    assert V.SOFT_GONE not in verdicts(probe=Probe.OTHER, page=Page.FITTING)


def test_a_wall_is_neither_dead_nor_alive() -> None:
    given = verdicts(
        wall=Wall.STANDS,
        ending=Ending.ANSWERED,
        told=Told.NOTHING,
        reach=Reach.PROVEN,
        owner=Owner.ITS_OWN,
    )
    assert given == {V.BLOCKED, V.UNKNOWN}  # unknown: 429
    mine = {"told": Told.NOTHING, "reach": Reach.PROVEN, "owner": Owner.ITS_OWN}
    assert verdicts(way=Way.GATE, ending=Ending.ANSWERED, **mine) == {V.BLOCKED, V.UNKNOWN}


def test_a_shell_is_never_condemned_for_answering_everything() -> None:
    shell = verdicts(page=Page.SHELL, status=Status.GOOD, probe=Probe.SAME, owner=Owner.ITS_OWN)
    assert shell & CONDEMNING <= {V.HOST_GONE}  # where there was no answer at all


def test_throttling_and_faults_never_condemn() -> None:
    for status in (Status.THROTTLED, Status.STRAY, Status.FAULTY):
        given = verdicts(status=status, ending=Ending.ANSWERED, owner=Owner.ITS_OWN)
        assert given & CONDEMNING == set()


# fmt: off
CASES: list[tuple[str, LiveVerdict, dict[str, Enum]]] = [
    ("liar",                V.UNKNOWN,   {"reach": Reach.LIED}),
    ("our-own-end",         V.UNKNOWN,   {"reach": Reach.FAILED, "ending": Ending.NO_NAME}),
    ("not-asked",           V.UNKNOWN,   {"ending": Ending.NOT_ASKED}),
    ("no-word",             V.UNKNOWN,   {"ending": Ending.UNTOLD}),
    ("silent",              V.UNKNOWN,   {"ending": Ending.SILENT}),
    ("asked-once",          V.UNKNOWN,   {"ending": Ending.ONCE}),
    ("network-unproven",    V.UNKNOWN,   {"ending": Ending.NO_NAME, "reach": Reach.UNPROVEN}),
    ("no-such-name",        V.HOST_GONE, {"ending": Ending.NO_NAME}),
    ("host-refuses",        V.HOST_GONE, {"ending": Ending.REFUSED}),
    ("port-refused",        V.BROKEN,    {"ending": Ending.PORT_REFUSED}),
    ("leads-nowhere",       V.BROKEN,    {"ending": Ending.DEAD_END}),
    ("certificate",         V.BROKEN,    {"ending": Ending.TLS}),
    ("no-http",             V.BROKEN,    {"ending": Ending.GARBLED}),
    ("redirect-circle",     V.BROKEN,    {"ending": Ending.CIRCLES}),
    ("status-said-good",    V.ALIVE,     {"status": Status.DENIED, "told": Told.GOOD}),
    ("status-said-bad",     V.BROKEN,    {"told": Told.BAD}),
    ("status-unjudged",     V.UNKNOWN,   {"status": Status.GONE, "told": Told.UNJUDGED}),
    ("throttled",           V.UNKNOWN,   {"status": Status.THROTTLED, "wall": Wall.STANDS}),
    ("wall",                V.BLOCKED,   {"wall": Wall.STANDS, "probe": Probe.SAME}),
    ("wall",                V.BLOCKED,   {"wall": Wall.STANDS, "status": Status.FAULTY}),
    ("usurped",             V.USURPED,   {"owner": Owner.USURPER, "probe": Probe.SAME}),
    ("usurped",             V.USURPED,   {"owner": Owner.USURPER, "status": Status.GONE}),
    ("gate",                V.BLOCKED,   {"way": Way.GATE, "probe": Probe.SAME}),
    ("denied",              V.BLOCKED,   {"status": Status.DENIED}),
    ("gone",                V.GONE,      {"status": Status.GONE, "way": Way.ELSEWHERE}),
    ("server-fault",        V.BROKEN,    {"status": Status.FAULTY}),
    ("stray-status",        V.UNKNOWN,   {"status": Status.STRAY}),
    ("perhaps-usurped",     V.UNKNOWN,   {"owner": Owner.SUSPECT}),
    ("shell-for-all",       V.UNKNOWN,   {"page": Page.SHELL, "probe": Probe.SAME}),
    ("script-alone",        V.UNKNOWN,   {"page": Page.BLANK}),
    ("trouble",             V.UNKNOWN,   {"page": Page.TROUBLE, "probe": Probe.SAME}),
    ("maintenance",         V.UNKNOWN,   {"page": Page.MAINTENANCE, "probe": Probe.SAME}),
    ("usurped",             V.USURPED,   {"owner": Owner.USURPER, "wall": Wall.STANDS}),
    ("wall",                V.BLOCKED,   {"owner": Owner.SUSPECT, "wall": Wall.STANDS}),
    ("front-page-too",      V.UNKNOWN,   {"page": Page.SCRIPTED, "probe": Probe.SAME}),
    ("impossible-page-too", V.SOFT_GONE, {"probe": Probe.SAME, "way": Way.ELSEWHERE}),
    ("impossible-page-too", V.SOFT_GONE, {"probe": Probe.SAME, "page": Page.EMPTY}),
    ("excuse",              V.SOFT_GONE, {"page": Page.APOLOGY, "probe": Probe.OTHER}),
    ("excuse-unproven",     V.UNKNOWN,   {"page": Page.APOLOGY}),
    ("excuse-unproven",     V.UNKNOWN,   {"page": Page.TITLED, "probe": Probe.OTHER}),
    ("front-page",          V.UNKNOWN,   {"way": Way.FRONT_PAGE}),
    ("common-end",          V.UNKNOWN,   {"way": Way.COMMON}),
    ("empty-page",          V.UNKNOWN,   {"page": Page.EMPTY}),
    ("wrong-kind",          V.UNKNOWN,   {"page": Page.WRONG_KIND}),
    ("new-owner",           V.USURPED,   {"owner": Owner.NEW}),
    ("stranger",            V.UNKNOWN,   {"owner": Owner.STRANGER}),
    ("redirected",          V.MOVED,     {"way": Way.ELSEWHERE}),
    ("same-thing",          V.ALIVE,     {"way": Way.SAME_THING}),
    ("answers",             V.ALIVE,     {}),
    ("answers",             V.ALIVE,     {"page": Page.SHELL}),
    ("answers",             V.ALIVE,     {"probe": Probe.OTHER}),
]
# fmt: on
FINE: dict[str, Enum] = {
    "reach": Reach.PROVEN,
    "ending": Ending.ANSWERED,
    "status": Status.GOOD,
    "told": Told.NOTHING,
    "way": Way.DIRECT,
    "wall": Wall.NONE,
    "owner": Owner.ITS_OWN,
    "probe": Probe.HONEST,
    "page": Page.FITTING,
}


@pytest.mark.parametrize(("name", "verdict", "seen"), CASES)
def test_the_timetable(name: str, verdict: LiveVerdict, seen: dict[str, Enum]) -> None:
    rule = LIVE_TABLE.decide(LiveFacets(**{**FINE, **seen}))  # type: ignore[arg-type] # by name
    assert (rule.name, rule.verdict) == (name, verdict)


def test_each_rule_stands_in_the_timetable() -> None:
    assert {name for name, _, _ in CASES} == {rule.name for rule in LIVE_RULES}


def test_the_documented_table_is_the_one_that_judges() -> None:
    lines = (Path(__file__).parents[1] / "docs" / "live.md").read_text().splitlines()
    rows = [line.split("|")[1:3] for line in lines if line.startswith("| `")]
    documented = [(name.strip(" `"), verdict.strip()) for name, verdict in rows]
    assert documented == [(rule.name, rule.verdict) for rule in LIVE_RULES]


@given(st.builds(LiveFacets, **{name: st.sampled_from(kind) for name, kind in KINDS.items()}))
def test_the_quick_table_decides_as_the_plain_one(seen: LiveFacets) -> None:
    assert LIVE_TABLE.decide(seen) is next(rule for rule in LIVE_RULES if rule.fits(seen))
