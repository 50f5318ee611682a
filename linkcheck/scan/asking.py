"""Both lanes at once over one door, and one writer behind them."""

from collections import Counter
from collections.abc import AsyncIterator, Iterator
from contextlib import ExitStack, asynccontextmanager, contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime

import anyio
import anyio.to_thread

from linkcheck.archives import Archive
from linkcheck.lanes.archive import ArchiveLaneReport
from linkcheck.lanes.live import LiveLaneReport
from linkcheck.model.exchange import Asker
from linkcheck.model.live import LiveSubject
from linkcheck.model.manifest import Ended
from linkcheck.model.observation import Observation
from linkcheck.model.run import Run
from linkcheck.net.door import open_door, replaying
from linkcheck.net.evidence import Evidence
from linkcheck.net.player import Player
from linkcheck.net.proxy import read_proxies
from linkcheck.net.retry import at_once
from linkcheck.plan.subjects import Subjects
from linkcheck.scan.beginning import door_settings, is_proxied, recording_settings
from linkcheck.scan.citations import StoredCitations
from linkcheck.scan.due import Due
from linkcheck.scan.earlier import EarlierRuns
from linkcheck.scan.ending import EndingRun
from linkcheck.scan.job import Job
from linkcheck.scan.keeping import WAITING, Keeping, StreamKeeper
from linkcheck.scan.lanes import Lanes
from linkcheck.scan.pauses import WatchedBook
from linkcheck.scan.progress import Progress
from linkcheck.scan.toll import LIVE, Headed, Toll
from linkcheck.store import Store, Writer, archive_lock
from linkcheck.store.prepared import host_of


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
            send, receive = anyio.create_memory_object_stream[Observation](WAITING)
            async with receive, send, self._door() as door, anyio.create_task_group() as group:
                group.start_soon(self._keeping(writer, due).write, receive)
                async with send:
                    await self._both(due, door, StreamKeeper(send))

    async def _both(self, due: Due, door: Asker, keeper: StreamKeeper) -> None:
        # Before anything is written: both lanes begin with what the last run left.
        histories = await anyio.to_thread.run_sync(self._histories, due)
        async with anyio.create_task_group() as group:
            for archive, subjects in due.archives:
                history = histories[archive.name]
                group.start_soon(self._archive, archive, subjects, door, keeper, history)
            if due.live:
                group.start_soon(self._live, due.live, door, keeper)

    def _keeping(self, writer: Writer, due: Due) -> Keeping:
        hosts = Counter(host_of(subject.original) or "" for subject in due.live)
        sync = None if self.evidence is None else self.evidence.sync
        return Keeping(
            writer, self.progress, blocking=anyio.to_thread.run_sync, sync=sync, hosts=hosts
        )

    def _histories(self, due: Due) -> dict[str, EarlierRuns]:
        store, began_at = self.store, self.run.started_at
        any_bytes = store.counts().get("capture", 1) > 0
        return {
            archive.name: EarlierRuns(
                store.archive_records(archive.name, runs=due.runs), began_at, any_bytes=any_bytes
            )
            for archive, _ in due.archives
        }

    async def _archive(
        self,
        archive: Archive,
        subjects: Subjects,
        door: Asker,
        keeper: StreamKeeper,
        history: EarlierRuns,
    ) -> None:
        settings, store = self.job.settings, self.store
        with self._working(archive.name):
            report = await self.lanes.archive(
                archive,
                subjects,
                ask=door,
                keeper=keeper,
                citations=StoredCitations(
                    store.citations(archive.name),
                    self.job.collection.root,
                    settings.reading,
                    settings.witness,
                ),
                history=history,
                settings=settings.archive_lane(),
                seed=str(self.run.seed),
                now=self.run.started_at,
                witness=self.lanes.witness(settings.witness),
                allowance=self.toll,
                stop=self.ending.stop,
                since=self._last_round(),
            )
            self.reports.append(report)

    async def _live(self, subjects: list[LiveSubject], door: Asker, keeper: StreamKeeper) -> None:
        with self._working(LIVE):
            replayed = self.player is not None
            self.live_report = await self.lanes.live(
                _handed_over(subjects),
                ask=door,
                keeper=keeper,
                history=self.store.live_records(going_on=not replayed),
                settings=self.job.settings.live,
                seed=str(self.run.seed),
                now=self.run.started_at,
                allowance=self.toll,
                stop=self.ending.stop,
                behind_proxy=self._is_proxied(),
                sleep=at_once if replayed else anyio.sleep,
            )

    def _is_proxied(self) -> bool:
        """Tell whether a proxy stands, or stood, between the run and the web."""
        if self.player is not None:
            return is_proxied(self.run)
        return bool(read_proxies(self.job.environment).by_scheme)

    @contextmanager
    def _working(self, name: str) -> Iterator[None]:
        lane = self.progress.lane(name)
        lane.began = anyio.current_time()
        yield
        lane.ended = True

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


def _handed_over(subjects: list[LiveSubject]) -> Iterator[LiveSubject]:
    """Yield what is due and keep nothing of it: the lane lets go of each host when it is done."""
    subjects.reverse()
    while subjects:
        yield subjects.pop()
