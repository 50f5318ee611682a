"""The archive dies in the middle: what was decided stays, the rest is unknown, and says why."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

import anyio
import pytest

from linkcheck.lanes.archive import ArchiveLaneReport, Ended
from linkcheck.model.clock import utc_now
from linkcheck.model.link import Role
from linkcheck.model.observation import ArchiveObservation
from linkcheck.model.pause import MemoryPauseBook, PauseReason
from linkcheck.model.verdict import ArchiveVerdict
from linkcheck.net.door import open_door
from linkcheck.net.pace import Pace
from linkcheck.net.retry import Retry
from linkcheck.plan.side import Side
from linkcheck.settings.archive_lane import ArchiveLaneSettings
from linkcheck.settings.pace import PaceSettings
from linkcheck.settings.planning import PlanningSettings
from linkcheck.settings.playback import read_playback
from linkcheck.settings.retry import RetrySettings
from tests.standin.archive import StandIn
from tests.standin.asker import InProcess
from tests.standin.doors import unhurried
from tests.standin.held import Held, holdings
from tests.standin.lane import Kept, run_lane, side
from tests.standin.limits import Limits
from tests.standin.served import served
from tests.standin.troubles import Trouble
from tests.virtual import BORN, simulate, wall

AT = "20180101000000"
# Two hosts that are asked in bulk, page by page, and thirty links that are replayed one by one.
BULK = [f"https://{host}.example/p{number:03}" for host in ("big", "large") for number in range(60)]
SINGLE = [f"https://small{number}.example/page" for number in range(30)]
ALL = (*BULK, *SINGLE)
HELD = tuple(
    Held(original=url, timestamp=AT, body=b"<html><body>%b</body></html>" % url.encode())
    for url in ALL
)
SETTINGS = ArchiveLaneSettings(
    planning=PlanningSettings(page_rows=40), playback=read_playback("doubtful,sample:10")
)
SENT = 12  # requests that are answered well before it dies
HOUR = timedelta(hours=1)
UNTOLD = ArchiveVerdict.UNKNOWN


def wanted() -> list[Side]:
    return [side(url, AT, Role.LINK) for url in ALL]


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    kept: Kept
    report: ArchiveLaneReport
    book: MemoryPauseBook
    standin: StandIn

    def verdicts(self) -> dict[str, ArchiveVerdict]:
        latest = self.kept.latest.values()
        return {one.evidence.original: one.finding.verdict for one in latest}


def outcome_of(standin: StandIn, *, until: datetime = BORN + 4 * HOUR) -> Outcome:
    """Run the lane in virtual time, through the archive's own pace and every retry."""
    book = MemoryPauseBook()

    async def main() -> tuple[Kept, ArchiveLaneReport]:
        ask = InProcess(standin, seconds=lambda _: 0.5)
        pace = Pace(ask, PaceSettings(), book=book, run_until=until, now=wall)
        return await run_lane(Retry(pace, RetrySettings()), wanted(), settings=SETTINGS)

    kept, report = simulate("trio", main)
    return Outcome(kept=kept, report=report, book=book, standin=standin)


def dying(trouble: Trouble | None, after: int = SENT) -> StandIn:
    return StandIn(
        holdings=holdings(HELD), limits=Limits(), trouble=trouble, after=after, retry_after=60
    )


# How it dies; how the run ends; the reason of the pause that is left behind.
DEATHS = (
    (Trouble.REFUSES, Ended.PAUSED, PauseReason.BANNED),
    (Trouble.BUSY, Ended.SILENT, None),
    (Trouble.BAD_GATEWAY, Ended.SILENT, None),
    (Trouble.TIMES_OUT, Ended.SILENT, None),
    (Trouble.OFFLINE_PAGE, Ended.SILENT, None),
    (Trouble.OFFLINE_503, Ended.SILENT, None),
    (Trouble.EMPTY, Ended.SILENT, None),
    (Trouble.THROTTLES, Ended.PAUSED, PauseReason.THROTTLED),
    (Trouble.THROTTLE_PAGE, Ended.PAUSED, PauseReason.THROTTLED),
    (Trouble.GARBAGE, Ended.SILENT, None),
)


def test_nothing_is_amiss_while_it_lives() -> None:
    outcome = outcome_of(dying(None))
    assert set(outcome.verdicts().values()) == {ArchiveVerdict.CAPTURED}
    assert (outcome.report.ended, outcome.book.read()) == (Ended.DONE, ())
    assert outcome.standin.limits is not None
    assert not outcome.standin.limits.throttled


@pytest.mark.parametrize(("trouble", "ended", "pause"), DEATHS)
@pytest.mark.parametrize("after", [0, 1, 3, SENT])
def test_what_was_decided_stays_and_the_rest_is_unknown(
    trouble: Trouble, ended: Ended, pause: PauseReason | None, after: int
) -> None:
    outcome = outcome_of(dying(trouble, after))
    verdicts = outcome.verdicts()
    assert verdicts.keys() == set(ALL)
    assert set(verdicts.values()) <= {ArchiveVerdict.CAPTURED, UNTOLD}
    assert UNTOLD in verdicts.values()
    # A verdict once reached is never taken back by silence.
    good = {
        one.evidence.original
        for one in outcome.kept.all
        if isinstance(one, ArchiveObservation) and one.finding.verdict is ArchiveVerdict.CAPTURED
    }
    assert all(verdicts[url] is ArchiveVerdict.CAPTURED for url in good)
    assert good or after < SENT
    reasons = {
        one.finding.reason for one in outcome.kept.latest.values() if one.finding.verdict is UNTOLD
    }
    assert "" not in reasons
    # Who was never let in says nothing of the archive: it may be our own network.
    refused_at_once = trouble is Trouble.REFUSES and not after
    assert outcome.report.ended is (Ended.SILENT if refused_at_once else ended), outcome.report
    if pause is not None and not refused_at_once:
        (kept,) = outcome.book.read()
        assert kept.reason is pause
        assert outcome.report.until is not None


@pytest.mark.parametrize("trouble", [trouble for trouble, *_ in DEATHS])
def test_a_dead_archive_is_not_asked_for_ever(trouble: Trouble) -> None:
    outcome = outcome_of(dying(trouble))
    assert len(outcome.standin.asked) < 300


@pytest.mark.parametrize("trouble", [trouble for trouble, *_ in DEATHS])
def test_an_outage_shows_however_few_were_asked(trouble: Trouble) -> None:
    """The scan ends as inconclusive by this alone."""
    standin = dying(trouble, after=0)

    async def main() -> ArchiveLaneReport:
        pace = Pace(InProcess(standin), PaceSettings(), run_until=BORN + HOUR / 2, now=wall)
        return (await run_lane(Retry(pace, RetrySettings()), wanted()[-1:]))[1]

    assert simulate("trio", main).ended in {Ended.SILENT, Ended.PAUSED}


def test_the_next_run_respects_the_pause() -> None:
    first = outcome_of(dying(Trouble.REFUSES))
    (pause,) = first.book.read()
    book = MemoryPauseBook((pause,))
    standin = dying(None)

    async def main() -> ArchiveLaneReport:
        pace = Pace(
            InProcess(standin),
            PaceSettings(),
            book=book,
            run_until=pause.until - timedelta(minutes=1),
            now=lambda: pause.began_at + (wall() - BORN),
        )
        return (await run_lane(Retry(pace, RetrySettings()), wanted(), settings=SETTINGS))[1]

    report = simulate("trio", main)
    assert report.ended is Ended.PAUSED
    assert report.until == pause.until
    assert not standin.asked


def test_a_pause_that_ends_in_time_is_waited_out() -> None:
    standin = dying(None)
    standin.limits = Limits(index=2, rest=30)  # twelve pages are wanted: it must be asked slower
    outcome = outcome_of(standin, until=BORN + 12 * HOUR)
    assert standin.limits.throttled
    assert not standin.limits.bans
    assert set(outcome.verdicts().values()) <= {ArchiveVerdict.CAPTURED, UNTOLD}


@pytest.mark.anyio
async def test_a_real_port_that_closes(tmp_path: Path) -> None:
    standin = StandIn(holdings=holdings(HELD), trouble=Trouble.REFUSES, after=SENT)
    book = MemoryPauseBook()
    with served(standin, tmp_path) as town, anyio.fail_after(60):
        async with open_door(
            unhurried(),
            environment=town.environment,
            lookup=town.lookup,
            book=book,
            run_until=utc_now() + timedelta(minutes=1),
        ) as door:
            kept, report = await run_lane(door, wanted(), settings=SETTINGS)
    verdicts = [one.finding.verdict for one in kept.latest.values()]
    assert set(verdicts) == {ArchiveVerdict.CAPTURED, UNTOLD}
    assert report.ended is Ended.PAUSED
    (pause,) = book.read()
    assert pause.reason is PauseReason.BANNED
    assert report.until is not None
    # Two readings of one clock.
    assert abs(report.until - pause.until) < timedelta(seconds=1)
