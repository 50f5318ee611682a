"""What a scan would ask, as a table: groups, method, requests and hours."""

from datetime import UTC, datetime

from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from linkcheck.console.words import lasting, many, paused
from linkcheck.model.batch import Method
from linkcheck.model.pause import Pause
from linkcheck.plan.forecast import Forecast, GroupForecast
from linkcheck.plan.spelling import web_address
from linkcheck.reports import for_terminal
from linkcheck.scan.forecasts import needs_contact
from linkcheck.scan.job import Forecasts, LiveForecast
from linkcheck.settings.scan import ScanSettings

_SHOWN = 20
_WAYS = {Method.INDEX: "index in bulk", Method.PLAYBACK: "playback"}


def forecast_table(
    forecasts: Forecasts, settings: ScanSettings, pauses: tuple[Pause, ...] = ()
) -> RenderableType:
    """Return all that is said before anything is sent."""
    now = datetime.now(UTC)
    parts: list[RenderableType] = [
        Text(for_terminal(paused(one, now)), style="yellow") for one in pauses
    ]
    for each in forecasts.archives:
        parts += [_archive(each.archive, each.forecast), _groups(each.forecast), Text()]
        if needs_contact(each.forecast, settings):
            words = (
                f"More than {many(settings.contact_after, 'request')}: it needs --contact to begin"
            )
            parts += [Text(words, style="yellow"), Text()]
    if forecasts.live.originals:
        parts.append(Text(_live(forecasts.live)))
    if not forecasts.archives and not forecasts.live.originals:
        parts.append(Text("Nothing is due: every finding still holds. --fresh asks all the same"))
    parts.append(Text("Nothing was sent", style="bold"))
    return Group(*parts)


def _archive(name: str, forecast: Forecast) -> Text:
    sample = f" ({forecast.sample:,} of them the sample)" if forecast.sample else ""
    words = (
        f"{name}: {many(forecast.subjects, 'original')}, {many(forecast.asks, 'moment')};"
        f" {many(forecast.index_requests, 'index request')} and"
        f" {many(forecast.playback_requests, 'playback', 'playbacks')}"
        f"{sample}, about {lasting(forecast.seconds)}"
    )
    if forecast.one_by_one_seconds > forecast.seconds:
        words += f"; one by one it would take {lasting(forecast.one_by_one_seconds)}"
    if forecast.most_requests > forecast.requests:
        up_to = many(forecast.most_requests, "request")
        words += (
            f". Up to {up_to} and {lasting(forecast.most_seconds)}"
            " where hosts that were never asked turn out to have captures without end"
        )
    return Text(for_terminal(words), style="bold")


def _groups(forecast: Forecast) -> RenderableType:
    table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0))
    table.add_column("host")
    table.add_column("method", no_wrap=True)
    for head in ("originals", "moments", "index", "playback", "time"):
        table.add_column(head, justify="right", no_wrap=True)
    ranked = sorted(forecast.groups, key=lambda group: -group.seconds)
    for group in ranked[:_SHOWN]:
        table.add_row(*_row(group))
    rest = ranked[_SHOWN:]
    if rest:
        table.add_row(
            Text(f"and {many(len(rest), 'group')} more", style="dim"),
            "",
            f"{sum(group.subjects for group in rest):,}",
            f"{sum(group.asks for group in rest):,}",
            f"{sum(group.index_requests for group in rest):,}",
            f"{sum(group.playback_requests for group in rest):,}",
            "",
        )
    return table


def _row(group: GroupForecast) -> tuple[RenderableType | str, ...]:
    return (
        Text(for_terminal(_place(group))),
        _WAYS[group.method],
        f"{group.subjects:,}",
        f"{group.asks:,}",
        f"{group.index_requests:,}",
        f"{group.playback_requests:,}",
        lasting(group.seconds),
    )


def _place(group: GroupForecast) -> str:
    """Return a group's place as readers write it, not as the index does (`com,hkcnews)/`)."""
    address = web_address(group.prefix or group.host).removeprefix("http://")
    return address if group.prefix else address.removesuffix("/")


def _live(live: LiveForecast) -> str:
    return for_terminal(
        f"live web: {many(live.originals, 'original')} on {many(live.hosts, 'host')}, at least"
        f" {lasting(live.seconds)} ({live.busiest} has {live.busiest_originals:,} of them, fewer"
        " requests where it answers for all at once)"
    )
