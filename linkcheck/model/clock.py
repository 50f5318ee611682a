"""What time it is: the wall's clock, or one that a caller brings along."""

from collections.abc import Callable
from datetime import UTC, datetime

Clock = Callable[[], datetime]


def utc_now() -> datetime:
    """Return the time that runs and evidence are stamped with."""
    return datetime.now(UTC)
