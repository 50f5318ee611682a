"""Timestamps of archived links: are they moments at which something can have been captured?"""

from collections.abc import Iterator

from linkcheck.audit.subject import Subject
from linkcheck.model.audit import AuditFinding, Severity
from linkcheck.model.link import Kind, Link
from linkcheck.urls.timestamp import FULL, is_before_archives, moment


def timestamp_findings(subject: Subject) -> Iterator[AuditFinding]:
    """Look at every archived link's timestamp, each distinct one once."""
    seen: set[str | None] = set()
    for link in subject.links:
        if link.kind is Kind.ARCHIVED and link.timestamp not in seen:
            seen.add(link.timestamp)
            yield from _of(subject, link)


def _of(subject: Subject, link: Link) -> Iterator[AuditFinding]:
    if link.timestamp is None:
        yield _finding(
            subject,
            link,
            "timestamp-missing",
            Severity.INFO,
            "the link names no moment: it leads to the latest capture, or to a list of them",
        )
        return
    when = moment(link.timestamp)
    if len(link.timestamp) != FULL or when is None:
        yield _finding(
            subject,
            link,
            "timestamp-malformed",
            Severity.WARNING,
            f"{link.timestamp} is no moment of the form YYYYMMDDhhmmss",
        )
    elif when > subject.now:
        yield _finding(
            subject,
            link,
            "timestamp-future",
            Severity.ERROR,
            f"{link.timestamp} is in the future: nothing can have been captured then",
        )
    if when is not None and is_before_archives(link.timestamp):
        yield _finding(
            subject,
            link,
            "timestamp-before-1996",
            Severity.ERROR,
            f"{link.timestamp} is before 1996, when the archiving of the web began",
        )


def _finding(
    subject: Subject, link: Link, rule: str, severity: Severity, message: str
) -> AuditFinding:
    return subject.finding(
        rule,
        severity,
        message,
        line=link.line,
        advice="look the capture up in the archive and cite its own timestamp",
        url=link.raw,
    )
