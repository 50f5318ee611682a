"""Moments as the store keeps them: microseconds since 1970."""

from datetime import UTC, datetime, timedelta
from functools import lru_cache

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_ONE = timedelta(microseconds=1)


def number(moment: datetime) -> int:
    """Return a moment as a number, exactly."""
    return (moment - EPOCH) // _ONE


@lru_cache(maxsize=4_096)
def moment(number: int) -> datetime:
    """Return the moment of a number."""
    return EPOCH + timedelta(microseconds=number)


def moment_or_none(number: int | None) -> datetime | None:
    """Return the moment of a number that may be absent."""
    return None if number is None else moment(number)


def span(period: timedelta) -> int:
    """Return a period as a number of the same kind."""
    return period // _ONE
