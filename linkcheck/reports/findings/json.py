"""One JSON document, written as it comes: no report is held in memory."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from linkcheck.model.finding import ArticleFindings
from linkcheck.reports._escape import as_json
from linkcheck.reports.about import About
from linkcheck.reports.document import SCHEMA_VERSION, ArticleRows
from linkcheck.reports.row import row_of


@dataclass(frozen=True, slots=True)
class JsonReport:
    """Write the run, the summary, and one line for each article."""

    name: str = "json"
    summed: bool = True

    def write(self, articles: Iterable[ArticleFindings], about: About) -> Iterator[bytes]:
        """Yield the document piece by piece."""
        yield b'{"schema_version":%d,\n"manifest":%b,\n"summary":%b,\n"articles":[' % (
            SCHEMA_VERSION,
            as_json(about.manifest),
            as_json(about.summary),
        )
        between = b"\n"
        for article in articles:
            yield between + as_json(_rows(article))
            between = b",\n"
        yield b"\n]}\n"


def _rows(article: ArticleFindings) -> ArticleRows:
    return ArticleRows(
        article=article.article,
        sha256=article.sha256,
        title=article.title,
        published=article.published,
        links=tuple(row_of(finding) for finding in article.links),
    )


REPORT = JsonReport()
