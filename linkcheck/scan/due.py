"""What is to be asked now, and what that will cost."""

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


@dataclass(frozen=True, slots=True, kw_only=True)
class Due:
    """What is to be asked of whom."""

    archives: tuple[tuple[Archive, Subjects], ...] = ()
    live: list[LiveSubject] = field(default_factory=list)  # emptied by the lane that takes them
    forecasts: Forecasts = field(default_factory=Forecasts)


def look_up_due(job: Job, store: Store, run: Run) -> Due:
    """Find what no finding holds for any more."""
    only = job.settings.scan.only
    archives: tuple[tuple[Archive, Subjects], ...] = ()
    live: list[LiveSubject] = []
    if only is not Only.LIVE:
        found = store.due_archive(run.started_at, fresh=job.fresh)
        archives = tuple(
            (archive, found[archive.name])
            for archive in job.archives
            if archive.name in found and len(found[archive.name])
        )
    if only is not Only.ARCHIVE:
        live = list(store.due_live(run.started_at, fresh=job.fresh))
    return Due(
        archives=archives,
        live=live,
        forecasts=Forecasts(
            archives=tuple(
                ArchiveForecast(
                    archive=archive.name,
                    forecast=forecast_archive(
                        archive, subjects, job.settings, _rows(store, archive.name)
                    ),
                )
                for archive, subjects in archives
            ),
            live=forecast_live(live, job.settings.pace),
        ),
    )


def announce(due: Due, progress: Progress) -> None:
    """Let whoever watches know how much there is to do."""
    for each, (archive, subjects) in zip(due.forecasts.archives, due.archives, strict=True):
        lane = progress.lane(archive.name)
        lane.total = sum(map(subjects.count, range(len(subjects))))
        lane.expected_seconds = each.forecast.seconds
    if due.live:
        lane = progress.lane(LIVE)
        lane.total, lane.expected_seconds = len(due.live), due.forecasts.live.seconds


def _rows(store: Store, archive: str) -> dict[str, float]:
    headway = store.archive_records(archive).headway()
    return {host: one.rows_each for host, one in headway.items() if one.rows_each is not None}
