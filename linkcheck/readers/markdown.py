"""Markdown and plain text, with or without front matter."""

from dataclasses import dataclass

from linkcheck.model.article import Article, Markup
from linkcheck.readers._front_matter import front_matter
from linkcheck.readers._text import as_utf8


@dataclass(frozen=True, slots=True)
class MarkdownReader:
    """Read Markdown; plain text is Markdown that makes no use of it."""

    suffixes: frozenset[str] = frozenset((".md", ".markdown", ".mdx", ".txt"))

    def read(self, content: bytes, path: str) -> Article:
        """Take the bytes of a Markdown file apart."""
        source, finding = as_utf8(content, path)
        front = front_matter(source, path)
        return Article(
            path=path,
            markup=Markup.MARKDOWN,
            source=source,
            body_start=front.body_start,
            fields=front.fields,
            findings=tuple(found for found in (finding, front.finding) if found is not None),
        )


READER = MarkdownReader()
