"""The lists of articles: all of them, and those with each standing."""

from collections.abc import Iterator
from datetime import date
from functools import lru_cache
from typing import NamedTuple

from linkcheck.model.finding import ArticleFindings
from linkcheck.model.verdict import Standing
from linkcheck.reports.html.ranks import GRAVEST, RANK
from linkcheck.reports.html.safe import brief

ON_A_PAGE = 200
"""Rows of a list: a page of it stays below 100 kB."""

Counts = tuple[tuple[Standing, int], ...]


class Entry(NamedTuple):
    """One article as lists show it. Small: a collection has 49,118 of them."""

    article: str
    title: str | None
    published: str
    counts: Counts  # gravest first, furniture left out


@lru_cache(maxsize=4_096)
def _alike(counts: Counts) -> Counts:
    """Return the same counts for all articles that have them: most have those of many others."""
    return counts


@lru_cache(maxsize=4_096)
def _day(published: date) -> str:
    return published.isoformat()


def entry_of(found: ArticleFindings) -> Entry:
    """Return the row of an article."""
    counts: dict[Standing, int] = {}
    for finding in found.links:
        if not finding.furniture:
            counts[finding.standing] = counts.get(finding.standing, 0) + 1
    return Entry(
        article=found.article,
        title=None if found.title is None else brief(found.title),
        published="" if found.published is None else _day(found.published),
        counts=_alike(tuple(sorted(counts.items(), key=lambda item: RANK[item[0]]))),
    )


class Page(NamedTuple):
    """One page of a list."""

    standing: Standing | None
    number: int
    pages: int
    total: int
    entries: list[Entry]


def pages_of(entries: list[Entry]) -> Iterator[Page]:
    """Yield every page of every list; the gravest articles come first in the list of all."""
    yield from _paged(None, sorted(entries, key=_gravest))
    for standing in GRAVEST:
        members = [entry for entry in entries if any(one is standing for one, _ in entry.counts)]
        if members:
            yield from _paged(standing, members)


def _gravest(entry: Entry) -> tuple[int, str]:
    return RANK[entry.counts[0][0]] if entry.counts else len(RANK), entry.article


def _paged(standing: Standing | None, entries: list[Entry]) -> Iterator[Page]:
    pages = max(-(-len(entries) // ON_A_PAGE), 1)
    for number in range(pages):
        start = number * ON_A_PAGE
        rows = entries[start : start + ON_A_PAGE]
        yield Page(standing, number + 1, pages, len(entries), rows)
