"""HTML files, as saved pages are."""

from dataclasses import dataclass

from linkcheck.model.article import Article, Markup
from linkcheck.readers._front_matter import front_matter
from linkcheck.readers._text import as_utf8


@dataclass(frozen=True, slots=True)
class HtmlReader:
    """Read HTML; Hugo gives it front matter too."""

    suffixes: frozenset[str] = frozenset((".html", ".htm", ".xhtml"))

    def read(self, content: bytes, path: str) -> Article:
        """Take the bytes of an HTML file apart."""
        source, finding = as_utf8(content, path, html=True)
        front = front_matter(source, path)
        return Article(
            path=path,
            markup=Markup.HTML,
            source=source,
            body_start=front.body_start,
            fields=front.fields,
            findings=tuple(found for found in (finding, front.finding) if found is not None),
        )


READER = HtmlReader()
