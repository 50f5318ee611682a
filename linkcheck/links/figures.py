"""The one shape of HTML that fills real collections: a figure with one image, all by itself.

Every fourth image of 343,109 links stands so. Read here, it costs the Markdown parser one word
instead of ten events. Whatever is not exactly of this shape is left to the parser.
"""

import re
from collections.abc import Iterator

from linkcheck.links.bare import may_hold_url_in
from linkcheck.links.elements import mention
from linkcheck.links.mention import Mention
from linkcheck.model.link import Role
from linkcheck.model.noun import Noun

# Between blank lines this is an HTML block to CommonMark, wherever it stands.
_WORDS = rb"(?:[^<]++|</?(?:figcaption|div|p|br) *+>)*+"
_FIGURE = re.compile(
    rb"(?P<figure><figure>(?P<before>" + _WORDS + rb")"
    rb'<img src="(?P<source>[^"\n]*+)"(?: alt="[^"\n]*+")? *+/?>'
    rb"(?P<after>" + _WORDS + rb")</figure>)\n?"
)
_WHITE_LINE = re.compile(rb"\n[ \t]++\n")  # to CommonMark it ends the block
_BLANK = b"\n\n"
_OPENING = b"\n\n<figure>"  # found by a plain search: an expression's own is ten times slower


class Figure(Noun, frozen=True, kw_only=True, gc=False):
    """One figure, and the image in it."""

    start: int
    end: int
    mentions: tuple[Mention, ...]


def figures(body: bytes) -> Iterator[Figure]:
    """Yield the plain figures of a Markdown body; a caption that may hold a URL makes it none."""
    opening = body.find(_OPENING)
    while opening >= 0:
        start = opening + len(_BLANK)
        blank = body.find(_BLANK, start)
        end = len(body) if blank < 0 else blank
        match = _FIGURE.fullmatch(body, start, end)
        opening = body.find(_OPENING, end)
        if match is None:
            continue
        words = match["before"] + match["after"]
        if not (may_hold_url_in(words) or _WHITE_LINE.search(words)):
            image = mention(body, *match.span("source"), Role.IMAGE)
            yield Figure(start=start, end=match.end("figure"), mentions=(image,))
