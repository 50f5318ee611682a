"""Character references, as the HTML standard reads them in attributes and CommonMark in text."""

import html
import re
from html.entities import html5

_REFERENCE = re.compile(
    r"&(?:#[0-9]{1,10}+;?|#[xX][0-9A-Fa-f]{1,10}+;?|[A-Za-z][A-Za-z0-9]{1,31}+;?)(?P<more>[=A-Za-z0-9])?"
)
_STRICT = re.compile(r"&(?:#[0-9]{1,7}|#[xX][0-9A-Fa-f]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});")


def unescaped_attribute(text: str) -> str:
    """Undo the references of an attribute: `?a=1&copy=2` has none, by the standard's exception."""
    return _REFERENCE.sub(_in_attribute, text)


def unescaped_text(text: str) -> str:
    """Undo the references of Markdown, which all end with a semicolon."""
    return _STRICT.sub(_in_text, text)


def _in_attribute(match: re.Match[str]) -> str:
    more = match["more"] or ""
    reference = match[0].removesuffix(more)
    if reference[1] == "#":
        return html.unescape(reference) + more
    if more and not reference.endswith(";"):
        return match[0]
    return html5.get(reference[1:], reference) + more


def _in_text(match: re.Match[str]) -> str:
    reference = match[0]
    if reference[1] == "#":
        return html.unescape(reference)
    return html5.get(reference[1:], reference)
