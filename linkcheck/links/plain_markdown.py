"""The links of a Markdown body in which nothing can hide them: read without the parser.

Nine of ten bodies of real collections are prose, headings, lists, and links that stand in one
line each. Where no code, no HTML, no escape, no definition and no table can be, CommonMark leaves
no doubt about what `[text](destination)` is. Any other body is left to the parser.
"""

import re

from linkcheck.model.link import Role
from linkcheck.model.noun import Noun

# Each may begin something in which a link is none, or make a link of what looks like none. Plain
# searches for them all are ten times faster than one expression, and for one byte ten times more.
_HIDING = (b"`", b"<", b"\\", b"\r", b"\0")
_RARER = ((b"~", b"~~~"), (b"^", b"[^"))
_ENTITY = re.compile(rb"&[#A-Za-z0-9]++;")
# Indented code, in lists and quotations too.
_INDENTED = re.compile(rb"(?:\A|\n)[ >*+.()0-9-]*?(?:    |\t)")
# A table's heading and the line below it.
_TABLE = re.compile(rb"\|[^|\n]*+\n[ >]*+[|:-][|: \t-]*+(?:\n|\Z)")
_PLACE = re.compile(rb"([^\x00-\x20()\x7f]++)(?: ++\"[^\"\n]*+\")?\)")

Span = tuple[int, int]


class PlainLink(Noun, frozen=True, kw_only=True, gc=False):
    """One link or image, and where in it the destination stands."""

    role: Role
    span: Span
    place: Span


def plain_links(body: bytes) -> list[PlainLink] | None:
    """Return every link of a body in order; None where only the parser can tell."""
    if _may_hide(body):
        return None
    found: list[PlainLink] = []
    after, closing = 0, body.find(b"]")
    while closing >= 0:
        following = body[closing + 1 : closing + 2]
        if following == b":":
            return None  # maybe a definition, which the parser keeps a list of
        if following == b"(":
            link = _link(body, after, closing)
            if link is None:
                return None  # nested brackets, line breaks, odd destinations
            found.append(link)
            after = link.span[1]
        closing = body.find(b"]", max(after, closing + 1))
    return found


def _link(body: bytes, after: int, closing: int) -> PlainLink | None:
    """Return the link whose text ends at a bracket, and begins after the last one's end."""
    opening = body.rfind(b"[", after, closing)
    place = _PLACE.match(body, closing + 2)
    if opening < 0 or place is None:
        return None
    text = body[opening:closing]
    if b"]" in text or b"\n" in text:
        return None
    image = opening > after and body[opening - 1 : opening] == b"!"
    return PlainLink(
        role=Role.IMAGE if image else Role.LINK,
        span=(opening - image, place.end()),
        place=place.span(1),
    )


def _may_hide(body: bytes) -> bool:
    for mark in _HIDING:
        if mark in body:
            return True
    for byte, mark in _RARER:
        if byte in body and mark in body:
            return True
    if b"|" in body and _TABLE.search(body) is not None:
        return True
    if (b"    " in body or b"\t" in body) and _INDENTED.search(body) is not None:
        return True
    return b"&" in body and _ENTITY.search(body) is not None
