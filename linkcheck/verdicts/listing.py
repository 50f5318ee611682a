"""What an index answer says of one asked capture: which row, and what its absence means."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable

from msgspec.structs import replace

from linkcheck.fixity import is_of_nothing
from linkcheck.model.capture import Capture
from linkcheck.model.evidence import Listing
from linkcheck.model.index import SILENCE, IndexEnd, IndexQuery, IndexState, Scope
from linkcheck.model.noun import Noun
from linkcheck.settings.judging import JudgingSettings
from linkcheck.verdicts.distance import distance_seconds, second, second_span

_GOOD, _REDIRECTS = range(200, 300), range(300, 400)
_FAR = 1 << 62
FEW = 8  # rows that are quicker compared one by one


class Choice(Noun, frozen=True, kw_only=True):
    """The row that a verdict may rest on, and the good ones around it."""

    listing: Listing
    row: Capture | None = None
    before: Capture | None = None
    after: Capture | None = None


class Rows:
    """The rows of one key, put in order once for all moments that are wanted of it.

    Navigation that stands on every page has thousands of rows and is wanted at tens of thousands
    of moments: each finds its neighbours by halving.
    """

    __slots__ = ("_by_stamp", "_good", "_known", "_seconds", "_undated")

    def __init__(self, rows: Iterable[Capture]) -> None:
        self._known = resolved(tuple(rows))
        self._seconds: list[tuple[int, int]] = []  # each with its row's place, in order
        self._good: list[tuple[int, int]] = []  # the same of good rows alone
        self._undated: list[int] = []
        self._by_stamp: dict[str, list[int]] = {}
        if len(self._known) > FEW:
            self._put_in_order()

    def _put_in_order(self) -> None:
        for place, row in enumerate(self._known):
            self._by_stamp.setdefault(row.timestamp, []).append(place)
            at = second(row.timestamp)
            if at is None:
                self._undated.append(place)
            else:
                self._seconds.append((at, place))
                if row.status in _GOOD:
                    self._good.append((at, place))
        self._seconds.sort()
        self._good.sort()

    @property
    def all(self) -> tuple[Capture, ...]:
        """Return every row, revisits with what they repeat."""
        return self._known

    def around(self, timestamp: str) -> tuple[Capture, ...]:
        """Return the rows among which those are that answer for a moment, in their order."""
        period = second_span(timestamp) if self._seconds else None
        if period is None:
            return self._known
        places = {*self._undated, *self._by_stamp.get(timestamp, ())}
        for dated in (self._seconds, self._good):
            places.update(_nearest(dated, *period))
        return tuple(self._known[place] for place in sorted(places))


def choose(
    timestamp: str | None, rows: Iterable[Capture] | Rows, settings: JudgingSettings
) -> Choice | None:
    """Choose among the rows of one key what answers for a moment; None where there are none.

    A redirect gives way to a good capture within the tolerance: http and https are one key, and
    the row of the asked second is often the 301 of the one, seconds before the 200 of the other.
    """
    ordered = rows if isinstance(rows, Rows) else Rows(rows)
    if not ordered.all:
        return None
    if timestamp is None:
        # Any will do: the latest good one, or else the first of all.
        latest = sorted(ordered.all, key=lambda row: row.timestamp)
        row = next((one for one in reversed(latest) if one.status in _GOOD), latest[0])
        return Choice(listing=Listing.NEARBY, row=row)
    near = ordered.around(timestamp)
    ranked = sorted(((row, distance_seconds(timestamp, row.timestamp)) for row in near), key=_rank)
    good = [pair for pair in ranked if pair[0].status in _GOOD]
    row = ranked[0][0]
    if (
        row.status in _REDIRECTS
        and good
        and _away(good[0][1]) <= settings.tolerance.total_seconds()
    ):
        row = good[0][0]
    return Choice(
        listing=Listing.LISTED if row.timestamp == timestamp else Listing.NEARBY,
        row=row,
        before=next((one for one, apart in good if apart is not None and apart <= 0), None),
        after=next((one for one, apart in good if apart is not None and apart >= 0), None),
    )


def _nearest(dated: list[tuple[int, int]], first: int, last: int) -> Iterable[int]:
    """Yield the places of the rows within a period, and of the nearest second on both sides."""
    low = bisect_left(dated, (first,))
    high = bisect_right(dated, (last, _FAR))
    if low:
        low = bisect_left(dated, (dated[low - 1][0],))
    if high < len(dated):
        high = bisect_right(dated, (dated[high][0], _FAR))
    return (place for _, place in dated[low:high])


def resolved(rows: tuple[Capture, ...]) -> tuple[Capture, ...]:
    """Give revisits the status and type of the record that they repeat, where only one fits.

    The archive's own `resolveRevisits` fills in what comes after the first full record and
    leaves what comes before (EDGI, does_not_repeat_results, 2022). A revisit of an empty body
    says nothing: one played back as 301 (web-monitoring-processing, 2025-01).
    """
    if not any(row.revisit and row.status is None for row in rows):
        return rows
    full: dict[tuple[str, str], set[tuple[int | None, str | None]]] = {}
    for row in rows:
        if not row.revisit and row.digest is not None and not is_of_nothing(row.digest):
            full.setdefault((row.urlkey, row.digest), set()).add((row.status, row.media_type))
    return tuple(_resolved(row, full.get((row.urlkey, row.digest or ""), set())) for row in rows)


def absence(query: IndexQuery, end: IndexEnd) -> Listing:
    """Tell what it means that an answer held no row of the asked key."""
    if end.state is IndexState.EXCLUDED:
        return Listing.EXCLUDED
    if end.state in SILENCE or end.unreadable or end.oversized:
        return Listing.UNTOLD
    unbounded = query.start is None and query.end is None and query.resume is None
    if end.state is IndexState.EMPTY and query.scope is Scope.EXACT and unbounded:
        return Listing.EMPTY
    return Listing.BULK_ABSENT


def _resolved(row: Capture, records: set[tuple[int | None, str | None]]) -> Capture:
    if not row.revisit or row.status is not None or len(records) != 1:
        return row
    ((status, media_type),) = records
    return replace(row, status=status, media_type=media_type)


def _rank(pair: tuple[Capture, int | None]) -> tuple[int, bool, str]:
    row, seconds = pair
    # Of one second the good row counts: playback skips redirects within a key (seen 2019).
    return _away(seconds), row.status not in _GOOD, row.timestamp


def _away(seconds: int | None) -> int:
    return _FAR if seconds is None else abs(seconds)
