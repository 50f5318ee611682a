"""The day of publication against the day of capture."""

import datetime as dt
import re
from collections.abc import Iterator
from contextlib import suppress
from email.utils import parsedate_to_datetime

from linkcheck.audit.subject import Subject
from linkcheck.model.article import Field
from linkcheck.model.audit import AuditFinding, Severity
from linkcheck.model.link import Role
from linkcheck.urls.timestamp import moment

_NUMBERS = re.compile(
    r"([0-9]{4})(?:\s*[-/.年]\s*([0-9]{1,2})\s*[-/.月]\s*([0-9]{1,2})(?![0-9])|([0-9]{2})([0-9]{2})(?![0-9]))"
)
_IN_WORDS = ("%d %B %Y", "%d %b %Y", "%B %d, %Y", "%b %d, %Y")
_MOST_AHEAD = dt.timedelta(hours=14)
"""The time zone furthest ahead of UTC: a day there begins so much earlier than the archive's."""


def publication_findings(subject: Subject) -> Iterator[AuditFinding]:
    """Tell how long after its publication an article was captured, and when that cannot be."""
    if not subject.article.fields:
        return
    field = subject.date_field()
    if field is None or not field.value.strip():
        yield _about_date(subject, field, "date-missing", "the front matter says no date")
        return
    day = publication_day(field.value)
    if day is None:
        yield _about_date(
            subject, field, "date-unreadable", f"{field.value[:60]!r} cannot be read as a date"
        )
        return
    yield from _distance(subject, day)


def publication_day(text: str) -> dt.date | None:
    """Return the day that people's many ways of writing one mean."""
    numbers = _NUMBERS.match(text.strip())
    try:
        if numbers is not None:
            return dt.date(*(int(number) for number in numbers.groups() if number))
        return _in_words(text.strip()) or parsedate_to_datetime(text.strip()).date()
    except (ValueError, TypeError, OverflowError, IndexError):  # what the email parser raises
        return None


def _in_words(text: str) -> dt.date | None:
    for form in _IN_WORDS:
        with suppress(ValueError):
            return dt.datetime.strptime(text, form).replace(tzinfo=dt.UTC).date()
    return None


def _distance(subject: Subject, day: dt.date) -> Iterator[AuditFinding]:
    url = subject.link(Role.URL)
    captured = moment(url.timestamp) if url is not None and url.timestamp else None
    if url is None or captured is None:
        return
    published = dt.datetime.combine(day, dt.time(), dt.UTC)
    if captured < published - _MOST_AHEAD:
        yield subject.finding(
            "captured-before-publication",
            Severity.WARNING,
            f"captured on {captured.date()}, {_days((day - captured.date()).days)} before the"
            f" article's date {day}",
            line=url.line,
            advice="look whether the date is of a later edition, or the capture of another page",
            url=url.raw,
        )
        return
    days = max(0, (captured.date() - day).days)
    yield subject.finding(
        "days-to-capture",
        Severity.INFO,
        f"captured {_days(days)} after publication",
        line=url.line,
        url=url.raw,
    )


def _about_date(subject: Subject, field: Field | None, rule: str, message: str) -> AuditFinding:
    place = field.start if field is not None else 0
    return subject.finding(
        rule,
        Severity.WARNING,
        message,
        line=subject.article.source.count(b"\n", 0, place) + 1,
        advice="write the day of publication as YYYY-MM-DD: without it, no one can tell how long"
        " after it the article was captured",
    )


def _days(count: int) -> str:
    return "1 day" if count == 1 else f"{count:,} days"
