"""Comma-separated values, safe to open in a spreadsheet."""

import codecs
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

    def write(self, articles: Iterable[ArticleFindings], about: About) -> Iterator[bytes]:
        """Yield the heading, then the lines of each article."""
        yield (codecs.BOM_UTF8 if about.mark else b"") + FORMAT.head(FindingRow)
        for article in articles:
            yield FORMAT.rows([row_of(finding) for finding in article.links])


REPORT = CsvReport()
