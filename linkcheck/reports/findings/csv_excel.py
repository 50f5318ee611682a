"""The same table behind a byte order mark, without which a spreadsheet misreads UTF-8."""

import codecs
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from linkcheck.model.finding import ArticleFindings
from linkcheck.reports.about import About
from linkcheck.reports.findings.csv import REPORT as PLAIN


@dataclass(frozen=True, slots=True)
class CsvExcelReport:
    """Write what `csv` writes, behind the mark."""

    name: str = "csv-excel"
    summed: bool = False

    def write(self, articles: Iterable[ArticleFindings], about: About) -> Iterator[bytes]:
        """Yield the heading, then the lines of each article."""
        yield self.head(about)
        yield from map(self.piece, articles)

    def head(self, about: About) -> bytes:
        """Return the mark and the heading."""
        return codecs.BOM_UTF8 + PLAIN.head(about)

    def piece(self, found: ArticleFindings) -> bytes:
        """Return the lines of one article."""
        return PLAIN.piece(found)


REPORT = CsvExcelReport()
