"""What a document calls itself where its front matter does not say: its first heading.

A heading of a lower level behind text is a section's: "Background" names no article.
"""

import html
import re
import string
from collections.abc import Iterator
from typing import Any

import pyromark

from linkcheck.links.shortcodes import shortcodes
from linkcheck.model.article import Article, Markup

_BEGINNING = 65_536  # bytes: what stands later is no title
_LONGEST = 300  # characters
_LEVELS = ("H1", "H2", "H3", "H4", "H5", "H6")
_HTML = "HtmlBlock"
_WITHIN = frozenset({"Emphasis", "Strong", "Strikethrough", "Link", "Image"})  # of a line
_WITHOUT = re.compile(
    r"<!--.*?(?:-->|\Z)|<(script|style)\b.*?(?:</\1\s*>|\Z)", re.IGNORECASE | re.DOTALL
)
_OPENINGS = tuple(re.compile(rf"<({name})\b[^<>]*>", re.IGNORECASE) for name in ("title", "h1"))
_LOWER = str.maketrans(string.ascii_uppercase, string.ascii_lowercase)  # of equal length
_TAG = re.compile(r"<[^<>]*>")


def heading_of(article: Article) -> str | None:
    """Return a document's first heading without its markup; of HTML its title before that."""
    body = article.source[article.body_start :][:_BEGINNING]
    if article.markup is Markup.HTML:
        found = _of_html(body.decode("utf-8", "replace"))
    else:
        found = _of_markdown(body)
    return " ".join(found.split())[:_LONGEST].rstrip() or None


def _of_markdown(body: bytes) -> str:
    """Return the first heading that is one of the whole, which may be HTML's in Markdown."""
    begun = False
    for block, said in _blocks(body):
        if block == _HTML and (found := _of_html(said)).strip():
            return found
        if block in _LEVELS and (not begun or block == _LEVELS[0]) and said.strip():
            return said
        begun = begun or (block not in {_HTML, *_LEVELS} and bool(said.strip()))
    return ""


def _blocks(body: bytes) -> Iterator[tuple[str, str]]:
    """Yield the text of each block with its kind, a heading's with its level."""
    pieces: list[str] = []
    for event in _events(body):
        kind, content = ("", " ") if isinstance(event, str) else next(iter(event.items()))
        if kind not in {"Start", "End"}:
            pieces.append(content if kind in {"Text", "Code", "Html", ""} else " ")
            continue
        name = _name(content)
        if name not in _WITHIN:
            yield name, "".join(pieces)
            pieces = []


def _name(border: Any) -> str:
    """Return what begins or ends there; of a heading that ends its level."""
    if isinstance(border, str):
        return border
    name, about = next(iter(border.items()))
    return about if name == "Heading" and isinstance(about, str) else str(name)


def _of_html(source: str) -> str:
    if "<" not in source:
        return ""
    source = _WITHOUT.sub("", source)
    lower = source.translate(_LOWER)
    for openings in _OPENINGS:
        open_ended: set[str] = set()
        for opening in openings.finditer(source):
            name = opening[1].lower()
            end = -1 if name in open_ended else lower.find(f"</{name}", opening.end())
            if end < 0:
                open_ended.add(name)  # nor has any after it an end
                continue
            inner = source[opening.end() : min(end, opening.end() + _LONGEST * 4)]
            said = html.unescape(_TAG.sub("", inner))
            if said.strip():
                return said
    return ""


def _events(body: bytes) -> Iterator[Any]:
    """Yield what the parser sees, no further than it is asked; Hugo reads shortcodes before it."""
    pieces, position = [], 0
    for code in shortcodes(body):
        pieces.append(body[position : code.start])
        position = code.end
    return pyromark.events(b" ".join((*pieces, body[position:])).decode("utf-8", "replace"))
