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
_HIDING = tuple(b"`<\\\r\0")
_RARER = ((ord("~"), b"~~~"), (ord("^"), b"[^"))
_TAB, _BAR, _AMPERSAND = b"\t|&"
_ENTITY = re.compile(rb"&[#A-Za-z0-9]++;")
# Indented code, in lists and quotations too. With a line's end before it, it is searched for ten
# times faster than with the text's beginning as another choice.
_INDENTED = re.compile(rb"\n[ >*+.()0-9-]*?(?:    |\t)")
_INDENTED_FIRST = re.compile(rb"[ >*+.()0-9-]*?(?:    |\t)")
# A table's heading and the line below it.
_TABLE = re.compile(rb"\|[^|\n]*+\n[ >]*+[|:-][|: \t-]*+(?:\n|\Z)")
_PLACE = re.compile(rb"([^\x00-\x20()\x7f]++)(?: ++\"[^\"\n]*+\")?\)")

Span = tuple[int, int]


class PlainLink(Noun, frozen=True, kw_only=True, gc=False):
    """One link or image, and where in it the destination stands."""

    role: Role
    start: int
    end: int
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
            after = link.end
        closing = body.find(b"]", max(after, closing + 1))
    return found


def between(body: bytes, links: list[PlainLink]) -> bytes:
    """Return what of a body stands outside of its links, with a NUL for each."""
    pieces, position = [], 0
    for link in links:
        pieces.append(body[position : link.start])
        position = link.end
    return b"\0".join((*pieces, body[position:]))


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
        start=opening - image,
        end=place.end(),
        place=place.span(1),
    )


def _may_hide(body: bytes) -> bool:
    for byte in _HIDING:
        if byte in body:
            return True
    for byte, mark in _RARER:
        if byte in body and mark in body:
            return True
    if _BAR in body and _TABLE.search(body) is not None:
        return True
    # Four equal bytes are found from behind in half the time that they take from the front.
    blanks = body.rfind(b"    ") >= 0 or _TAB in body
    if blanks and (_INDENTED_FIRST.match(body) or _INDENTED.search(body)):
        return True
    return _AMPERSAND in body and _ENTITY.search(body) is not None
