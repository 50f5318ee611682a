"""An article: one input document as it was read, before anything is concluded from it."""

from enum import StrEnum

from linkcheck.model.audit import AuditFinding
from linkcheck.model.noun import Noun


class Markup(StrEnum):
    """How the body of an article is written."""

    MARKDOWN = "markdown"
    HTML = "html"


class Field(Noun, frozen=True, kw_only=True, gc=False):
    """One string of the front matter, under the dotted path of its keys."""

    key: str
    value: str
    start: int  # where the value begins in the source, in bytes
    end: int


class Article(Noun, frozen=True, kw_only=True, gc=False):
    """One document: its bytes as UTF-8, and its front matter taken apart."""

    path: str  # relative to the collection's root, with forward slashes
    markup: Markup
    source: bytes  # always valid UTF-8; every offset counts these bytes
    body_start: int
    fields: tuple[Field, ...] = ()
    findings: tuple[AuditFinding, ...] = ()  # what went wrong while it was read
