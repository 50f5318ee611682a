"""An archive's timestamp: fourteen digits, a moment in UTC."""

import datetime as dt
import re

FULL = 14
_DIGITS = re.compile(r"[0-9]{4,14}")
_EARLIEST = "19960101000000"  # the Wayback Machine's first captures are of 1996


def moment(timestamp: str) -> dt.datetime | None:
    """Return the moment that a timestamp names, a short one from its beginning on."""
    if _DIGITS.fullmatch(timestamp) is None:
        return None
    full = timestamp + "00000101000000"[len(timestamp) :]
    try:
        return dt.datetime.strptime(full, "%Y%m%d%H%M%S").replace(tzinfo=dt.UTC)
    except ValueError:
        return None


def is_before_archives(timestamp: str) -> bool:
    """Tell a moment from before there was any archive of the web."""
    return timestamp < _EARLIEST[: len(timestamp)]
