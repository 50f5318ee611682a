"""The corridor: articles, links, plan, both lanes at once, one writer, in one task group."""

import math
import signal
import threading
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import ExitStack, asynccontextmanager, contextmanager, suppress
from datetime import date, datetime

import anyio
import anyio.to_thread
from anyio.abc import TaskGroup

from linkcheck.archives import Archive
from linkcheck.errors import LinkcheckError, UsageError
from linkcheck.lanes.archive import ArchiveLaneReport
from linkcheck.lanes.archive import Ended as LaneEnded
from linkcheck.model.exchange import Asker
from linkcheck.model.live import LiveSubject
from linkcheck.model.manifest import Ended, Ending, Manifest, Sampled
from linkcheck.model.observation import Observation
from linkcheck.model.pause import Pause, PauseBook
from linkcheck.model.run import Run
from linkcheck.net.door import open_door, replaying
from linkcheck.net.evidence import Evidence
from linkcheck.net.player import Player
from linkcheck.plan.subjects import Subjects
from linkcheck.scan.beginning import beginning, door_settings, new_run, recording_settings
from linkcheck.scan.citations import StoredCitations
from linkcheck.scan.ending import EndingRun
from linkcheck.scan.forecasts import (
    ArchiveForecast,
    Forecasts,
    forecast_archive,
    forecast_live,
    refuse_without_contact,
)
from linkcheck.scan.job import Job, Outcome
from linkcheck.scan.judges import judges
from linkcheck.scan.keeping import WAITING, Keeping, StreamKeeper
from linkcheck.scan.lanes import Lanes
from linkcheck.scan.progress import Phase, Progress
from linkcheck.scan.reading import Reading, read_collection
from linkcheck.scan.rules import extraction_rules
from linkcheck.scan.toll import LIVE, Headed, Toll
from linkcheck.settings.scan import Only
from linkcheck.store import Store, Writer, archive_lock

_LANE_ENDS = {
    LaneEnded.PAUSED: Ended.PAUSED,
    LaneEnded.SILENT: Ended.OFFLINE,
    LaneEnded.BUDGET: Ended.BUDGET,
    LaneEnded.STOPPED: Ended.INTERRUPTED,
}


async def run_scan(job: Job, progress: Progress, *, lanes: Lanes | None = None) -> Outcome:
    """Carry out a scan and return what it came to; the findings are in the store."""
    with alone(), ExitStack() as stack:
        player = stack.enter_context(Player(job.replay)) if job.replay else None
        run = job.run or (player.runs[0] if player and player.runs else new_run(job.settings))
        store = stack.enter_context(_opened(job))
        scan = _Scan(job, progress, lanes or Lanes(), store, run, player)
        return await scan.carry_out()


async def forecast_scan(job: Job, progress: Progress) -> Outcome:
    """Return what a scan would ask, and send nothing. The store learns what the disk holds."""
    with alone(), _opened(job) as store:
        scan = _Scan(job, progress, Lanes(), store, job.run or new_run(job.settings), None)
        return await scan.look_ahead()


def _opened(job: Job) -> Store:
    settings = job.settings
    return Store.open(
        settings.scan.store,
        extraction=extraction_rules(settings),
        judging=settings.judging,
        freshness=settings.freshness,
    )


class _Scan:
    """One scan on its way."""

    def __init__(  # noqa: PLR0913, PLR0917 everything that a scan is made of
        self,
        job: Job,
        progress: Progress,
        lanes: Lanes,
        store: Store,
        run: Run,
        player: Player | None,
    ) -> None:
        self._job = job
        self._settings = job.settings
        self._progress = progress
        self._lanes = lanes
        self._store = store
        self._run = run
        self._player = player
        self._ending = EndingRun(progress)
        self._leave_reading = threading.Event()
        self._reports: list[ArchiveLaneReport] = []
        self._reading = Reading()
        self._forecasts = Forecasts()
        self._evidence: Evidence | None = None
        self._until: datetime | None = None
        scan = job.settings.scan
        self._toll = Toll(
            tuple(archive.pace for archive in job.archives),
            progress,
            most=scan.max_requests,
            most_each=None if scan.contact or job.replay else scan.contact_after,
            spent=lambda words: self._stop(Ended.BUDGET, words),
        )

    async def carry_out(self) -> Outcome:
        """Read, ask, keep, and seal."""
        writer = await self._begun()
        try:
            async with anyio.create_task_group() as group:
                self._watch(group)
                await self._read(writer)
                if self._ending.ended is None and not self._reading.wrong_path:
                    archives, live = await self._due()
                    if not self._player:
                        refuse_without_contact(self._forecasts, self._settings.scan)
                    self._progress.phase = Phase.ASKING
                    await self._ask(writer, archives, live)
                group.cancel_scope.cancel()
        except BaseException:
            with anyio.CancelScope(shield=True), suppress(LinkcheckError):
                await self._end(writer, self._ending.ended or Ended.FAILED)
            raise
        if self._ending.ended is None:
            self._progress.phase = Phase.JUDGING
        ended = self._ended()
        with anyio.CancelScope(shield=True):
            manifest = await self._end(writer, ended)
        return self._outcome(ended, manifest)

    async def look_ahead(self) -> Outcome:
        """Read and plan, and ask nobody."""
        writer = await self._begun()
        ended = Ended.INTERRUPTED
        try:
            async with anyio.create_task_group() as group:
                self._watch(group)
                await self._read(writer)
                if self._ending.ended is None and not self._reading.wrong_path:
                    await self._due()
                    ended = Ended.COMPLETE
                group.cancel_scope.cancel()
        finally:
            with anyio.CancelScope(shield=True):
                await self._end(writer, Ended.INTERRUPTED)
        return self._outcome(ended, None)

    async def _begun(self) -> Writer:
        job, store = self._job, self._store

        def begin() -> Writer:
            store.rejudge(judges(self._settings))
            return store.begin(self._run, beginning(job))

        return await anyio.to_thread.run_sync(begin)

    def _watch(self, group: TaskGroup) -> None:
        """Start what may end the run before its time."""
        group.start_soon(self._ending.carry_out, self._toll)
        most = self._settings.scan.max_run_time
        if most is not None:
            self._until = datetime.now(self._run.started_at.tzinfo) + most
            group.start_soon(self._end_in_time, most.total_seconds())
        if self._job.signals:
            group.start_soon(self._heed_signals, group)

    async def _end_in_time(self, seconds: float) -> None:
        await anyio.sleep(seconds)
        self._stop(Ended.BUDGET, "its time is over")

    async def _heed_signals(self, group: TaskGroup) -> None:
        with anyio.open_signal_receiver(signal.SIGINT, signal.SIGTERM) as signals:
            async for number in signals:
                if not self._stop(Ended.INTERRUPTED, f"{signal.Signals(number).name} asked it to"):
                    # What is acknowledged is on the disk; nothing else is worth waiting for.
                    self._ending.stop.set()
                    self._leave_reading.set()
                    group.cancel_scope.cancel()

    def _stop(self, ended: Ended, words: str) -> bool:
        self._leave_reading.set()
        return self._ending.ask(ended, words)

    async def _read(self, writer: Writer) -> None:
        self._reading = await anyio.to_thread.run_sync(
            read_collection, self._job.collection, writer, self._progress, self._leave_reading
        )

    async def _due(self) -> tuple[dict[Archive, Subjects], list[LiveSubject]]:
        return await anyio.to_thread.run_sync(self._look_up_due)

    def _look_up_due(self) -> tuple[dict[Archive, Subjects], list[LiveSubject]]:
        """Find what is to be asked, and what that will cost."""
        scan, now, fresh = self._settings.scan, self._run.started_at, self._job.fresh
        asked = {archive.name: archive for archive in self._job.archives}
        archives: dict[Archive, Subjects] = {}
        live: list[LiveSubject] = []
        if scan.only is not Only.LIVE:
            for name, subjects in self._store.due_archive(now, fresh=fresh).items():
                if name in asked and len(subjects):
                    archives[asked[name]] = subjects
        if scan.only is not Only.ARCHIVE:
            live = list(self._store.due_live(now, fresh=fresh))
        self._forecasts = Forecasts(
            archives=tuple(
                ArchiveForecast(
                    archive=archive.name,
                    forecast=forecast_archive(
                        archive, subjects, self._settings, self._rows(archive.name)
                    ),
                )
                for archive, subjects in archives.items()
            ),
            live=forecast_live(live, self._settings.pace),
        )
        self._show(archives, live)
        return archives, live

    def _rows(self, archive: str) -> dict[str, float]:
        headway = self._store.archive_records(archive).headway()
        return {host: one.rows_each for host, one in headway.items() if one.rows_each is not None}

    def _show(self, archives: dict[Archive, Subjects], live: list[LiveSubject]) -> None:
        for each, (archive, subjects) in zip(
            self._forecasts.archives, archives.items(), strict=True
        ):
            lane = self._progress.lane(archive.name)
            lane.total = sum(len(subjects.wants(place)) for place in range(len(subjects)))
            lane.expected_seconds = each.forecast.seconds
        if live:
            lane = self._progress.lane(LIVE)
            lane.total, lane.expected_seconds = len(live), self._forecasts.live.seconds

    async def _ask(
        self, writer: Writer, archives: dict[Archive, Subjects], live: list[LiveSubject]
    ) -> None:
        """Let all lanes work at once, until they are done or stopped."""
        if not archives and not live:
            return
        send, receive = anyio.create_memory_object_stream[Observation](WAITING)
        with ExitStack() as locks:
            if not self._player:
                for archive in archives:
                    locks.enter_context(archive_lock(archive.name))
            async with self._door() as ask, anyio.create_task_group() as group:
                keeping = Keeping(
                    writer,
                    self._progress,
                    blocking=anyio.to_thread.run_sync,
                    sync=self._evidence.sync if self._evidence is not None else None,
                )
                group.start_soon(keeping.write, receive)
                async with send:
                    keeper = StreamKeeper(send)
                    async with anyio.create_task_group() as working:
                        for archive, subjects in archives.items():
                            working.start_soon(self._archive_lane, archive, subjects, ask, keeper)
                        if live:
                            working.start_soon(self._live_lane, live, ask, keeper)

    async def _archive_lane(
        self, archive: Archive, subjects: Subjects, ask: Asker, keeper: StreamKeeper
    ) -> None:
        with self._working(archive.name):
            report = await self._lanes.archive(
                archive,
                subjects,
                ask=ask,
                keeper=keeper,
                citations=StoredCitations(
                    self._store.citations(archive.name),
                    self._job.collection.root,
                    self._settings.reading,
                    self._settings.witness,
                ),
                history=self._store.archive_records(archive.name),
                settings=self._settings.archive_lane(),
                seed=str(self._run.seed),
                now=self._run.started_at,
                witness=self._lanes.witness(self._settings.witness),
                allowance=self._toll,
                stop=self._ending.stop,
                since=self._last_round(),
            )
            self._reports.append(report)

    async def _live_lane(
        self, subjects: list[LiveSubject], ask: Asker, keeper: StreamKeeper
    ) -> None:
        with self._working(LIVE):
            await self._lanes.live(
                subjects,
                ask=ask,
                keeper=keeper,
                history=self._store.live_records(),
                settings=self._settings,
                seed=str(self._run.seed),
                now=self._run.started_at,
                allowance=self._toll,
                stop=self._ending.stop,
            )

    @contextmanager
    def _working(self, name: str) -> Iterator[None]:
        lane = self._progress.lane(name)
        lane.began = anyio.current_time()
        yield
        lane.ended = True

    def _last_round(self) -> date | None:
        """Return the day of the last run that was there to the end."""
        whole = [run for run in self._store.runs() if run.ended is Ended.COMPLETE]
        return whole[-1].started_at.date() if whole else None

    @asynccontextmanager
    async def _door(self) -> AsyncIterator[Asker]:
        """Give the way to ask: the network with its evidence, or a recording."""
        settings = door_settings(self._job, self._run)
        if self._player is not None:
            yield replaying(settings, self._player)
            return
        recording = recording_settings(self._job)
        if recording is not None:
            self._evidence = Evidence(recording, self._run)
        try:
            async with open_door(
                settings,
                evidence=self._evidence,
                book=_WatchedBook(self._store.pauses(), self._progress),
                run_until=self._until,
                lookup=self._job.lookup,
                wire=self._toll.wire,
            ) as door:
                yield Headed(door, self._job.headers) if self._job.headers else door
        finally:
            if self._evidence is not None:
                with anyio.CancelScope(shield=True):
                    await self._evidence.aclose()

    def _ended(self) -> Ended:
        if self._ending.ended is not None:
            return self._ending.ended
        ends = [_LANE_ENDS[one.ended] for one in self._reports if one.ended in _LANE_ENDS]
        return ends[0] if ends else Ended.COMPLETE

    async def _end(self, writer: Writer, ended: Ended) -> Manifest:
        sampled = next((_sampled(one) for one in self._reports if one.sample.bound), None)
        ending = Ending(
            ended=ended,
            ended_at=datetime.now(self._run.started_at.tzinfo)
            if self._player is None
            else self._run.started_at,
            requests=self._toll.counts,
            sample=sampled,
            corpus=self._reading.sweep.corpus if self._reading.sweep else "",
        )
        return await anyio.to_thread.run_sync(writer.end, ending)

    def _outcome(self, ended: Ended, manifest: Manifest | None) -> Outcome:
        if self._reading.wrong_path:
            raise UsageError("; ".join(self._reading.troubles))
        words = self._ending.words or "; ".join(
            f"{one.archive}: {one.reason or one.ended}"
            for one in self._reports
            if one.ended in _LANE_ENDS
        )
        return Outcome(
            run=self._run,
            ended=ended,
            words=words,
            manifest=manifest,
            sweep=self._reading.sweep,
            forecasts=self._forecasts,
            lanes=tuple(self._reports),
            requests=self._toll.counts,
            troubles=tuple(self._reading.troubles),
            evidence=() if self._evidence is None else (self._evidence.path,),
        )


class _WatchedBook:
    """Keep pauses in the store, and show those that begin."""

    def __init__(self, book: PauseBook, progress: Progress) -> None:
        self._book = book
        self._progress = progress

    def read(self) -> tuple[Pause, ...]:
        pauses = self._book.read()
        for pause in pauses:
            self._shown(pause)
        return pauses

    def write(self, pause: Pause) -> None:
        self._shown(pause)
        self._book.write(pause)

    def _shown(self, pause: Pause) -> None:
        lane = self._progress.lanes.get(pause.site)
        if lane is not None:
            lane.pause = pause


def _sampled(report: ArchiveLaneReport) -> Sampled:
    sample = report.sample
    bound = sample.bound
    return Sampled(
        size=sample.replayed,
        bad=sample.contradicted,
        bound=bound.high if bound else math.nan,
        confidence=bound.confidence if bound else 0.95,
    )


@contextmanager
def alone() -> Iterator[None]:
    """Let the one error of ours through that a task group has wrapped."""
    try:
        yield
    except BaseExceptionGroup as group:
        raise _first(group, lambda one: isinstance(one, LinkcheckError)) or group from None


def _first(
    group: BaseExceptionGroup[BaseException], is_wanted: Callable[[BaseException], bool]
) -> BaseException | None:
    for one in group.exceptions:
        if isinstance(one, BaseExceptionGroup):
            found = _first(one, is_wanted)
            if found is not None:
                return found
        elif is_wanted(one):
            return one
    return None
