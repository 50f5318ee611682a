"""What is to be asked now, and by which lanes."""

from collections.abc import AsyncIterator, Iterable, Iterator
from contextlib import AsyncExitStack, asynccontextmanager
from datetime import date

import anyio.to_thread

from linkcheck.model.manifest import Ended
from linkcheck.model.run import Run
from linkcheck.net.proxy import read_proxies
from linkcheck.scan.annex.annex import Annex
from linkcheck.scan.annex.archive_brief import ArchiveBrief
from linkcheck.scan.annex.brief import Brief, Lane
from linkcheck.scan.annex.live_brief import LiveBrief
from linkcheck.scan.beginning import is_proxied
from linkcheck.scan.job import ArchiveForecast, Forecasts, Job, LiveForecast
from linkcheck.scan.lanes import Lanes
from linkcheck.scan.progress import Progress
from linkcheck.scan.rubbish import give_back
from linkcheck.scan.toll import LIVE
from linkcheck.settings.scan import Only
from linkcheck.store import Store

ANNEX_FROM = 10_000
"""What is due from which a lane has a process of its own: one takes a second to start."""


@asynccontextmanager
async def lanes_begun(  # noqa: PLR0913 a scan's parts
    job: Job,
    store: Store,
    run: Run,
    lanes: Lanes,
    progress: Progress,
    *,
    alone: bool = False,
) -> AsyncIterator[list[Lane]]:
    """Find what no finding holds for any more, and let lanes be ready to ask for it.

    `alone` keeps them all in this process. In a replay they stay there too: its answers come in no
    time, and in an order that can be told again.
    """
    alone = alone or bool(job.replay) or job.collection.processes == 1
    async with AsyncExitStack() as stack:
        begun = await _begin(job, store, run, lanes, stack, alone=alone)
        store.lighten()
        give_back()  # what reading and looking up have left
        _announce(begun, progress)
        yield begun


async def _begin(  # noqa: PLR0913 a scan's parts
    job: Job,
    store: Store,
    run: Run,
    lanes: Lanes,
    stack: AsyncExitStack,
    *,
    alone: bool,
) -> list[Lane]:
    """Return the lanes that have something to ask; the stack ends them.

    Nothing has been written by then: each begins with what the last run left.
    """
    runs = () if job.fresh or job.replay else store.open_runs(run.started_at)
    most = await anyio.to_thread.run_sync(
        lambda: store.most_due(run.started_at, fresh=job.fresh, runs=runs)
    )
    begun: list[Lane] = []
    for brief in _briefs(job, store, run, lanes, runs, behind_proxy=_is_behind_proxy(job, run)):
        due = most.originals if brief.name == LIVE else most.wants.get(brief.name, 0)
        if alone or lanes != Lanes() or due < ANNEX_FROM:
            begun.append(await anyio.to_thread.run_sync(brief.begin, store))
        else:
            begun.append(annex := Annex(brief))
            stack.push_async_callback(annex.aclose)
    for lane in begun:
        if isinstance(lane, Annex):
            await lane.ready()
    return [lane for lane in begun if lane.foresight.total]


def _briefs(  # noqa: PLR0913 a scan's parts
    job: Job, store: Store, run: Run, lanes: Lanes, runs: tuple[int, ...], *, behind_proxy: bool
) -> Iterator[Brief]:
    only, since = job.settings.scan.only, _last_round(store)
    for archive in job.archives if only is not Only.LIVE else ():
        yield ArchiveBrief(
            lanes=lanes,
            settings=job.settings,
            archive=archive,
            root=job.collection.root,
            fresh=job.fresh,
            runs=runs,
            seed=str(run.seed),
            began_at=run.started_at,
            since=since,
        )
    if only is not Only.ARCHIVE:
        yield LiveBrief(
            lanes=lanes,
            settings=job.settings,
            fresh=job.fresh,
            runs=runs,
            seed=str(run.seed),
            began_at=run.started_at,
            replayed=bool(job.replay),
            behind_proxy=behind_proxy,
        )


def _is_behind_proxy(job: Job, run: Run) -> bool:
    """Tell whether a proxy stands, or stood, between the run and the web."""
    return is_proxied(run) if job.replay else bool(read_proxies(job.environment).by_scheme)


def _last_round(store: Store) -> date | None:
    """Return the day of the last run that was there to the end."""
    whole = [run for run in store.runs() if run.ended is Ended.COMPLETE]
    return whole[-1].started_at.date() if whole else None


def forecasts_of(lanes: Iterable[Lane]) -> Forecasts:
    """Return all that is foreseen."""
    found = [lane.foresight.forecast for lane in lanes]
    live = next((one for one in found if isinstance(one, LiveForecast)), LiveForecast())
    return Forecasts(
        archives=tuple(one for one in found if isinstance(one, ArchiveForecast)), live=live
    )


def _announce(lanes: Iterable[Lane], progress: Progress) -> None:
    """Let whoever watches know how much there is to do."""
    for one in lanes:
        lane, foresight = progress.lane(one.name), one.foresight
        lane.total, lane.done = foresight.total, foresight.done
        lane.expected_seconds = foresight.seconds
