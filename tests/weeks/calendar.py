"""Which week is which: when it begins, and what is out of order in it."""

from datetime import UTC, datetime, timedelta

BEGIN = datetime(2023, 1, 7, 3, 17, tzinfo=UTC)
"""The first scan. All of it lies in the past: a file from the future is never settled."""

WEEK = timedelta(weeks=1)


def begins(week: int) -> datetime:
    """Return when a week's scan is started, as cron does."""
    return BEGIN + week * WEEK


def archive_is_down(week: int) -> bool:
    """Tell whether the archive does not answer: four weeks a year."""
    return week % 13 == 9


def network_is_down(week: int) -> bool:
    """Tell whether the machine has no network: two weeks a year."""
    return week % 26 == 15


def is_quiet(week: int) -> bool:
    """Tell whether nobody touches the collection: four weeks a year."""
    return week % 13 == 6


def is_usual(week: int) -> bool:
    """Tell whether a scan can do all that is due, and has an ordinary week behind it."""
    odd = (archive_is_down, network_is_down)
    return not any(test(one) for test in odd for one in (week, week - 1))
