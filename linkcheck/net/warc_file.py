"""A file of WARC records: where each begins, and its bytes when asked."""

import os
import zlib
from collections.abc import Iterator
from pathlib import Path

from linkcheck.errors import LinkcheckError
from linkcheck.net.warc import END, RecordHead, read_head

CHUNK = 1 << 14  # most records are shorter
MAGIC = b"WARC/1."
LONGEST_HEAD = 16 << 20  # of fields, or of HTTP headers


class TornError(Exception):
    """The file ends before the record does."""


class WarcFile:
    """Read records from a `.warc`, or from a `.warc.gz` compressed record by record."""

    def __init__(self, path: Path) -> None:
        self.path = path
        try:
            self._descriptor = os.open(path, os.O_RDONLY | os.O_CLOEXEC)
        except OSError as error:
            raise LinkcheckError(f"cannot read {path}: {error.strerror}") from error
        self.packed = os.pread(self._descriptor, 2, 0) == b"\x1f\x8b"

    def close(self) -> None:
        """Let go of the file."""
        os.close(self._descriptor)

    def at(self, offset: int) -> "OpenRecord":
        """Open the record that begins there."""
        source = _Packed if self.packed else _Plain
        return OpenRecord(self.path, offset, source(self._descriptor, offset))

    def ends(self, offset: int) -> bool:
        """Tell whether the file ends there; zeros that a power cut left are a torn end."""
        beginning = os.pread(self._descriptor, CHUNK, offset)
        if not beginning:
            return True
        if beginning[0] == 0 and not beginning.strip(b"\0"):
            raise TornError
        return False


class OpenRecord:
    """One record while it is read: its fields at once, its block in pieces."""

    def __init__(self, path: Path, offset: int, source: "_Plain | _Packed") -> None:
        self.offset = offset
        self._path = path
        self._source = source
        self._buffer = b""
        self.head = self._read_head()
        length = self.head.get("Content-Length") or ""
        if not (length.isascii() and length.isdigit()):
            raise self._damaged("it does not say its length")
        self._left = int(length)

    def block(self) -> bytes:
        """Return the rest of the block."""
        return b"".join(self.chunks())

    def chunks(self) -> Iterator[bytes]:
        """Yield the rest of the block in pieces."""
        while self._left:
            chunk = self._buffer[: self._left] or self._more()[: self._left]
            self._buffer = self._buffer[len(chunk) :]
            self._left -= len(chunk)
            yield chunk

    def block_head(self) -> bytes:
        """Return the block up to its first blank line, and go beyond it."""
        found = self._until_blank_line()
        self._left -= len(found) + len(END)
        if self._left < 0:
            raise self._damaged("its block has no end of headers")
        return found

    def finish(self) -> int:
        """Go to the record's end and return where the next one begins."""
        if skipped := self._source.skip(self._left - len(self._buffer)):
            self._left -= skipped + len(self._buffer)
            self._buffer = b""
        for _ in self.chunks():
            pass
        while len(self._buffer) < len(END):
            self._more()
        if not self._buffer.startswith(END):
            raise self._damaged("its block is not as long as it says")
        try:
            return self._source.next_offset(len(self._buffer) - len(END))
        except (ValueError, zlib.error) as error:
            raise self._damaged(str(error)) from error

    def _read_head(self) -> RecordHead:
        beginning = self._more()[: len(MAGIC)]
        found = self._until_blank_line() if MAGIC.startswith(beginning) else beginning
        head = read_head(found)
        if head is None:
            raise self._damaged(f"no record begins there but {found[:40]!r}")
        return head

    def _until_blank_line(self) -> bytes:
        searched = 0
        while (found := self._buffer.find(END, max(0, searched - 3))) < 0:
            searched = len(self._buffer)
            if searched > LONGEST_HEAD:
                raise self._damaged("its headers do not end")
            self._more()
        head, self._buffer = self._buffer[:found], self._buffer[found + len(END) :]
        return head

    def _more(self) -> bytes:
        try:
            chunk = self._source.read()
        except zlib.error as error:
            raise self._damaged(str(error)) from error
        if not chunk:
            if self._source.complete:
                raise self._damaged("its block is not as long as it says")
            raise TornError
        self._buffer += chunk
        return self._buffer

    def _damaged(self, why: str) -> LinkcheckError:
        return LinkcheckError(f"{self._path} is damaged in the record at byte {self.offset}: {why}")


class _Plain:
    """Bytes as they lie in the file."""

    complete = False  # more can always be missing

    def __init__(self, descriptor: int, offset: int) -> None:
        self._descriptor = descriptor
        self._offset = offset

    def read(self) -> bytes:
        """Return the next bytes; none at the file's end."""
        chunk = os.pread(self._descriptor, CHUNK, self._offset)
        self._offset += len(chunk)
        return chunk

    def skip(self, count: int) -> int:
        """Go on without reading, if that can be done, and return how far."""
        if count <= 0 or self._offset + count > os.fstat(self._descriptor).st_size:
            return 0
        self._offset += count
        return count

    def next_offset(self, unused: int) -> int:
        """Return where the next record begins, if this one ended so many bytes ago."""
        return self._offset - unused


class _Packed:
    """Bytes out of one gzip member."""

    def __init__(self, descriptor: int, offset: int) -> None:
        self._descriptor = descriptor
        self._offset = offset
        self._unpacker = zlib.decompressobj(31)
        self._waiting = b""

    @property
    def complete(self) -> bool:
        """Tell whether the member was read to its end."""
        return self._unpacker.eof

    def read(self) -> bytes:
        """Return the next bytes; none at the file's or the member's end."""
        chunk = b""
        while not chunk and not self._unpacker.eof:
            packed = self._waiting or self._next()
            if not packed:
                break
            chunk = self._unpacker.decompress(packed, CHUNK)  # a bomb comes in pieces too
            self._waiting = self._unpacker.unconsumed_tail
        return chunk

    def _next(self) -> bytes:
        packed = os.pread(self._descriptor, CHUNK, self._offset)
        self._offset += len(packed)
        return packed

    def skip(self, _count: int) -> int:
        """Go on without reading: not possible here."""
        return 0

    def next_offset(self, unused: int) -> int:
        """Return where the next member begins."""
        if unused or self.read():
            raise ValueError("the records are not compressed one by one")
        if not self.complete:
            raise TornError
        return self._offset - len(self._unpacker.unused_data)
