"""What only the whole collection can show: one original in two articles, one link in most."""

from collections.abc import Iterable, Iterator

from linkcheck.model.audit import AuditFinding, Severity
from linkcheck.model.link import Kind, Link, Role
from linkcheck.model.noun import Noun
from linkcheck.urls.parts import without_fragment
from linkcheck.urls.urlkey import urlkey

MOST = 0.5
"""A link in more than this share of the articles is furniture, as navigation is."""

_ENOUGH = 10
"""In fewer articles than this, anything repeats by chance."""


class Fact(Noun, frozen=True, kw_only=True, gc=False):
    """One thing that one article cites, where it does so first."""

    key: str  # the archive's: www.x and x are one
    url: str
    article: str
    line: int
    pair: bool  # it is the article's own original


class _Count:
    __slots__ = ("count", "first")

    def __init__(self, first: Fact) -> None:
        self.first, self.count = first, 0


def facts(links: Iterable[Link]) -> list[Fact]:
    """Return what one article adds to the tally: each thing it cites, once."""
    found: dict[tuple[bool, str], Fact] = {}
    for link in links:
        pair = link.role is Role.ORIGINAL_URL
        if link.role is Role.URL or link.kind not in (Kind.ARCHIVED, Kind.LIVE):
            continue
        url = without_fragment(link.original or "")
        key = urlkey(url)
        if (pair, key) not in found:
            found[pair, key] = Fact(
                key=key, url=url, article=link.article, line=link.line, pair=pair
            )
    return list(found.values())


class Tally:
    """Count what articles cite; the findings come when the last one was counted."""

    def __init__(self) -> None:
        self._articles = 0
        self._originals: dict[str, tuple[str, int]] = {}
        self._cited: dict[str, _Count] = {}

    def add(self, found: Iterable[Fact]) -> Iterator[AuditFinding]:
        """Count one article, and yield what it shares with an earlier one."""
        self._articles += 1
        for fact in found:
            if fact.pair:
                yield from self._add_original(fact)
            else:
                count = self._cited.get(fact.key)
                if count is None:
                    count = self._cited[fact.key] = _Count(fact)
                count.count += 1

    def furniture(self) -> Iterator[AuditFinding]:
        """Yield one finding for each link that stands in most of the articles."""
        least = max(_ENOUGH, self._articles * MOST)
        for seen in self._cited.values():
            if seen.count >= least:
                share = seen.count / self._articles
                yield AuditFinding(
                    article=seen.first.article,
                    line=seen.first.line,
                    rule="furniture",
                    severity=Severity.INFO,
                    message=f"{seen.first.url} stands in {seen.count:,} of {self._articles:,}"
                    f" articles ({share:.0%}): navigation, checked once and counted apart",
                    url=seen.first.url,
                )

    def _add_original(self, fact: Fact) -> Iterator[AuditFinding]:
        first = self._originals.setdefault(fact.key, (fact.article, fact.line))
        if first != (fact.article, fact.line):
            yield AuditFinding(
                article=fact.article,
                line=fact.line,
                rule="duplicate-original",
                severity=Severity.WARNING,
                message=f"{first[0]}:{first[1]} cites the same original",
                advice="keep one of the two, or correct the other's original_url",
            )
