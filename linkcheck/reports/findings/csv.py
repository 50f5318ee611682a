"""Comma-separated values, safe to open in a spreadsheet."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from linkcheck.model.finding import ArticleFindings
from linkcheck.reports.about import About
from linkcheck.reports.row import FindingRow, row_of
from linkcheck.reports.rows.csv import FORMAT


@dataclass(frozen=True, slots=True)
class CsvReport:
    """Write each link as one line, under a heading."""

    name: str = "csv"
    summed: bool = False
    mark: bytes = b""  # what stands before the heading

    def write(self, articles: Iterable[ArticleFindings], about: About) -> Iterator[bytes]:
        """Yield the heading, then the lines of each article."""
        yield self.head(about)
        yield from map(self.piece, articles)

    def head(self, about: About) -> bytes:
        """Return the heading."""
        del about
        return self.mark + FORMAT.head(FindingRow)

    def piece(self, found: ArticleFindings) -> bytes:
        """Return the lines of one article."""
        return FORMAT.rows([row_of(finding) for finding in found.links])


REPORT = CsvReport()
