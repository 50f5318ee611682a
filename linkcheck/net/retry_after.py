"""How long a server asks to be left alone: `Retry-After` in both its forms (RFC 9110, 10.2.3)."""

import re
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

from linkcheck.model.exchange import Reply

_DIGITS = re.compile(r"[0-9]+", re.ASCII)
_LONGEST_NUMBER = 12  # digits; more of them are no number of seconds


@dataclass(frozen=True, slots=True, kw_only=True)
class RetryAfter:
    """The rest that is kept, and the words for what was asked."""

    seconds: float
    detail: str


def read_retry_after(reply: Reply, longest: float) -> RetryAfter | None:
    """Return the rest that a reply asks for, at most the longest; None if it names no time."""
    value = (reply.header("retry-after") or "").strip()
    seconds = _seconds(value, reply)
    if seconds is None or seconds <= 0:
        return None
    if seconds > longest:
        return RetryAfter(
            seconds=longest, detail=f"Retry-After: {value[:40]}, of which {longest:.0f} s are kept"
        )
    return RetryAfter(seconds=seconds, detail=f"Retry-After: {value[:40]}")


def _seconds(value: str, reply: Reply) -> float | None:
    if _DIGITS.fullmatch(value):
        return float(value) if len(value) <= _LONGEST_NUMBER else float("inf")
    until = _date(value)
    if until is None:
        return None
    # The server's own clock, where it tells it: only the difference means anything.
    since = _date(reply.header("date") or "") or reply.asked_at
    return (until - since).total_seconds()


def _date(value: str) -> datetime | None:
    try:
        date = parsedate_to_datetime(value)
    except (ValueError, OverflowError):
        return None
    return date if date.tzinfo else date.replace(tzinfo=UTC)
