"""The rows of a key that can matter to its wants: all others may be forgotten."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from functools import lru_cache

from linkcheck.model.capture import Capture, instant, mended
from linkcheck.model.subject import Want

FEW = 8
"""So many rows are kept as they are: most keys have three."""

_GOOD = range(200, 300)
_MOST = 64  # digests of revisits, or rows of one second, that are kept on a side
_FULL = 14


def keep(rows: Sequence[Capture], wants: Iterable[Want]) -> tuple[Capture, ...]:
    """Return the rows from which any choice for these wants comes out as from all of them.

    On both sides of each moment these are the nearest second and the nearest good one, in
    between one revisit of each digest, which a record elsewhere may prove good, and such records.
    More rows of the key may follow: what was kept stands for what was not.
    """
    if len(rows) <= FEW:
        return tuple(rows)
    ordered = sorted(range(len(rows)), key=lambda place: (_dated(rows[place].timestamp), place))
    times = [_dated(rows[place].timestamp) for place in ordered]
    named: dict[str | None, list[int]] = {}
    for place, row in enumerate(rows):
        named.setdefault(row.timestamp, []).append(place)
    kept: set[int] = set()
    for timestamp in {want.timestamp for want in wants}:
        for steps in _ways(times, timestamp):
            kept.update(_walk(rows, (ordered[step] for step in steps)))
        kept.update(named.get(timestamp, ()))
    kept.update(_records(rows, kept))
    return tuple(rows[place] for place in sorted(kept))


def _ways(times: list[str], timestamp: str | None) -> tuple[range, ...]:
    """Return the ways out from a moment along the sorted times, both ways."""
    everything = range(len(times))
    if timestamp is None or (period := _period(timestamp)) is None:
        return everything, everything[::-1]
    before, after = bisect_left(times, period[0]), bisect_right(times, period[1])
    return everything[:before][::-1], everything[before:after], everything[after:]


def _walk(rows: Sequence[Capture], way: Iterable[int]) -> list[int]:
    """Go on to the end of the nearest second that holds a good row."""
    found: list[int] = []
    digests: set[str | None] = set()
    nearest = ending = None
    held = 0
    for place in way:
        row = rows[place]
        if ending is not None and row.timestamp != ending:
            break
        nearest = row.timestamp if nearest is None else nearest
        good = row.status in _GOOD
        same = row.timestamp in {nearest, ending}
        fresh = row.revisit and row.digest not in digests and len(digests) < _MOST
        if good or fresh or (same and held < _MOST):
            found.append(place)
            digests.update((row.digest,) if row.revisit else ())
            held += 1
        ending = row.timestamp if good and ending is None else ending
    return found


def _records(rows: Sequence[Capture], kept: set[int]) -> list[int]:
    """Return the full records that revisits repeat: two where they disagree, for that counts.

    Revisits may still follow, so the latest records stay whether they are repeated yet or not.
    """
    wanted = {rows[place].digest for place in kept if rows[place].revisit}
    latest: dict[tuple[str | None, int | None, str | None], int] = {}
    for place, row in enumerate(rows):
        if not row.revisit and row.digest is not None:
            latest.setdefault((row.digest, row.status, row.media_type), place)
    last = set(list(latest)[-_MOST:])
    return [place for kind, place in latest.items() if kind[0] in wanted or kind in last]


def _period(timestamp: str) -> tuple[str, str] | None:
    """Return the first and last digits of a period; None where they name no moment."""
    if len(timestamp) == _FULL:
        moment = _dated(timestamp)
        return (moment, moment) if moment else None
    return (timestamp, timestamp + "99999999999999"[len(timestamp) :]) if timestamp else None


@lru_cache(maxsize=8192)
def _dated(timestamp: str) -> str:
    """Return the digits of a moment, mended; empty where they name none."""
    digits = mended(timestamp)
    return digits if instant(digits) is not None else ""
