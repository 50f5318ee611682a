"""Both lanes at once over one door, and one writer behind them."""

from collections.abc import AsyncIterator
from contextlib import ExitStack, asynccontextmanager
from dataclasses import dataclass, field
from datetime import datetime

import anyio
import anyio.to_thread

from linkcheck.lanes.archive import ArchiveLaneReport
from linkcheck.lanes.live import LiveLaneReport
from linkcheck.model.exchange import Asker
from linkcheck.model.run import Run
from linkcheck.net.door import open_door, replaying
from linkcheck.net.evidence import Evidence
from linkcheck.net.player import Player
from linkcheck.scan.annex.brief import Lane
from linkcheck.scan.basket import Basket
from linkcheck.scan.beginning import door_settings, recording_settings
from linkcheck.scan.ending import EndingRun
from linkcheck.scan.job import Job
from linkcheck.scan.keeping import BasketKeeper, Keeping
from linkcheck.scan.pauses import WatchedBook
from linkcheck.scan.progress import Progress
from linkcheck.scan.toll import LIVE, Headed, Toll
from linkcheck.store import Seen, Store, Writer, archive_lock


@dataclass(slots=True, kw_only=True)
class Asking:
    """Ask for what is due, and keep what comes."""

    job: Job
    run: Run
    store: Store
    progress: Progress
    toll: Toll
    ending: EndingRun
    player: Player | None = None  # a recording in the place of the network
    until: datetime | None = None
    reports: list[ArchiveLaneReport] = field(default_factory=list)
    live_report: LiveLaneReport | None = None
    evidence: Evidence | None = None

    async def ask(self, writer: Writer, lanes: list[Lane]) -> None:
        """Let all lanes work at once, until they are done or stopped."""
        if not lanes:
            return
        with ExitStack() as locks:
            if self.player is None:
                for lane in lanes:
                    if lane.name != LIVE:
                        locks.enter_context(archive_lock(lane.name))
            basket = Basket[Seen]()
            async with self._door() as door, anyio.create_task_group() as group:
                group.start_soon(self._keeping(writer, lanes).write, basket)
                try:
                    async with anyio.create_task_group() as working:
                        while lanes:  # what each has before it is let go of when it is done
                            working.start_soon(self._lane, lanes.pop(0), door, BasketKeeper(basket))
                finally:
                    basket.close()

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

    def _keeping(self, writer: Writer, lanes: list[Lane]) -> Keeping:
        hosts = next((lane.foresight.hosts for lane in lanes if lane.name == LIVE), {})
        sync = None if self.evidence is None else self.evidence.sync
        return Keeping(
            writer, self.progress, blocking=anyio.to_thread.run_sync, sync=sync, hosts=hosts
        )

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
