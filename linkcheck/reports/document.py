"""The whole report as one document: what `json` writes and the published schema describes."""

from datetime import date

from linkcheck.model.manifest import Manifest
from linkcheck.model.noun import Noun
from linkcheck.model.summary import Summary
from linkcheck.reports.row import FindingRow

SCHEMA_VERSION = 1
"""Raised when a field goes or changes its meaning; new fields may come without."""


class ArticleRows(Noun, frozen=True, kw_only=True):
    """One article and its links."""

    article: str
    sha256: str
    title: str | None
    published: date | None
    links: tuple[FindingRow, ...]


class Document(Noun, frozen=True, kw_only=True):
    """The run, what it came to, and every link of every article."""

    schema_version: int
    manifest: Manifest | None
    summary: Summary
    articles: tuple[ArticleRows, ...]
