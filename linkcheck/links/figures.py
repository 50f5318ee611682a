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
_WORDS = rb"(?:[^<\n]++|\n(?!\n)|</?(?:figcaption|div|p|br) *+>)*+"
_FIGURE = re.compile(
    rb"\n\n(?P<figure><figure>(?P<before>" + _WORDS + rb")"
    rb'<img src="(?P<source>[^"\n]*+)"(?: alt="[^"\n]*+")? *+/?>'
    rb"(?P<after>" + _WORDS + rb")</figure>)(?=\n\n|\n?\Z)"
)
_OPENING = b"\n\n<figure>"  # found by a plain search: an expression's own is ten times slower


class Figure(Noun, frozen=True, kw_only=True):
    """One figure, and the image in it."""

    start: int
    end: int
    mentions: tuple[Mention, ...]


def figures(body: bytes) -> Iterator[Figure]:
    """Yield the plain figures of a Markdown body; a caption that may hold a URL makes it none."""
    start = body.find(_OPENING)
    while start >= 0:
        match = _FIGURE.match(body, start)
        start = body.find(_OPENING, start + 1 if match is None else match.end())
        if match is None:
            continue
        words = match["before"] + match["after"]
        if not (words and may_hold_url_in(words)):
            image = mention(body, *match.span("source"), Role.IMAGE)
            place, end = match.span("figure")
            yield Figure(start=place, end=end, mentions=(image,))
