"""What is to be asked now, and what that will cost."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from linkcheck.archives import Archive
from linkcheck.model.live import LiveSubject
from linkcheck.model.run import Run
from linkcheck.plan.subjects import Subjects
from linkcheck.scan.forecasts import (
    ArchiveForecast,
    Forecasts,
    forecast_archive,
    forecast_live,
)
from linkcheck.scan.job import Job
from linkcheck.scan.progress import Progress
from linkcheck.scan.toll import LIVE
from linkcheck.settings.scan import Only
from linkcheck.store import Store

_NOTHING = Subjects((), (), ())


@dataclass(frozen=True, slots=True, kw_only=True)
class Due:
    """What is to be asked of whom."""

    # Both are emptied by the lanes that take them.
    archives: list[tuple[Archive, Subjects]] = field(default_factory=list)
    live: list[LiveSubject] = field(default_factory=list)
    wants: Mapping[str, int] = field(default_factory=dict)  # of each archive, that are due
    runs: tuple[int, ...] = ()  # that this one goes on with: what they asked is in `archives` too
    forecasts: Forecasts = field(default_factory=Forecasts)


def look_up_due(job: Job, store: Store, run: Run) -> Due:
    """Find what no finding holds for any more."""
    only, now = job.settings.scan.only, run.started_at
    due: dict[str, Subjects] = {}
    whole = due
    runs: tuple[int, ...] = ()
    live: list[LiveSubject] = []
    if not (job.fresh or job.replay):
        runs = store.open_runs(now)
    if only is not Only.LIVE:
        due = whole = store.due_archive(now, fresh=job.fresh)
        if runs:
            whole = store.due_archive(now, runs=runs)
    if only is not Only.ARCHIVE:
        live = list(store.due_live(now, fresh=job.fresh, runs=runs))
    archives = [(one, whole[one.name]) for one in job.archives if one.name in whole]
    return Due(
        archives=archives,
        live=live,
        wants={name: _count(subjects) for name, subjects in due.items()},
        runs=runs,
        forecasts=Forecasts(
            archives=tuple(
                ArchiveForecast(
                    archive=archive.name,
                    forecast=forecast_archive(
                        archive,
                        due.get(archive.name, _NOTHING),
                        job.settings,
                        _rows(store, archive.name),
                    ),
                )
                for archive, _ in archives
            ),
            live=forecast_live(live, job.settings.pace),
        ),
    )


def announce(due: Due, progress: Progress) -> None:
    """Let whoever watches know how much there is to do."""
    for each, (archive, subjects) in zip(due.forecasts.archives, due.archives, strict=True):
        lane = progress.lane(archive.name)
        lane.total = _count(subjects)
        lane.done = lane.total - due.wants.get(archive.name, 0)
        lane.expected_seconds = each.forecast.seconds
    if due.live:
        lane = progress.lane(LIVE)
        lane.total, lane.expected_seconds = len(due.live), due.forecasts.live.seconds


def _count(subjects: Subjects) -> int:
    return sum(map(subjects.count, range(len(subjects))))


def _rows(store: Store, archive: str) -> dict[str, float]:
    headway = store.archive_records(archive).headway()
    return {host: one.rows_each for host, one in headway.items() if one.rows_each is not None}
