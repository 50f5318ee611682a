"""One archive's lane, from its subjects to the keeper."""

from datetime import date, datetime

import anyio

from linkcheck.archives import Archive
from linkcheck.lanes.allowance import Allowance, Unlimited
from linkcheck.lanes.archive.bodies import Bodies
from linkcheck.lanes.archive.case import Cases
from linkcheck.lanes.archive.crew import Crew
from linkcheck.lanes.archive.desk import Desk
from linkcheck.lanes.archive.index import IndexSide
from linkcheck.lanes.archive.ledger import Ledger
from linkcheck.lanes.archive.playback import PlaybackSide
from linkcheck.lanes.archive.report import ArchiveLaneReport, Ended, SampleReading
from linkcheck.lanes.archive.review import Review
from linkcheck.lanes.archive.run import Run
from linkcheck.lanes.archive.shelf import Shelf
from linkcheck.lanes.archive.takeup import take_up
from linkcheck.lanes.archive.witness import Witness, no_witness
from linkcheck.lanes.keeper import ArchiveHistory, Citations, Keeper
from linkcheck.lanes.leaving import Leaving
from linkcheck.model.evidence import Listing
from linkcheck.model.exchange import Asker
from linkcheck.plan.batches import batches
from linkcheck.plan.bound import bound
from linkcheck.plan.prices import prices
from linkcheck.plan.subjects import Subjects
from linkcheck.settings.archive_lane import ArchiveLaneSettings

_SILENCED = frozenset({Ended.PAUSED, Ended.SILENT})
"""Ends after which what is undecided was asked in vain: it is unknown, and why is said."""


async def run_archive(  # noqa: PLR0913 - the doors of the lane, each by its name
    archive: Archive,
    subjects: Subjects,
    *,
    ask: Asker,
    keeper: Keeper,
    citations: Citations,
    history: ArchiveHistory,
    settings: ArchiveLaneSettings | None = None,
    seed: str,
    now: datetime,
    witness: Witness = no_witness,
    allowance: Allowance | None = None,
    stop: anyio.Event | None = None,
    since: date | None = None,
) -> ArchiveLaneReport:
    """Ask an archive for all subjects, hand on each observation when it is known, and report.

    `now` is the run's own time, a recording's in a replay. `allowance` ends the asking before a
    request, `stop` the waiting too. `since` is the day of the last run that kept the round of sole
    witnesses.
    """
    settings = settings or ArchiveLaneSettings()
    ledger, leaving = Ledger(subjects), Leaving(stop)
    with Shelf(len(subjects), len(ledger)) as shelf:
        run = Run(
            archive=archive,
            subjects=subjects,
            settings=settings,
            prices=prices(archive.pace, settings.planning),
            now=now,
            seed=seed,
            since=since,
            desk=Desk(ask, allowance or Unlimited(), settings.patience, leaving),
            keeper=keeper,
            citations=citations,
            history=history,
            witness=witness,
            shelf=shelf,
            ledger=ledger,
            cases=Cases(archive=archive.name, judging=settings.judging),
        )
        index = IndexSide(run)
        bodies = Bodies(run, index)
        async with anyio.create_task_group() as watching:
            with anyio.CancelScope() as asking:
                watching.start_soon(leaving.watch, asking)
                await _ask(run, index, bodies)
            watching.cancel_scope.cancel()
        await bodies.replays_are_in()
        run.desk.close()
        if run.desk.ended in _SILENCED:
            for place in ledger.undecided():
                await run.leave(place, place + 1, Listing.UNTOLD, run.desk.reason)
        return _report(run)


async def _ask(run: Run, index: IndexSide, bodies: Bodies) -> None:
    """Let both endpoints be asked at once; the sample begins when all pages are in."""
    headway = run.history.headway()
    rows = {host: one.rows_each for host, one in headway.items() if one.rows_each is not None}
    async with anyio.create_task_group() as group:
        playback = PlaybackSide(run, index, bodies)
        review = Review(run, index, bodies)
        run.index = Crew(group, run.settings.index_hands, index.work, review.pages_are_in)
        run.playback = Crew(group, run.settings.playback_hands, playback.work, _nothing_more)
        await take_up(run, index)
        for batch in batches(run.subjects, run.prices, page_rows=run.page_rows, rows=rows):
            await index.begin(batch, headway.get(batch.host))
        run.playback.open()
        run.index.open()


async def _nothing_more() -> None:
    """Wait for nothing: pages that come later hand out more."""


def _report(run: Run) -> ArchiveLaneReport:
    told = run.told
    confidence = run.settings.planning.confidence
    return ArchiveLaneReport(
        archive=run.archive.name,
        ended=run.desk.ended,
        until=run.desk.until,
        reason=run.desk.reason,
        requests=run.desk.requests,
        wants=len(run.ledger),
        verdicts=run.ledger.counts(),
        replayed=run.replayed,
        confirmations=run.confirmations,
        shared=run.shared,
        witnesses=run.witnesses,
        sample=SampleReading(
            drawn=run.sampled,
            replayed=told,
            contradicted=run.contradicted,
            listed=run.listed,
            bound=bound(run.contradicted, told, confidence) if told else None,
        ),
        not_asked=run.ledger.left(),
    )
