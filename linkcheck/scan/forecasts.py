"""What a scan will ask, before anything is sent; and whether it may."""

from collections import Counter
from collections.abc import Iterable, Mapping

from linkcheck.archives import Archive
from linkcheck.errors import UsageError
from linkcheck.model.live import LiveSubject
from linkcheck.plan.batches import batches
from linkcheck.plan.forecast import Forecast, forecast
from linkcheck.plan.prices import prices
from linkcheck.plan.subjects import Subjects
from linkcheck.scan.job import ArchiveForecast, Forecasts, LiveForecast
from linkcheck.settings.pace import PaceSettings
from linkcheck.settings.scan import ScanSettings
from linkcheck.settings.settings import Settings
from linkcheck.store.prepared import host_of


def forecast_archive(
    archive: Archive, subjects: Subjects, settings: Settings, rows: Mapping[str, float]
) -> Forecast:
    """Return what an archive will be asked for; `rows` are those of each host in earlier runs."""
    plans = settings.plans()
    costs = prices(archive.pace, plans)
    page_rows = plans.page_rows if archive.keyed else None
    return forecast(batches(subjects, costs, page_rows=page_rows, rows=rows), costs, plans, rows)


def forecast_live(subjects: Iterable[LiveSubject], pace: PaceSettings) -> LiveForecast:
    """Return what the live web will be asked for: one host is asked at its own pace."""
    hosts = Counter(host_of(subject.original) or "" for subject in subjects)
    if not hosts:
        return LiveForecast()
    busiest, most = hosts.most_common(1)[0]
    return LiveForecast(
        originals=hosts.total(),
        hosts=len(hosts),
        busiest=busiest,
        busiest_originals=most,
        seconds=max(most * pace.host.interval, hosts.total() / pace.max_concurrency),
    )


def refuse_without_contact(forecasts: Forecasts, settings: ScanSettings) -> None:
    """Stop a large scan before its first request unless somebody can be written to."""
    for each in forecasts.archives:
        if each.forecast.requests > settings.contact_after and not settings.contact:
            raise UsageError(
                f"this scan would send {each.archive} about {each.forecast.requests:,} requests:"
                f" above {settings.contact_after:,} its staff must be able to write to somebody."
                " Set --contact you@example.org, or contact under [scan] in linkcheck.toml;"
                " --dry-run shows what would be asked. Nothing was sent"
            )


__all__ = [
    "ArchiveForecast",
    "Forecasts",
    "forecast_archive",
    "forecast_live",
    "refuse_without_contact",
]
