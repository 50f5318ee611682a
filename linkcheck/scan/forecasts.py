"""What a scan will ask, before anything is sent; and whether it may."""

from collections import Counter
from collections.abc import Mapping

from linkcheck.archives import Archive
from linkcheck.errors import UsageError
from linkcheck.plan.batches import batches
from linkcheck.plan.forecast import Forecast, forecast
from linkcheck.plan.prices import prices
from linkcheck.plan.subjects import Subjects
from linkcheck.scan.job import ArchiveForecast, Forecasts, LiveForecast
from linkcheck.settings.pace import PaceSettings
from linkcheck.settings.scan import ScanSettings
from linkcheck.settings.settings import Settings


def forecast_archive(
    archive: Archive, subjects: Subjects, settings: Settings, rows: Mapping[str, float]
) -> Forecast:
    """Return what an archive will be asked for; `rows` are those of each host in earlier runs."""
    plans = settings.planning
    costs = prices(archive.pace, plans)
    page_rows = plans.page_rows if archive.keyed else None
    found = batches(subjects, costs, page_rows=page_rows, rows=rows)
    return forecast(found, costs, plans, rows, settings.scan.playback)


def forecast_live(hosts: Counter[str], pace: PaceSettings) -> LiveForecast:
    """Return what the live web will be asked for: each host's originals at its own pace."""
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


def needs_contact(forecast: Forecast, settings: ScanSettings) -> bool:
    """Tell a scan that may send an archive more than what goes out without a contact.

    The most that is forecast counts: a scan that stops half-way has asked all the same.
    """
    most = forecast.most_requests
    if settings.max_requests is not None:
        most = min(most, settings.max_requests)
    return most > settings.contact_after and not settings.contact


def refuse_without_contact(forecasts: Forecasts, settings: ScanSettings) -> None:
    """Stop a large scan before its first request unless somebody can be written to."""
    for each in forecasts.archives:
        if needs_contact(each.forecast, settings):
            raise UsageError(
                f"this scan would send {each.archive} {_about(each.forecast)} requests:"
                f" above {settings.contact_after:,} its staff must be able to write to somebody."
                " Set --contact you@example.org, or contact under [scan] in linkcheck.toml;"
                " --dry-run shows what would be asked. Nothing was sent"
            )


def _about(forecast: Forecast) -> str:
    if forecast.most_requests == forecast.requests:
        return f"about {forecast.requests:,}"
    return f"about {forecast.requests:,}, and perhaps {forecast.most_requests:,}"


__all__ = [
    "ArchiveForecast",
    "Forecasts",
    "forecast_archive",
    "forecast_live",
    "needs_contact",
    "refuse_without_contact",
]
