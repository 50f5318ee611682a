"""Both lanes at once over one door, and one writer behind them."""

from collections import Counter
from collections.abc import AsyncIterator, Iterator
from contextlib import AsyncExitStack, ExitStack, asynccontextmanager
from dataclasses import dataclass, field
from datetime import date, datetime

import anyio
import anyio.to_thread

from linkcheck.lanes.archive import ArchiveLaneReport
from linkcheck.lanes.live import LiveLaneReport
from linkcheck.model.exchange import Asker
from linkcheck.model.manifest import Ended
from linkcheck.model.run import Run
from linkcheck.net.door import open_door, replaying
from linkcheck.net.evidence import Evidence
from linkcheck.net.player import Player
from linkcheck.net.proxy import read_proxies
from linkcheck.scan.annex.annex import Annex
from linkcheck.scan.annex.archive_brief import ArchiveBrief
from linkcheck.scan.annex.brief import Brief, Lane
from linkcheck.scan.annex.live_brief import LiveBrief
from linkcheck.scan.basket import Basket
from linkcheck.scan.beginning import door_settings, is_proxied, recording_settings
from linkcheck.scan.due import Due
from linkcheck.scan.ending import EndingRun
from linkcheck.scan.job import Job
from linkcheck.scan.keeping import BasketKeeper, Keeping
from linkcheck.scan.lanes import Lanes
from linkcheck.scan.pauses import WatchedBook
from linkcheck.scan.progress import Progress
from linkcheck.scan.toll import Headed, Toll
from linkcheck.store import Seen, Store, Writer, archive_lock
from linkcheck.store.prepared import host_of

ANNEX_FROM = 10_000
"""Wants from which a lane has a process of its own: one takes a second to start."""


@dataclass(slots=True, kw_only=True)
class Asking:
    """Ask for what is due, and keep what comes."""

    job: Job
    run: Run
    store: Store
    progress: Progress
    lanes: Lanes
    toll: Toll
    ending: EndingRun
    player: Player | None = None  # a recording in the place of the network
    until: datetime | None = None
    reports: list[ArchiveLaneReport] = field(default_factory=list)
    live_report: LiveLaneReport | None = None
    evidence: Evidence | None = None

    async def ask(self, writer: Writer, due: Due) -> None:
        """Let all lanes work at once, until they are done or stopped."""
        if not due.archives and not due.live:
            return
        with ExitStack() as locks:
            if self.player is None:
                for archive, _ in due.archives:
                    locks.enter_context(archive_lock(archive.name))
            basket = Basket[Seen]()
            async with self._door() as door, anyio.create_task_group() as group:
                group.start_soon(self._keeping(writer, due).write, basket)
                try:
                    await self._both(due, door, BasketKeeper(basket))
                finally:
                    basket.close()

    async def _both(self, due: Due, door: Asker, keeper: BasketKeeper) -> None:
        async with AsyncExitStack() as stack:
            # Before anything is written: all lanes begin with what the last run left.
            lanes = await self._begun(due, stack)
            async with anyio.create_task_group() as group:
                while lanes:
                    group.start_soon(self._lane, lanes.pop(0), door, keeper)

    async def _begun(self, due: Due, stack: AsyncExitStack) -> list[Lane]:
        """Return lanes that are ready to ask: a large one has a process of its own.

        Not in a replay, where answers come in no time and in an order that can be told again.
        """
        alone = self.job.collection.processes == 1 or self.player is not None
        lanes: list[Lane] = []
        for brief in self._briefs(due):
            if alone or brief.wants < ANNEX_FROM or self.lanes != Lanes():
                lanes.append(await anyio.to_thread.run_sync(brief.begin, self.store))
            else:
                lanes.append(annex := Annex.open(brief))
                stack.push_async_callback(annex.aclose)
        for lane in lanes:
            if isinstance(lane, Annex):
                await lane.ready()
        return lanes

    def _briefs(self, due: Due) -> Iterator[Brief]:
        """Yield what each lane is told, and keep nothing of it."""
        settings, run, since = self.job.settings, self.run, self._last_round()
        while due.archives:
            archive, subjects = due.archives.pop(0)
            yield ArchiveBrief(
                lanes=self.lanes,
                settings=settings,
                archive=archive,
                subjects=subjects,
                root=self.job.collection.root,
                runs=due.runs,
                seed=str(run.seed),
                began_at=run.started_at,
                since=since,
            )
        if due.live:
            live, due.live[:] = due.live[:], []
            yield LiveBrief(
                lanes=self.lanes,
                settings=settings,
                subjects=live,
                seed=str(run.seed),
                began_at=run.started_at,
                replayed=self.player is not None,
                behind_proxy=self._is_proxied(),
            )

    async def _lane(self, lane: Lane, door: Asker, keeper: BasketKeeper) -> None:
        progress = self.progress.lane(lane.name)
        progress.began = anyio.current_time()
        report = await lane.work(
            ask=door, keeper=keeper, allowance=self.toll, stop=self.ending.stop
        )
        progress.ended = True
        if isinstance(report, LiveLaneReport):
            self.live_report = report
        else:
            self.reports.append(report)

    def _keeping(self, writer: Writer, due: Due) -> Keeping:
        hosts = Counter(host_of(subject.original) or "" for subject in due.live)
        sync = None if self.evidence is None else self.evidence.sync
        return Keeping(
            writer, self.progress, blocking=anyio.to_thread.run_sync, sync=sync, hosts=hosts
        )

    def _is_proxied(self) -> bool:
        """Tell whether a proxy stands, or stood, between the run and the web."""
        if self.player is not None:
            return is_proxied(self.run)
        return bool(read_proxies(self.job.environment).by_scheme)

    def _last_round(self) -> date | None:
        """Return the day of the last run that was there to the end."""
        whole = [run for run in self.store.runs() if run.ended is Ended.COMPLETE]
        return whole[-1].started_at.date() if whole else None

    @asynccontextmanager
    async def _door(self) -> AsyncIterator[Asker]:
        """Give the way to ask: the network with its evidence, or a recording."""
        settings = door_settings(self.job, self.run)
        if self.player is not None:
            yield replaying(settings, self.player)
            return
        recording = recording_settings(self.job)
        if recording is not None:
            self.evidence = Evidence(recording, self.run)
        try:
            async with open_door(
                settings,
                evidence=self.evidence,
                book=WatchedBook(self.store.pauses(), self.progress, self.job.clock),
                run_until=self.until,
                lookup=self.job.lookup,
                environment=self.job.environment,
                now=self.job.clock,
                wire=self.toll.wire,
            ) as door:
                yield Headed(door, self.job.headers) if self.job.headers else door
        finally:
            if self.evidence is not None:
                with anyio.CancelScope(shield=True):
                    await self.evidence.aclose()
