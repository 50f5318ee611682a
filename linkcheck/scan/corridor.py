"""The corridor: articles, links, plan, both lanes at once, one writer, in one task group."""

import signal
import threading
from contextlib import AbstractAsyncContextManager, ExitStack, suppress
from dataclasses import replace

import anyio
import anyio.to_thread
from anyio.abc import TaskGroup

from linkcheck.errors import LinkcheckError, UsageError
from linkcheck.model.manifest import Ended, Ending, Manifest
from linkcheck.model.pause import Pause
from linkcheck.model.run import Run
from linkcheck.net.player import Player
from linkcheck.net.seal import sha256_of
from linkcheck.net.vantage import look_around
from linkcheck.scan.alone import alone
from linkcheck.scan.annex.brief import Lane
from linkcheck.scan.asking import Asking
from linkcheck.scan.beginning import beginning, new_run
from linkcheck.scan.due import forecasts_of, lanes_begun
from linkcheck.scan.ending import EndingRun
from linkcheck.scan.ends import end_of, sampled, why_ended
from linkcheck.scan.forecasts import refuse_without_contact
from linkcheck.scan.job import Forecasts, Job, Outcome
from linkcheck.scan.judges import judges
from linkcheck.scan.lanes import Lanes
from linkcheck.scan.pauses import still_kept
from linkcheck.scan.progress import Phase, Progress
from linkcheck.scan.reading import Reading, read_collection
from linkcheck.scan.rubbish import seldom_collecting
from linkcheck.scan.rules import extraction_rules
from linkcheck.scan.signals import ONE_WISH, ending_signals
from linkcheck.scan.toll import Toll
from linkcheck.settings.settings import Settings
from linkcheck.store import Store, Writer, trial


async def run_scan(job: Job, progress: Progress, *, lanes: Lanes | None = None) -> Outcome:
    """Carry out a scan and return what it came to; the findings are in the store."""
    with alone(), seldom_collecting(), ExitStack() as stack:
        player = stack.enter_context(Player(job.replay)) if job.replay else None
        recorded = player.runs[0] if player and player.runs else None
        run = (
            job.run or recorded or new_run(job.settings, job.clock(), look_around(job.environment))
        )
        store = stack.enter_context(open_store(job.settings))
        return await _Scan(job, progress, lanes or Lanes(), store, run, player).carry_out()


async def forecast_scan(job: Job, progress: Progress) -> Outcome:
    """Return what a scan would ask. Nothing is sent, and nothing written: a copy learns."""
    settings = job.settings
    with alone(), trial(settings.scan.store) as folder:
        job = replace(job, settings=replace(settings, scan=replace(settings.scan, store=folder)))
        with open_store(job.settings) as store:
            run = job.run or new_run(job.settings, job.clock())
            return await _Scan(job, progress, Lanes(), store, run, None).look_ahead()


def open_store(settings: Settings) -> Store:
    """Open the store to write to it, alone."""
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
        scan = job.settings.scan
        self._job = job
        self._progress = progress
        self._store = store
        self._run = run
        self._ending = EndingRun(progress)
        self._leave_reading = threading.Event()
        self._reading = Reading()
        self._forecasts = Forecasts()
        self._lanes = lanes
        self._player = player
        self._before = ""  # the last run
        self._rejudged = 0
        self._toll = Toll(
            tuple(archive.pace for archive in job.archives),
            progress,
            most=scan.max_requests,
            most_each=None if scan.contact else scan.contact_after,
            spent=lambda words: self._stop(Ended.BUDGET, words),
        )
        self._asking = Asking(
            job=job,
            run=run,
            store=store,
            progress=progress,
            toll=self._toll,
            ending=self._ending,
            player=player,
        )

    async def carry_out(self) -> Outcome:
        """Read, ask, keep, and seal."""
        writer = await self._begin()
        try:
            async with anyio.create_task_group() as group:
                self._watch(group)
                if await self._read(writer):
                    async with self._lanes_begun() as lanes:
                        self._forecasts = forecasts_of(lanes)
                        if self._player is None:
                            refuse_without_contact(self._forecasts, self._job.settings.scan)
                        self._progress.phase = Phase.ASKING
                        await self._asking.ask(writer, lanes)
                group.cancel_scope.cancel()
        except BaseException:
            with anyio.CancelScope(shield=True), suppress(LinkcheckError):
                await self._end(writer, self._ending.ended or Ended.FAILED)
            raise
        self._progress.phase = Phase.JUDGING
        ended = self._ended()
        with anyio.CancelScope(shield=True):
            manifest = await self._end(writer, ended)
        return self._outcome(ended, manifest)

    async def look_ahead(self) -> Outcome:
        """Read and plan, and ask nobody."""
        writer = await self._begin()
        async with anyio.create_task_group() as group:
            self._watch(group)
            if await self._read(writer):
                async with self._lanes_begun(alone=True) as lanes:
                    self._forecasts = forecasts_of(lanes)
            group.cancel_scope.cancel()
        return self._outcome(self._ended(), None)

    async def _begin(self) -> Writer:
        def begin() -> Writer:
            runs = self._store.runs()
            if self._job.replay and any(run.id == self._run.id for run in runs):
                raise _already_replayed(self._run, self._job.settings)
            self._before = runs[-1].id if runs else ""
            if self._job.fresh or self._job.replay:
                self._store.leave_visits()
            self._rejudged = self._store.rejudge(judges(self._job.settings)).judged
            return self._store.begin(self._run, beginning(self._job, self._run))

        return await anyio.to_thread.run_sync(begin)

    def _watch(self, group: TaskGroup) -> None:
        """Start what may end the run before its time."""
        group.start_soon(self._ending.carry_out, self._toll)
        most = self._job.settings.scan.max_run_time
        if most is not None:
            self._asking.until = self._job.clock() + most
            group.start_soon(self._end_in_time, most.total_seconds())
        if self._job.signals:
            group.start_soon(self._heed_signals, group)

    async def _end_in_time(self, seconds: float) -> None:
        await anyio.sleep(seconds)
        self._stop(Ended.BUDGET, "its time is over")

    async def _heed_signals(self, group: TaskGroup) -> None:
        with anyio.open_signal_receiver(*ending_signals()) as signals:
            asked = 0.0
            async for number in signals:
                words = f"{signal.Signals(number).name} asked it to"
                now = anyio.current_time()
                if self._stop(Ended.INTERRUPTED, words):
                    asked = now
                elif now - asked > ONE_WISH:
                    # What was acknowledged is on the disk; nothing else is worth waiting for.
                    self._ending.stop.set()
                    group.cancel_scope.cancel()

    def _stop(self, ended: Ended, words: str) -> bool:
        self._leave_reading.set()
        return self._ending.ask(ended, words)

    async def _read(self, writer: Writer) -> bool:
        """Learn what the disk holds; False where the run is not to go on."""
        collection = self._job.collection
        self._reading = await anyio.to_thread.run_sync(
            read_collection, collection, writer, self._progress, self._leave_reading
        )
        return self._ending.ended is None and not self._reading.wrong_path

    def _lanes_begun(self, *, alone: bool = False) -> AbstractAsyncContextManager[list[Lane]]:
        return lanes_begun(
            self._job, self._store, self._run, self._lanes, self._progress, alone=alone
        )

    def _ended(self) -> Ended:
        if self._ending.ended is not None:
            return self._ending.ended
        if self._reading.wrong_path:
            return Ended.INTERRUPTED
        return end_of(self._asking.reports, self._asking.live_report)

    async def _end(self, writer: Writer, ended: Ended) -> Manifest:
        replayed = self._asking.player is not None
        live = self._asking.live_report
        evidence = await anyio.to_thread.run_sync(self._seals)
        began = self._run.started_at
        ending = Ending(
            ended=ended,
            # A clock that was set back meanwhile lets no run end before it began.
            ended_at=began if replayed else max(self._job.clock(), began),
            requests=self._toll.counts,
            clock_skew_seconds=None if live is None else live.clock_skew_seconds,
            clocks=0 if live is None else live.clocks,
            sample=sampled(self._asking.reports),
            corpus=self._reading.sweep.corpus if self._reading.sweep else "",
            evidence=evidence,
        )
        return await anyio.to_thread.run_sync(writer.end, ending)

    def _seals(self) -> tuple[tuple[str, str], ...]:
        """Return the files of evidence, and the hashes by which they are known again."""
        asking = self._asking
        if asking.player is not None:
            return tuple((path.name, sha256_of(path)) for path in asking.player.paths)
        return () if asking.evidence is None else asking.evidence.seals

    def _outcome(self, ended: Ended, manifest: Manifest | None) -> Outcome:
        reading, asking = self._reading, self._asking
        if reading.wrong_path:
            raise UsageError("; ".join(reading.troubles))
        pauses = self._pauses()
        words = self._ending.words or why_ended(
            asking.reports, asking.live_report, resting={one.site for one in pauses}
        )
        return Outcome(
            run=self._run,
            ended=ended,
            words=words,
            manifest=manifest,
            sweep=reading.sweep,
            forecasts=self._forecasts,
            lanes=tuple(asking.reports),
            live=asking.live_report,
            requests=self._toll.counts,
            troubles=tuple(reading.troubles),
            pauses=pauses,
            evidence=() if asking.evidence is None else (asking.evidence.path,),
            unchanged_since=self._before if self._is_unchanged() else "",
        )

    def _pauses(self) -> tuple[Pause, ...]:
        """Return what the archives that are asked have asked for; of a recording that is over."""
        if self._asking.player is not None:
            return ()
        names = {archive.name for archive in self._job.archives}
        kept = still_kept(self._store.pauses(), self._job.clock())
        return tuple(one for one in kept if one.site in names)

    def _is_unchanged(self) -> bool:
        """Tell that nothing was read, asked, or judged anew."""
        sweep = self._reading.sweep
        read = sweep is None or sweep.read or sweep.copied or sweep.removed
        asked = self._forecasts.archives or self._forecasts.live.originals
        return not (read or self._rejudged or asked)


def _already_replayed(run: Run, settings: Settings) -> UsageError:
    return UsageError(
        f"the recording of run {run.id} has been replayed into {settings.scan.store} already:"
        " name another --store, or none, to replay it again"
    )
