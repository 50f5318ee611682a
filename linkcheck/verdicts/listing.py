"""What an index answer says of one asked capture: which row, and what its absence means."""

from collections.abc import Iterable

from msgspec.structs import replace

from linkcheck.fixity import is_of_nothing
from linkcheck.model.capture import Capture
from linkcheck.model.evidence import Listing
from linkcheck.model.index import SILENCE, IndexEnd, IndexQuery, IndexState, Scope
from linkcheck.model.noun import Noun
from linkcheck.settings.judging import JudgingSettings
from linkcheck.verdicts.distance import distance_seconds

_GOOD, _REDIRECTS = range(200, 300), range(300, 400)
_FAR = 1 << 62


class Choice(Noun, frozen=True, kw_only=True):
    """The row that a verdict may rest on, and the good ones around it."""

    listing: Listing
    row: Capture | None = None
    before: Capture | None = None
    after: Capture | None = None


def choose(
    timestamp: str | None, rows: Iterable[Capture], settings: JudgingSettings
) -> Choice | None:
    """Choose among the rows of one key what answers for a moment; None where there are none.

    A redirect gives way to a good capture within the tolerance: http and https are one key, and
    the row of the asked second is often the 301 of the one, seconds before the 200 of the other.
    """
    known = resolved(tuple(rows))
    if not known:
        return None
    ranked = sorted(known, key=lambda row: _rank(timestamp, row))
    good = [row for row in ranked if row.status in _GOOD]
    row = ranked[0]
    if timestamp is None:
        row = good[-1] if good else row
    elif row.status in _REDIRECTS and good:
        near = _away(timestamp, good[0]) <= settings.tolerance.total_seconds()
        row = good[0] if near else row
    exact = timestamp is not None and row.timestamp == timestamp
    return Choice(
        listing=Listing.LISTED if exact else Listing.NEARBY,
        row=row,
        before=_side(timestamp, good, sign=-1),
        after=_side(timestamp, good, sign=1),
    )


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


def _rank(timestamp: str | None, row: Capture) -> tuple[int, bool, str]:
    if timestamp is None:
        return 0, False, row.timestamp
    # Of one second the good row counts: playback skips redirects within a key (seen 2019).
    return _away(timestamp, row), row.status not in _GOOD, row.timestamp


def _away(timestamp: str, row: Capture) -> int:
    if row.timestamp == timestamp:
        return 0
    seconds = distance_seconds(timestamp, row.timestamp)
    return _FAR if seconds is None else abs(seconds)


def _side(timestamp: str | None, ranked: list[Capture], *, sign: int) -> Capture | None:
    for row in ranked:
        seconds = distance_seconds(timestamp, row.timestamp)
        if seconds is not None and seconds * sign >= 0:
            return row
    return None
