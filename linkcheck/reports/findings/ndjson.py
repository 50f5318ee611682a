"""One JSON object a link."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from linkcheck.model.finding import ArticleFindings
from linkcheck.reports.about import About
from linkcheck.reports.row import row_of
from linkcheck.reports.rows.ndjson import FORMAT


@dataclass(frozen=True, slots=True)
class NdjsonReport:
    """Write each link as one line of JSON, its fields in their order."""

    name: str = "ndjson"
    summed: bool = False

    def write(self, articles: Iterable[ArticleFindings], about: About) -> Iterator[bytes]:
        """Yield the lines of each article."""
        del about
        yield from map(self.piece, articles)

    def head(self, about: About) -> bytes:
        """Return nothing: JSON needs no heading."""
        del about
        return b""

    def piece(self, found: ArticleFindings) -> bytes:
        """Return the lines of one article."""
        return FORMAT.rows([row_of(finding) for finding in found.links])


REPORT = NdjsonReport()
