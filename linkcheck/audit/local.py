"""Links to files of the collection itself: are they there?"""

import html
from collections.abc import Iterator
from pathlib import PurePosixPath
from posixpath import normpath
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
        written = html.unescape(link.raw.strip()).replace("\\", "")
        path = written.partition("#")[0].partition("?")[0]
        if not path or path.startswith("/"):
            continue
        # A file's own name may hold what separates a query elsewhere.
        if not any(_is_there(subject, form) for form in (path, unquote(path), written)):
            yield subject.finding(
                "local-target-missing",
                Severity.WARNING,
                f"there is no {path}",
                line=link.line,
                advice="correct the path, or add the file",
                url=link.raw,
            )


def _is_there(subject: Subject, path: str) -> bool:
    if "\0" in path:
        return False
    # To a site generator `page.md` is the folder `page/`, and its links start from there.
    own = PurePosixPath(subject.article.path).stem
    for base in ("", f"{own}/"):
        place = normpath(f"{base}{path}")
        if any(subject.exists(form.replace("{}", place)) for form in _FORMS):
            return True
    return False
