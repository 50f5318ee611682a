"""Whether a run can go on with a bulk query where an earlier one ended. Pure."""

from bisect import bisect_right
from collections.abc import Callable
from datetime import datetime

from msgspec.structs import replace

from linkcheck.lanes.archive.job import Pursue
from linkcheck.model.batch import Batch
from linkcheck.model.observation import Headway
from linkcheck.plan.cursor import Cursor
from linkcheck.plan.prices import Prices
from linkcheck.plan.pursuit import Pursuit, prefix_of
from linkcheck.plan.subjects import Subjects

_LAST = "\U0010ffff"  # sorts behind whatever a key can hold


def resumed(  # noqa: PLR0913, PLR0917 - all that it depends on
    batch: Batch,
    known: Headway,
    subjects: Subjects,
    prices: Prices,
    oldest: datetime,
    asks: Callable[[int, int], int],
) -> Pursue | None:
    """Return the rest of an earlier run's query; None where it does not fit any more.

    It fits if it is young, has no window (of moments that were wanted then), covers enough of the
    subjects, and leaves few before its key: their rows do not come again, they are asked singly.
    """
    query = known.query
    if batch.query is None or query is None or known.at < oldest:
        return None
    if query.limit != batch.query.limit or (query.start, query.end) != (None, None):
        return None
    # Up to its key and with it: of the key itself only the later rows would come.
    first = bisect_right(subjects.keys, known.key, batch.first, batch.end)
    prefix = prefix_of(query)
    if first == batch.end or not subjects.keys[first].startswith(prefix):
        return None
    end = subjects.keys.place_from(prefix + _LAST, first, batch.end)
    if asks(batch.first, first) >= prices.worthwhile:
        return None
    if asks(first, end) < prices.worthwhile:
        return None
    cursor = Cursor(place=first, end=end, key=known.key, limit=query.limit, record=known.record)
    rest = asks(first, batch.end)
    return Pursue(
        host=batch.host,
        asks=rest,
        pursuit=Pursuit(query=query, cursor=cursor, beyond=batch.end),
        anew=replace(batch, first=first, asks=rest),
    )
