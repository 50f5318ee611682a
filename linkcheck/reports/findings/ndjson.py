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

    def write(self, articles: Iterable[ArticleFindings], about: About) -> Iterator[bytes]:
        """Yield the lines of each article."""
        del about
        for article in articles:
            yield FORMAT.rows([row_of(finding) for finding in article.links])


REPORT = NdjsonReport()
