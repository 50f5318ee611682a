"""A hostile archive: what it does is bounded and typed, and never makes anything `missing`."""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, replace

import anyio
import pytest

from linkcheck.lanes.archive import ArchiveLaneReport
from linkcheck.model.exchange import Purpose
from linkcheck.model.verdict import ArchiveVerdict
from linkcheck.settings.archive_lane import ArchiveLaneSettings
from linkcheck.settings.network import LIMITS
from linkcheck.settings.planning import PlanningSettings
from tests.standin.archive import StandIn, is_index
from tests.standin.asker import InProcess
from tests.standin.held import Held, holdings
from tests.standin.lane import Kept, run_lane, side, told
from tests.standin.troubles import Trouble
from tests.virtual import simulate

MIB = 1 << 20
HOST = "https://www.made.example"
PLACES = [f"/p{number:02}" for number in range(40)]
ABSENT = [f"/q{number:02}" for number in range(3)]
CAPTURES = tuple(
    Held(
        original=HOST + place,
        timestamp="20180101000000",
        body=b"<html><body>%b</body></html>" % place.encode(),
    )
    for place in PLACES
)
# The engine's own bounds, smaller: what is beyond them is the same at any size.
SMALL = {
    str(purpose): replace(limits, body=12 * MIB if purpose is Purpose.INDEX else MIB)
    for purpose, limits in LIMITS.items()
}
GOOD, NONE, UNTOLD = ArchiveVerdict.CAPTURED, ArchiveVerdict.MISSING, ArchiveVerdict.UNKNOWN


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    held: set[ArchiveVerdict]
    absent: set[ArchiveVerdict]
    kept: Kept
    report: ArchiveLaneReport
    ask: InProcess


def outcome_of(
    trouble: Trouble,
    playback: str = "doubtful,sample:5",
    only: Callable[[str], bool] = is_index,
    settings: ArchiveLaneSettings | None = None,
) -> Outcome:
    standin = StandIn(holdings=holdings(CAPTURES), trouble=trouble, only=only)
    ask = InProcess(standin, limits=SMALL)

    async def main() -> tuple[Kept, ArchiveLaneReport]:
        with anyio.fail_after(3600):
            wanted = [side(HOST + place) for place in (*PLACES, *ABSENT)]
            return await run_lane(ask, wanted, settings=settings or told(playback))

    kept, report = simulate("trio", main)
    verdicts = {one.evidence.original: one.finding.verdict for one in kept.latest.values()}
    return Outcome(
        held={verdicts[HOST + place] for place in PLACES},
        absent={verdicts[HOST + place] for place in ABSENT},
        kept=kept,
        report=report,
        ask=ask,
    )


# What a trouble of the index leaves of the truth: playback answers well, and is asked.
INDEX = (
    (Trouble.ENDLESS, {GOOD}, {NONE}),
    (Trouble.DISORDERED, {GOOD}, {NONE}),
    (Trouble.HUGE_ROW, {GOOD}, {NONE}),
    (Trouble.LOOPING_KEY, {GOOD}, {NONE}),
    (Trouble.CIRCLING_KEYS, {GOOD}, {NONE}),
    (Trouble.GARBAGE, {GOOD}, {NONE}),  # three times nothing that can be read
    (Trouble.CUT, {GOOD}, {NONE}),
)


@pytest.mark.parametrize(("trouble", "held", "absent"), INDEX)
def test_an_index_that_lies_or_never_ends(
    trouble: Trouble, held: set[ArchiveVerdict], absent: set[ArchiveVerdict]
) -> None:
    outcome = outcome_of(trouble)
    assert (outcome.held, outcome.absent) == (held, absent)
    assert len(outcome.ask.standin.queries) <= 8
    assert len(outcome.ask.standin.plays) <= 2 * (len(PLACES) + len(ABSENT))
    assert outcome.report.not_asked == 0


def test_of_an_index_that_cannot_be_read_only_so_much_is_played_one_by_one() -> None:
    few = replace(told(), planning=PlanningSettings(unread_singles=10))
    outcome = outcome_of(Trouble.GARBAGE, settings=few)
    counts = Counter(one.finding.verdict for one in outcome.kept.latest.values())
    assert counts == {GOOD: 10, UNTOLD: 33}


@pytest.mark.parametrize("trouble", [trouble for trouble, *_ in INDEX])
def test_without_playback_such_an_index_proves_no_absence(trouble: Trouble) -> None:
    outcome = outcome_of(trouble, "none")
    assert outcome.held <= {GOOD, UNTOLD}
    assert outcome.absent == {UNTOLD}
    assert not outcome.ask.standin.plays


PLAYBACK = (Trouble.OUTWARD, Trouble.WORDS_OF_OTHERS, Trouble.GARBAGE, Trouble.EMPTY)


def not_index(target: str) -> bool:
    return not is_index(target)


@pytest.mark.parametrize("trouble", PLAYBACK)
def test_playback_that_leads_away_or_speaks_for_others(trouble: Trouble) -> None:
    outcome = outcome_of(trouble, "all", not_index)
    wrong = {NONE, ArchiveVerdict.HOLLOW, ArchiveVerdict.UNPLAYABLE}
    if trouble is not Trouble.WORDS_OF_OTHERS:
        assert not (outcome.held | outcome.absent) & wrong
    assert NONE not in outcome.held | outcome.absent
    assert not outcome.ask.elsewhere  # no request leaves the archive


def test_a_page_with_the_archives_words_in_it_is_a_page() -> None:
    words = (
        b"<html><body>This URL has been excluded from the Wayback Machine. Hrm. The Wayback"
        b" Machine has not archived that URL. Temporarily Offline. 429 Too Many Requests</body>"
    )
    captures = [
        Held(original=one.original, timestamp=one.timestamp, body=words + one.body)
        for one in CAPTURES
    ]
    ask = InProcess(StandIn(holdings=holdings(captures)))

    async def main() -> Kept:
        wanted = [side(HOST + place) for place in PLACES]
        return (await run_lane(ask, wanted, settings=told("all")))[0]

    kept = simulate("trio", main)
    assert {one.finding.verdict for one in kept.latest.values()} == {GOOD}
