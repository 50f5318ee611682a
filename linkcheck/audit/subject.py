"""What an audit looks at: one article, its links, and what it must know of disk and clock."""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass

from linkcheck.model.article import Article, Field
from linkcheck.model.audit import AuditFinding, Severity
from linkcheck.model.link import Kind, Link, Role


@dataclass(frozen=True, slots=True, kw_only=True)
class Subject:
    """One article under audit."""

    article: Article
    links: tuple[Link, ...]
    date_keys: tuple[str, ...]
    now: dt.datetime
    exists: Callable[[str], bool]
    """Tell whether a path relative to the article leads to anything."""

    def link(self, role: Role) -> Link | None:
        """Return the first link of a role, one that is of the kind it should be before others."""
        due = Kind.ARCHIVED if role is Role.URL else Kind.LIVE
        found = [link for link in self.links if link.role is role]
        return min(found, key=lambda link: link.kind is not due, default=None)

    def date_field(self) -> Field | None:
        """Return the front matter's day of publication, empty or not."""
        for key in self.date_keys:
            for field in self.article.fields:
                if field.key == key:
                    return field
        return None

    def finding(  # noqa: PLR0913 a finding has these parts
        self,
        rule: str,
        severity: Severity,
        message: str,
        *,
        line: int = 1,
        advice: str | None = None,
        url: str | None = None,
    ) -> AuditFinding:
        """Return a finding about this article."""
        return AuditFinding(
            article=self.article.path,
            line=line,
            rule=rule,
            severity=severity,
            message=message,
            advice=advice,
            url=url,
        )
