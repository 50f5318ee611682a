"""Where in a Markdown link its destination stands; the parser tells only where the link does."""

import re
from functools import cached_property

import pyromark

from linkcheck.links.entities import unescaped_text

_ESCAPE = re.compile(r"\\([!-/:-@\[-`{-~])")
_OPENING = re.compile(rb"\][:(][ \t\r\n>]*+")
_ANGLED = re.compile(rb"<((?:[^<>\n\\]|\\.)*+)>")
_PLAIN_PIECE = re.compile(rb"(?:[^\s()\\]|\\.|\\)++")

_MOST_BRACKETS = 64  # in a title behind the destination; looking at all takes square time

Span = tuple[int, int]


def inline_destination(source: bytes, start: int, end: int, value: str) -> Span | None:
    """Return the place of the destination in `[text](destination "title")`."""
    needle = value.encode()
    quick = source.rfind(b"](" + needle, start, end)
    after = quick + 2 + len(needle)
    if quick >= 0 and source[after : after + 1] in (b")", b" ", b"\t", b"\n"):
        return quick + 2, quick + 2 + len(needle)
    bracket = end
    for _ in range(_MOST_BRACKETS):
        bracket = source.rfind(b"]", start, bracket)
        if bracket < 0:
            return None
        opening = _OPENING.match(source, bracket, end)
        span = _destination_at(source, opening.end(), end) if opening else (0, 0)
        if opening and unescaped(source[slice(*span)].decode("utf-8", "replace")) == value:
            return span
    return None


def unescaped(text: str) -> str:
    """Undo Markdown's backslashes and HTML's entities."""
    if "\\" not in text and "&" not in text:
        return text
    # An escaped ampersand begins no entity: pieces between escapes are unescaped apart.
    pieces = _ESCAPE.split(text)
    return "".join(
        piece if index % 2 else unescaped_text(piece) for index, piece in enumerate(pieces)
    )


class Definitions:
    """The link reference definitions of one text, parsed when one of them is asked for."""

    def __init__(self, text: str, options: pyromark.Options) -> None:
        self._text = text
        self._options = options

    @cached_property
    def _spans(self) -> dict[str, Span]:
        found = pyromark.reference_definitions(self._text, options=self._options)
        return {
            _label(label): (definition["span"]["start"], definition["span"]["end"])
            for label, definition in found.items()
        }

    def destination(self, source: bytes, label: str, value: str) -> Span | None:
        """Return the place of the URL in the definition that a label names."""
        span = self._spans.get(_label(label))
        return None if span is None else inline_destination(source, *span, value)


def _destination_at(source: bytes, place: int, end: int) -> Span:
    angled = _ANGLED.match(source, place, end)
    if angled is not None:
        return angled.span(1)
    depth, position = 0, place
    while position < end:
        piece = _PLAIN_PIECE.match(source, position, end)
        if piece is not None:
            position = piece.end()
        elif source[position] == ord("("):
            depth += 1
            position += 1
        elif source[position] == ord(")") and depth:
            depth -= 1
            position += 1
        else:
            break
    return place, position


def _label(label: str) -> str:
    return " ".join(label.split()).casefold()
