"""The pair in the front matter: does the archive's copy hold what the article calls its origin?"""

from collections.abc import Iterator

from linkcheck.audit.subject import Subject
from linkcheck.model.audit import AuditFinding, Severity
from linkcheck.model.link import Kind, Link, Role
from linkcheck.urls.likeness import Likeness, likeness

# fmt: off
_GRADES: dict[Likeness, tuple[Severity, str, str | None]] = {
    Likeness.ENCODING:    (Severity.INFO, "the same URL with other escapes", None),
    Likeness.FRAGMENT:    (Severity.INFO, "the same page, another place in it", None),
    Likeness.SCHEME:      (Severity.INFO, "they differ in http and https only", None),
    Likeness.WWW:         (Severity.INFO, "they differ in the leading www only", None),
    Likeness.PORT:        (Severity.INFO, "they differ in a default port only", None),
    Likeness.SLASH:       (Severity.INFO, "they differ in the slash at the end only", None),
    Likeness.QUERY_ORDER: (Severity.INFO, "they differ in the order of the query only", None),
    Likeness.CASE:        (Severity.WARNING, "they differ in upper and lower case",
                           "look at both and correct one of them"),
    Likeness.KEY:         (Severity.WARNING, "the archive takes them for one page, yet they differ",
                           "look at both and correct one of them"),
    Likeness.GLUED_TEXT:  (Severity.WARNING, "text around the citation is stuck to one of them",
                           "cut the URL where it ends"),
    Likeness.DIFFERENT:   (Severity.ERROR, "they are two different pages",
                           "find out which of the two the article comes from"),
}
# fmt: on


def pair_findings(subject: Subject) -> Iterator[AuditFinding]:
    """Compare `url` with `original_url`."""
    url, origin = subject.link(Role.URL), subject.link(Role.ORIGINAL_URL)
    if origin is None and (url is None or url.kind is Kind.LOCAL):
        return  # `url: /2021/page/` is a site generator's word for a page's own place
    if url is None or origin is None:
        there, lacking = (url or origin), Role.ORIGINAL_URL if url else Role.URL
        yield subject.finding(
            "pair-incomplete",
            Severity.WARNING,
            f"the front matter has no {lacking} beside its {there.role if there else ''}",
            line=there.line if there else 1,
            advice=f"add {lacking}",
        )
        return
    if url.kind in (Kind.LIVE, Kind.LOCAL):
        where = "a place on the live web" if url.kind is Kind.LIVE else "a page of the site itself"
        yield subject.finding(
            "url-not-archived",
            Severity.WARNING,
            f"the url names {where}, not a capture in an archive",
            line=url.line,
            advice="cite the archive's copy",
            url=url.raw,
        )
    if url.original is not None and origin.original is not None:
        yield from _graded(subject, url, origin)


def _graded(subject: Subject, url: Link, origin: Link) -> Iterator[AuditFinding]:
    grade = likeness(url.original or "", origin.original or "")
    if grade is Likeness.EXACT:
        return
    severity, words, advice = _GRADES[grade]
    yield subject.finding(
        f"pair-{grade}",
        severity,
        f"url holds {url.original} but original_url is {origin.original}: {words}",
        line=origin.line,
        advice=advice,
        url=origin.raw,
    )
