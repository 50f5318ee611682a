"""A window in time around the moments that are wanted: hot pages have captures without end."""

from datetime import datetime, timedelta

from linkcheck.model.capture import instant, written
from linkcheck.model.holding import Holding
from linkcheck.plan.subjects import Subjects

Window = tuple[str | None, str | None]
OPEN: Window = (None, None)


def window(subjects: Subjects, first: int, end: int, days: int) -> Window:
    """Return bounds that leave so many days on either side; open where any moment will do."""
    stamps = {want.timestamp for place in range(first, end) for want in subjects.wants(place)}
    moments = [instant(stamp or "") for stamp in stamps]
    dated = [moment for moment in moments if moment is not None]
    if not dated or len(dated) < len(moments):
        return OPEN
    margin = timedelta(days=days)
    return written(min(dated) - margin), written(max(dated) + margin)


def is_certain(holding: Holding, timestamp: str | None) -> bool:
    """Tell whether the nearest row of a moment is surely the nearest that the archive holds.

    What lies outside a window was not seen: a row is certain that is nearer than its bounds. Of
    a key whose rows were cut nothing is.
    """
    if not holding.whole:
        return False
    start, end = (None if bound is None else instant(bound) for bound in holding.window)
    if start is None and end is None:
        return True
    moment = instant(timestamp or "")
    rows = [found for row in holding.rows if (found := row.moment) is not None]
    if moment is None or not rows:
        return False
    nearest = min(_apart(moment, row) for row in rows)
    return all(nearest <= _apart(moment, bound) for bound in (start, end) if bound is not None)


def _apart(one: datetime, other: datetime) -> timedelta:
    return abs(one - other)
