"""How links are written: what had to be mended to read them, and what could not be read."""

from collections.abc import Iterator

from linkcheck.audit.subject import Subject
from linkcheck.model.audit import AuditFinding, Severity
from linkcheck.model.link import Kind, Link, Repair, Role

# fmt: off
_REPAIRS: dict[Repair, tuple[str, Severity, str, str]] = {
    Repair.ARCHIVE_HOST_ADDED: ("host-less-link", Severity.INFO,
        "the link lacks the archive's host; read as one of web.archive.org",
        "write https://web.archive.org in front"),
    Repair.SCHEME_ADDED:       ("repaired-link", Severity.INFO,
        "the link lacks its scheme; read as http", "write the scheme"),
    Repair.SLASHES_MENDED:     ("repaired-link", Severity.INFO,
        "the link has the wrong number of slashes; read as the usual two", "write //"),
    Repair.SCHEME_UNDOUBLED:   ("repaired-link", Severity.INFO,
        "the link has its scheme twice; read as once", "write it once"),
    Repair.ENTITIES_UNDONE:    ("repaired-link", Severity.INFO,
        "the link has &amp; where & was meant; read as &", "write &"),
    Repair.INNER_DECODED:      ("repaired-link", Severity.INFO,
        "the URL inside the archive's is encoded as a whole; read decoded", "write it decoded"),
    Repair.UNWRAPPED:          ("nested-archive", Severity.WARNING,
        "the link leads to a capture of a capture; read as the innermost",
        "cite the innermost capture itself"),
}
# fmt: on


def address_findings(subject: Subject) -> Iterator[AuditFinding]:
    """Look at every link as it is written."""
    for link in subject.links:
        if link.kind is Kind.NOT_A_URL:
            yield _not_a_url(subject, link)
        for repair in link.repairs:
            rule, severity, message, advice = _REPAIRS[repair]
            yield subject.finding(
                rule, severity, message, line=link.line, advice=advice, url=link.raw
            )
        if link.kind is Kind.ARCHIVED and link.raw[:5].lower() == "http:":
            # Port 80 of web.archive.org refused connections in 2026-09.
            yield subject.finding(
                "plain-http-archive-link",
                Severity.WARNING,
                "the link asks the archive over plain http, which it may refuse",
                line=link.line,
                advice="write https",
                url=link.raw,
            )


def _not_a_url(subject: Subject, link: Link) -> AuditFinding:
    if link.role is Role.IMAGE and not link.raw.strip():
        return subject.finding(
            "empty-image-source",
            Severity.WARNING,
            "an image without a source",
            line=link.line,
            advice="find the image in the archive's copy, or take the element out",
        )
    grave = link.role in (Role.URL, Role.ORIGINAL_URL)
    return subject.finding(
        "not-a-url",
        Severity.ERROR if grave else Severity.WARNING,
        f"the {link.role} is no URL: {link.reason}",
        line=link.line,
        advice="write the URL that was meant",
        url=link.raw[:500],
    )
