"""Byte offsets to the lines and columns that people and editors count."""


class Locator:
    """Walk a source once, from offset to offset, and say where each stands.

    Asked in rising order it is linear in the source, even where that is one line of 10 MB.
    """

    __slots__ = ("_column", "_line", "_offset", "_source")

    def __init__(self, source: bytes) -> None:
        self._source = source
        self._offset = 0
        self._line = 1
        self._column = 1

    def locate(self, offset: int) -> tuple[int, int]:
        """Return line and column, both from 1, the column in characters."""
        if offset < self._offset:
            self._offset, self._line, self._column = 0, 1, 1
        start = self._source.rfind(b"\n", self._offset, offset) + 1
        if start:
            self._line += self._source.count(b"\n", self._offset, start)
            self._column = 1
        between = self._source[start or self._offset : offset]
        self._column += len(between if between.isascii() else between.decode("utf-8", "replace"))
        self._offset = offset
        return self._line, self._column
