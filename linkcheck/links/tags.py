"""HTML to tags and text with their places, by the rules of the HTML standard's tokenizer.

No tree is built: articles are fragments, and a tree forgets where its nodes stood.
"""

import re
from collections.abc import Iterator

from linkcheck.model.noun import Noun

_OPENING = re.compile(
    rb"<(?:(?P<close>/)?(?P<name>[A-Za-z][^\s/>]*+)(?P<bare>\s*+>)?|(?P<other>[!?/]))"
)
_ATTRIBUTE = re.compile(
    rb"""[\s/]*+(?P<name>[^\s/>][^\s/>=]*+)"""
    rb"""(?:\s*+=\s*+(?:"(?P<double>[^"]*+)"|'(?P<single>[^']*+)'|(?P<bare>[^\s>"'][^\s>]*+)|(?=>)))?"""
)
_UNCLOSED = re.compile(rb"""\s*+=\s*+["']""")
_TAG_END = re.compile(rb"[\s/]*+>")
_COMMENT_END = re.compile(rb"--!?>")
# Elements whose content is text to the tokenizer, whatever it looks like.
_RAW_TEXT = {
    name: re.compile(rb"</" + name + rb"(?=[\s/>])", re.IGNORECASE)
    for name in (b"script", b"style", b"textarea", b"title", b"iframe", b"xmp", b"noembed")
}


# Of tags without attributes, only these mean anything to who looks for URLs.
_MEANINGFUL = frozenset((b"a", b"audio", b"body", b"code", b"kbd", b"pre", b"samp", *_RAW_TEXT))
_SHORTEST_TEXT = 4  # shorter runs, mostly the ends of lines, hold nothing


class Attribute(Noun, frozen=True, kw_only=True, gc=False):
    """One attribute, its name in lower case and the place of its value."""

    name: bytes
    start: int
    end: int


class Tag(Noun, frozen=True, kw_only=True, gc=False):
    """One tag; `name` is in lower case."""

    name: bytes
    start: int
    end: int
    closing: bool
    attributes: tuple[Attribute, ...] = ()


class Text(Noun, frozen=True, kw_only=True, gc=False):
    """A run of text between tags."""

    start: int
    end: int


def tokens(source: bytes, start: int, end: int) -> Iterator[Tag | Text]:
    """Yield tags and texts; comments, and tags that can say nothing of URLs, are passed over."""
    position = text_start = start
    while (opening := _OPENING.search(source, position, end)) is not None:
        if opening.start() - text_start > _SHORTEST_TEXT:
            yield Text(start=text_start, end=opening.start())
        if opening["other"]:
            position = text_start = _comment_end(source, opening, end)
            continue
        if opening["bare"] and opening["name"].lower() not in _MEANINGFUL:
            position = text_start = opening.end()
            continue
        tag = _tag(source, opening, end)
        if tag is None:
            return  # the file ends inside the tag: to the standard it is none
        yield tag
        position = text_start = tag.end
        raw = None if tag.closing else _RAW_TEXT.get(tag.name)
        if raw is not None:
            closing = raw.search(source, position, end)
            position = text_start = end if closing is None else closing.start()
    if end - text_start > _SHORTEST_TEXT:
        yield Text(start=text_start, end=end)


def _tag(source: bytes, opening: re.Match[bytes], end: int) -> Tag | None:
    if opening["bare"]:
        return Tag(
            name=opening["name"].lower(),
            start=opening.start(),
            end=opening.end(),
            closing=opening["close"] is not None,
        )
    attributes: list[Attribute] = []
    position = opening.end()
    while (closing := _TAG_END.match(source, position, end)) is None:
        match = _ATTRIBUTE.match(source, position, end)
        if match is None or (
            match.lastgroup == "name" and _UNCLOSED.match(source, match.end(), end)
        ):
            return None
        position = match.end()
        group = match.lastgroup or "name"
        value = (position, position) if group == "name" else match.span(group)
        attributes.append(Attribute(name=match["name"].lower(), start=value[0], end=value[1]))
    if len(attributes) > 1 and len({attribute.name for attribute in attributes}) < len(attributes):
        # Of two attributes with one name, only the first counts.
        attributes = list({one.name: one for one in reversed(attributes)}.values())[::-1]
    return Tag(
        name=opening["name"].lower(),
        start=opening.start(),
        end=closing.end(),
        closing=opening["close"] is not None,
        attributes=tuple(attributes),
    )


def _comment_end(source: bytes, opening: re.Match[bytes], end: int) -> int:
    """Return where a comment, a doctype or what the standard calls a bogus comment ends."""
    start = opening.end()
    if source.startswith(b"--", start):
        if source.startswith((b"-->", b"--->"), start):
            return source.index(b">", start) + 1
        found = _COMMENT_END.search(source, start + 2, end)
        return end if found is None else found.end()
    place = source.find(b">", start, end)
    return end if place < 0 else place + 1
