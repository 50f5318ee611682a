"""What a scan will ask of an archive, before anything is sent."""

from collections.abc import Iterable, Iterator, Mapping
from math import ceil

from linkcheck.model.batch import Batch, Method
from linkcheck.model.noun import Noun
from linkcheck.plan.prices import Prices
from linkcheck.settings.planning import PlanningSettings
from linkcheck.settings.playback import PlaybackSettings

_USUAL = PlaybackSettings()


class GroupForecast(Noun, frozen=True, kw_only=True):
    """One batch, and the requests that are expected of it."""

    host: str
    prefix: str
    method: Method
    subjects: int
    asks: int
    listed: bool  # by the index; a sample is drawn of these
    index_requests: int
    playback_requests: int
    seconds: float  # by itself


class Forecast(Noun, frozen=True, kw_only=True):
    """All batches, and what they come to together."""

    groups: tuple[GroupForecast, ...]
    subjects: int
    asks: int
    index_requests: int
    playback_requests: int
    sample: int
    seconds: float
    most_requests: int  # if hosts that were never asked have captures without end
    most_seconds: float
    one_by_one_seconds: float  # one playback for each moment, under the same limits
    price: float  # of an index request in playback requests, by time
    declared_price: float  # by the budgets alone

    @property
    def requests(self) -> int:
        """Return all requests, the sample's too."""
        return self.index_requests + self.playback_requests

    @property
    def hours(self) -> float:
        """Return the hours that the scan is expected to take."""
        return self.seconds / 3600


def forecast(
    batches: Iterable[Batch],
    prices: Prices,
    settings: PlanningSettings,
    rows: Mapping[str, float] | None = None,
    playback: PlaybackSettings = _USUAL,
) -> Forecast:
    """Add up what batches are expected to cost, with what is replayed besides.

    `rows` are the rows for each subject of a host as earlier runs saw them: a host that proved too
    big for its few links is not expected to have become smaller.
    """
    groups = tuple(_group(batch, prices, settings, rows or {}, playback) for batch in batches)
    asks = sum(group.asks for group in groups)
    strangers = () if playback.nothing else _strangers(groups, rows or {})
    unknown = sum(_at_most(group, prices) for group in strangers)
    listed = sum(group.asks for group in groups if group.listed)
    sample = min(playback.sample, listed)
    index = sum(group.index_requests for group in groups)
    replayed = sum(group.playback_requests for group in groups) + ceil(sample * prices.single)
    return Forecast(
        groups=groups,
        subjects=sum(group.subjects for group in groups),
        asks=asks,
        index_requests=index,
        playback_requests=replayed,
        sample=sample,
        seconds=prices.seconds(index, replayed),
        most_requests=index + replayed + unknown,
        most_seconds=prices.seconds(index, replayed + unknown),
        one_by_one_seconds=prices.seconds(0, asks * prices.single),
        price=prices.index,
        declared_price=prices.declared,
    )


def _strangers(
    groups: Iterable[GroupForecast], rows: Mapping[str, float]
) -> Iterator[GroupForecast]:
    """Yield what is asked in bulk of hosts that nobody knows, but for the busiest one.

    That is the collection's own: most of what its archive holds is what is cited. Of any other
    a few pages are cited, of how many, no article tells.
    """
    ranked = sorted(groups, key=lambda group: -group.asks)
    return (one for one in ranked[1:] if one.method is Method.INDEX and one.host not in rows)


def _at_most(group: GroupForecast, prices: Prices) -> int:
    """Return the playbacks that are added where a first page shows a host to be too big."""
    return max(0, ceil(group.asks * prices.single) - group.playback_requests)


def _group(
    batch: Batch,
    prices: Prices,
    settings: PlanningSettings,
    rows: Mapping[str, float],
    wanted: PlaybackSettings,
) -> GroupForecast:
    subjects = batch.end - batch.first
    each = rows.get(batch.host, settings.rows_per_original)
    limit = settings.page_rows if batch.query is None else batch.query.limit
    pages = 1 if limit is None else ceil(max(subjects * each, 1) / limit)
    alone = ceil(batch.asks * prices.single)
    bulk = batch.method is Method.INDEX and pages * prices.index <= alone
    index = pages if bulk else int(batch.method is Method.INDEX)
    playback = alone
    if wanted.nothing:
        playback = 0
    elif bulk and not wanted.everything:
        playback = ceil(subjects * settings.absent_share)
    return GroupForecast(
        host=batch.host,
        prefix=batch.prefix,
        method=batch.method,
        subjects=subjects,
        asks=batch.asks,
        listed=bulk,
        index_requests=index,
        playback_requests=playback,
        seconds=prices.seconds(index, playback),
    )
