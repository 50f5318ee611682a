"""The table of the archive side, over the whole product of what evidence can say."""

from collections import Counter
from collections.abc import Iterator
from functools import cache

import pytest
from hypothesis import given
from hypothesis import strategies as st

from linkcheck.model.evidence import Baseline, Listing, Text
from linkcheck.model.verdict import ArchiveVerdict
from linkcheck.verdicts.archive import ARCHIVE_RULES, REASONS, TABLE
from linkcheck.verdicts.chain import Ending, Replay
from linkcheck.verdicts.content import Content
from linkcheck.verdicts.distance import Distance
from linkcheck.verdicts.facets import Address, Age, Era, Facets, Subject
from linkcheck.verdicts.rules import facet_kinds

V = ArchiveVerdict
KINDS = facet_kinds()
OUTER = ("listing", "replay")
INNER = tuple(name for name in KINDS if name not in OUTER)
CONDEMNING = frozenset({V.MISSING, V.HOLLOW, V.DIFFERS, V.UNPLAYABLE, V.EXCLUDED})
SILENT_LISTING = frozenset({Listing.NOT_ASKED, Listing.UNTOLD})
SILENT_REPLAY = frozenset({Replay.NOT_ASKED, Replay.UNTOLD})


def product(start: int, names: tuple[str, ...]) -> Iterator[int]:
    """Yield what is left of the rules for every combination of these facets."""
    if not names:
        yield start
        return
    for value in KINDS[names[0]]:
        yield from product(start & TABLE.bits(names[0], value), names[1:])


@cache
def cell(listing: Listing, replay: Replay) -> tuple[int, ...]:
    """Give the number of the deciding rule for each combination of the inner facets."""
    start = TABLE.bits("listing", listing) & TABLE.bits("replay", replay)
    left = product(start, INNER)
    return tuple((bits & -bits).bit_length() - 1 for bits in left)


def verdicts(listing: Listing, replay: Replay) -> frozenset[ArchiveVerdict]:
    return frozenset(ARCHIVE_RULES[number].verdict for number in set(cell(listing, replay)))


CELLS = [(listing, replay) for listing in Listing for replay in Replay]
EACH_CELL = pytest.mark.parametrize(("listing", "replay"), CELLS)


@EACH_CELL
def test_every_combination_gets_a_verdict(listing: Listing, replay: Replay) -> None:
    size = 1
    for name in INNER:
        size *= len(KINDS[name])
    assert len(cell(listing, replay)) == size
    assert min(cell(listing, replay)) >= 0


def test_every_row_fires() -> None:
    fired: Counter[int] = Counter()
    for listing, replay in CELLS:
        fired.update(cell(listing, replay))
    assert [rule.name for number, rule in enumerate(ARCHIVE_RULES) if not fired[number]] == []


def test_names_are_one_each() -> None:
    names = [rule.name for rule in ARCHIVE_RULES]
    assert len(set(names)) == len(names)


def test_whoever_cannot_tell_says_why() -> None:
    undecided = {rule.name for rule in ARCHIVE_RULES if rule.verdict in {V.UNKNOWN, V.PENDING}}
    assert set(REASONS) == undecided


def test_every_verdict_is_given() -> None:
    assert {rule.verdict for rule in ARCHIVE_RULES} == set(ArchiveVerdict)


def test_silence_never_condemns() -> None:
    """Proven over the whole product: neither side told anything, so nothing is concluded."""
    for listing in SILENT_LISTING:
        for replay in SILENT_REPLAY:
            assert verdicts(listing, replay) <= {V.UNKNOWN}


@EACH_CELL
def test_silence_weighs_as_much_as_not_having_asked(listing: Listing, replay: Replay) -> None:
    """A time-out, a throttle or an outage changes no conclusion that the other side allows."""
    if replay in SILENT_REPLAY:
        assert cell(listing, Replay.UNTOLD) == cell(listing, Replay.NOT_ASKED)
    if listing in SILENT_LISTING:
        assert cell(Listing.UNTOLD, replay) == cell(Listing.NOT_ASKED, replay)


@EACH_CELL
def test_what_a_condemnation_rests_on(listing: Listing, replay: Replay) -> None:
    """Each one needs the words of the archive that it is about."""
    given = verdicts(listing, replay)
    listed = listing in {Listing.LISTED, Listing.NEARBY}
    if V.MISSING in given:
        assert replay is Replay.ABSENT or (listing is Listing.EMPTY and replay in SILENT_REPLAY)
    if V.UNPLAYABLE in given:
        assert listed
        assert replay in {Replay.BROKEN, Replay.ABSENT}
    if V.EXCLUDED in given:
        assert Listing.EXCLUDED is listing or replay is Replay.EXCLUDED
    if V.DIFFERS in given:
        assert replay is Replay.PLAYED
    if V.HOLLOW in given:
        assert replay is Replay.PLAYED or (listed and replay in SILENT_REPLAY)


def test_absence_from_a_bulk_answer_is_provisional() -> None:
    for replay in SILENT_REPLAY:
        assert verdicts(Listing.BULK_ABSENT, replay) == {V.UNKNOWN, V.PENDING}


def facets(  # noqa: PLR0917 - the order of the columns
    listing: Listing = Listing.LISTED,
    replay: Replay = Replay.PLAYED,
    ending: Ending = Ending.GOOD,
    content: Content = Content.MEANT,
    distance: Distance = Distance.WITHIN,
    text: Text = Text.NOT_COMPARED,
    address: Address = Address.SAME,
    subject: Subject = Subject.RESOURCE,
    era: Era = Era.ITS_OWN,
    age: Age = Age.SETTLED,
    baseline: Baseline = Baseline.NONE,
) -> Facets:
    return Facets(
        listing=listing,
        replay=replay,
        ending=ending,
        content=content,
        distance=distance,
        text=text,
        address=address,
        subject=subject,
        era=era,
        age=age,
        baseline=baseline,
    )


LISTED = facets(replay=Replay.NOT_ASKED, content=Content.UNSEEN)
CASES = [
    (facets(), "asked-time", V.CAPTURED),
    (LISTED, "asked-time", V.CAPTURED),
    (facets(ending=Ending.GOOD_SAME_KEY), "via-redirect", V.CAPTURED),
    (facets(distance=Distance.INHERITED), "inherited-time", V.CAPTURED),
    (facets(distance=Distance.WRITE_ONCE), "write-once-name", V.CAPTURED),
    (facets(distance=Distance.BRACKETED), "digest-bracket", V.CAPTURED),
    (facets(distance=Distance.ANY), "any-time", V.CAPTURED),
    (facets(distance=Distance.BEYOND), "elsewhen", V.DRIFTED),
    (facets(distance=Distance.UNTOLD), "moment-untold", V.UNKNOWN),
    (facets(distance=Distance.BEYOND, age=Age.YOUNG), "too-young-elsewhen", V.PENDING),
    (facets(age=Age.YOUNG), "asked-time", V.CAPTURED),
    (facets(ending=Ending.GOOD_ELSEWHERE), "redirected", V.REDIRECTED),
    (facets(ending=Ending.FRONT_PAGE), "front-page", V.HOLLOW),
    (facets(ending=Ending.LOGIN), "login", V.HOLLOW),
    (facets(ending=Ending.DEAD_END), "dead-end", V.HOLLOW),
    (facets(ending=Ending.ERROR), "own-error", V.HOLLOW),
    (facets(replay=Replay.UNTOLD, ending=Ending.ERROR), "own-error", V.HOLLOW),
    (facets(ending=Ending.ERROR, distance=Distance.BEYOND), "own-error", V.HOLLOW),
    (facets(replay=Replay.UNTOLD, ending=Ending.UNSEEN), "status-untold", V.UNKNOWN),
    (facets(content=Content.WRONG_KIND), "wrong-kind", V.HOLLOW),
    (facets(content=Content.EMPTY), "empty-body", V.HOLLOW),
    (facets(content=Content.TRUNCATED), "truncated-body", V.HOLLOW),
    (facets(content=Content.SHARED), "shared-body", V.HOLLOW),
    (facets(content=Content.SUSPECT), "suspicion-unconfirmed", V.UNKNOWN),
    (facets(text=Text.DISAGREES), "text-disagrees", V.HOLLOW),
    (facets(text=Text.UNDECIDED), "asked-time", V.CAPTURED),
    (facets(subject=Subject.PLAYER), "player-page", V.SHELL),
    (
        facets(subject=Subject.PLAYER, text=Text.DISAGREES),
        "player-page",
        V.SHELL,
    ),  # it has other words
    (facets(subject=Subject.PLAYER, distance=Distance.BEYOND), "player-page", V.SHELL),
    (facets(subject=Subject.PLAYER, ending=Ending.ERROR), "own-error", V.HOLLOW),
    (facets(address=Address.OTHER_CASE), "other-case", V.UNKNOWN),
    (facets(address=Address.OTHER_CASE, text=Text.AGREES), "asked-time", V.CAPTURED),
    (facets(era=Era.AFTER_END), "host-ended-unproven", V.UNKNOWN),
    (facets(era=Era.AFTER_END, text=Text.AGREES), "host-ended", V.CAPTURED),
    (facets(era=Era.AFTER_END, text=Text.DISAGREES), "text-disagrees", V.HOLLOW),
    (facets(era=Era.AFTER_END, distance=Distance.WRITE_ONCE), "write-once-name", V.CAPTURED),
    (facets(era=Era.AFTER_END, replay=Replay.NOT_ASKED), "host-ended-unplayed", V.UNKNOWN),
    (facets(baseline=Baseline.CHANGED_AGAIN), "bytes-differ-twice", V.DIFFERS),
    (facets(baseline=Baseline.CHANGED), "asked-time", V.CAPTURED),
    (facets(replay=Replay.BROKEN), "listed-not-played", V.UNPLAYABLE),
    (facets(replay=Replay.ABSENT), "listed-not-played", V.UNPLAYABLE),
    (facets(replay=Replay.ABSENT, age=Age.YOUNG), "too-young-to-play", V.PENDING),
    (facets(Listing.EMPTY, Replay.BROKEN), "error-unlisted", V.UNKNOWN),
    (facets(Listing.EMPTY, Replay.PLAYED), "asked-time", V.CAPTURED),  # the index lags behind
    (facets(Listing.EMPTY, Replay.UNTOLD), "index-empty", V.MISSING),
    (facets(Listing.EMPTY, Replay.UNTOLD, age=Age.YOUNG), "too-young-to-list", V.PENDING),
    (facets(Listing.UNTOLD, Replay.ABSENT), "replay-absent", V.MISSING),
    (facets(Listing.BULK_ABSENT, Replay.ABSENT), "replay-absent", V.MISSING),
    (facets(Listing.BULK_ABSENT, Replay.NOT_ASKED), "bulk-absence", V.UNKNOWN),
    (facets(Listing.UNTOLD, Replay.UNTOLD), "nothing-told", V.UNKNOWN),
    (facets(Listing.EXCLUDED, Replay.NOT_ASKED), "index-withheld", V.EXCLUDED),
    (facets(Listing.EXCLUDED, Replay.ABSENT), "index-withheld", V.EXCLUDED),
    (facets(Listing.LISTED, Replay.EXCLUDED), "replay-withheld", V.EXCLUDED),
]


@pytest.mark.parametrize(("seen", "name", "verdict"), CASES)
def test_the_timetable(seen: Facets, name: str, verdict: ArchiveVerdict) -> None:
    rule = TABLE.decide(seen)
    assert (rule.name, rule.verdict) == (name, verdict)


def test_each_rule_stands_in_the_timetable() -> None:
    assert {name for _, name, _ in CASES} == {rule.name for rule in ARCHIVE_RULES}


@given(st.builds(Facets, **{name: st.sampled_from(kind) for name, kind in KINDS.items()}))
def test_the_quick_table_decides_as_the_plain_one(seen: Facets) -> None:
    assert TABLE.decide(seen) is next(rule for rule in ARCHIVE_RULES if rule.fits(seen))
