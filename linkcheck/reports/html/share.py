"""A run of articles that one process writes the pages of."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from linkcheck.model.finding import ArticleFindings
from linkcheck.reports.html.search import IN_A_CHUNK


@dataclass(frozen=True, slots=True)
class Share:
    """Some articles, in the order of all: where they begin, and how they are read."""

    read: Callable[[], Iterable[ArticleFindings]]  # may be carried to another process
    first: int = 0  # articles before them: whole scripts of the search's index
    chunk: int = IN_A_CHUNK  # articles of one script


def beginnings(articles: int, shares: int, chunk: int = IN_A_CHUNK) -> list[int]:
    """Return where so many shares begin: alike, and at a script of the search's index each."""
    each = -(-articles // (shares * chunk)) * chunk
    return list(range(0, articles, each)) if articles else [0]
