"""The rows of a JSON array of arrays out of a stream, each as the bytes it has."""

import re
from collections.abc import Iterable, Iterator
from enum import Enum, auto

from linkcheck.model.noun import Noun

_BLANK = re.compile(rb"[\s,]*+")
_ROW = re.compile(rb'\[(?:"[^"\\]*+(?:\\.[^"\\]*+)*+"|[^"\[\]]++)*+\]', re.DOTALL)
_STRING = re.compile(rb'[^"\\]*+(?:\\.[^"\\]*+)*+', re.DOTALL)
_BETWEEN = re.compile(rb'[^"\]]*+')


class Mark(Enum):
    """What else than a capture stands in an index answer."""

    RESUME = auto()  # the key to the next page
    UNREADABLE = auto()
    OVERSIZED = auto()
    NAMES = auto()  # the first row of an array: the columns
    CLOSED = auto()  # a JSON array's own end: nothing was cut off


class Note(Noun, frozen=True, kw_only=True):
    """A mark with the text that it stands for."""

    mark: Mark
    text: str = ""


def excerpt(row: bytes) -> str:
    """Return the beginning of what could not be read."""
    return row[:500].decode("utf-8", "replace")


def array_rows(pieces: Iterable[bytes], longest: int) -> Iterator[bytes | Note]:
    """Yield the rows of an array of flat arrays; one longer than that is passed over."""
    scanner = _Scanner(longest)
    for piece in pieces:
        yield from scanner.feed(piece)
        if scanner.ended:
            return
    if scanner.rest.strip():
        yield Note(mark=Mark.UNREADABLE, text=excerpt(scanner.rest))


class _Scanner:
    """Keep the place in an array between two pieces."""

    __slots__ = ("_longest", "_opened", "_quoted", "_skipping", "ended", "rest")

    def __init__(self, longest: int) -> None:
        self._longest = longest
        self._opened = False
        self._skipping = False
        self._quoted = False  # inside a string of the row that is passed over
        self.ended = False
        self.rest = b""

    def feed(self, piece: bytes) -> Iterator[bytes | Note]:
        """Yield the rows that end in this piece."""
        buffer, position = self.rest + piece, 0
        while not self.ended:
            if self._skipping:
                position, over = self._skip(buffer, position)
                if not over:
                    break
                self._skipping = False
                yield Note(mark=Mark.OVERSIZED)
            blank = _BLANK.match(buffer, position)
            position = position if blank is None else blank.end()
            if position == len(buffer):
                break
            if not self._opened:
                self._opened, position = True, position + 1  # the outer bracket
                continue
            row = _ROW.match(buffer, position)
            if row is not None:
                whole = row.end() - position <= self._longest
                yield row[0] if whole else Note(mark=Mark.OVERSIZED)
                position = row.end()
            elif buffer[position : position + 1] != b"[":
                yield self._end(buffer[position:])
            elif len(buffer) - position > self._longest:
                self._skipping, self._quoted, position = True, False, position + 1
            else:
                break
        self.rest = buffer[position:]

    def _end(self, rest: bytes) -> Note:
        self.ended = True
        if rest.startswith(b"]"):
            return Note(mark=Mark.CLOSED)
        return Note(mark=Mark.UNREADABLE, text=excerpt(rest))

    def _skip(self, buffer: bytes, position: int) -> tuple[int, bool]:
        """Return how far a row that is too long reaches in this buffer, and whether it ends."""
        while position < len(buffer):
            run = (_STRING if self._quoted else _BETWEEN).match(buffer, position)
            position = position if run is None else run.end()
            match buffer[position : position + 1]:
                case b'"':
                    self._quoted = not self._quoted
                    position += 1
                case b"]":
                    return position + 1, True
                case _:
                    break  # the end, or a backslash whose letter is still to come
        return position, False
