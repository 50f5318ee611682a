"""Links to files of the collection itself: are they there?"""

from collections.abc import Iterator
from urllib.parse import unquote

from linkcheck.audit.subject import Subject
from linkcheck.model.audit import AuditFinding, Severity
from linkcheck.model.link import Kind

# What site generators make of a path: `page` and `page/` come from page.md or page/index.md.
_FORMS = ("{}", "{}.md", "{}/index.md", "{}/_index.md", "{}.html", "{}/index.html")


def local_findings(subject: Subject) -> Iterator[AuditFinding]:
    """Look whether relative links lead anywhere; where a site's root is, nobody can tell."""
    for link in subject.links:
        if link.kind is not Kind.LOCAL:
            continue
        path = link.raw.strip().partition("#")[0].partition("?")[0].replace("\\", "")
        if not path or path.startswith("/"):
            continue
        if not any(_is_there(subject, path.rstrip("/")) for path in {path, unquote(path)}):
            yield subject.finding(
                "local-target-missing",
                Severity.WARNING,
                f"there is no {path}",
                line=link.line,
                advice="correct the path, or add the file",
                url=link.raw,
            )


def _is_there(subject: Subject, path: str) -> bool:
    return "\0" not in path and any(subject.exists(form.format(path)) for form in _FORMS)
