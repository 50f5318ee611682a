"""The bytes of an answer: short ones in memory, long ones in an anonymous temporary file."""

import hashlib
import os
import tempfile
import weakref
from collections.abc import Iterable, Iterator

from linkcheck.errors import LinkcheckError
from linkcheck.model.noun import Noun

SPOOL_AFTER = 1 << 20  # 512 answers in flight stay far below what a small machine has
CHUNK = 1 << 16


class Spool:
    """Hold bytes in a file without a name, gone with its last holder, a crash included."""

    __slots__ = ("__weakref__", "_descriptor", "_size")

    def __init__(self) -> None:
        # A plain descriptor, not a file object: readers share it by position (`os.pread`), and
        # it is closed by its holder's end without a ResourceWarning.
        with tempfile.TemporaryFile(buffering=0) as file:
            self._descriptor = os.dup(file.fileno())
        self._size = 0
        weakref.finalize(self, os.close, self._descriptor)

    def append(self, chunk: bytes) -> None:
        """Add bytes at the end."""
        view = memoryview(chunk)
        while view:
            written = os.pwrite(self._descriptor, view, self._size)
            self._size += written
            view = view[written:]

    def chunks(self, size: int) -> Iterator[bytes]:
        """Yield the bytes from the beginning; several readers do not disturb each other."""
        for start in range(0, self._size, size):
            yield os.pread(self._descriptor, size, start)


class Body(Noun, frozen=True, kw_only=True, eq=False):
    """The raw bytes of an answer up to the cap, before any decoding but that of chunks.

    Bodies compare by size, hash and truncation, wherever their bytes lie.
    """

    size: int
    sha256: str  # of the raw bytes, in hex
    truncated: bool = False  # the cap was reached: this is only the beginning
    held: bytes | Spool  # ask `wire` or `chunks()`

    @classmethod
    def of(cls, wire: bytes, *, truncated: bool = False) -> "Body":
        """Make a body of bytes that are all at hand."""
        if not wire and not truncated:
            return EMPTY
        digest = hashlib.sha256(wire).hexdigest()
        return cls(size=len(wire), sha256=digest, truncated=truncated, held=wire)

    @classmethod
    def gather(cls, chunks: Iterable[bytes], *, truncated: bool = False) -> "Body":
        """Make a body of chunks that need not fit into memory together."""
        writer = BodyWriter()
        for chunk in chunks:
            writer.write(chunk)
        return writer.finish(truncated=truncated)

    @property
    def wire(self) -> bytes:
        """Return all bytes at once; for long answers prefer `chunks()`."""
        return self.held if isinstance(self.held, bytes) else b"".join(self.chunks())

    def chunks(self, size: int = CHUNK) -> Iterator[bytes]:
        """Yield the bytes in pieces of at most `size`, as often as asked."""
        if isinstance(self.held, Spool):
            yield from self.held.chunks(size)
            return
        for start in range(0, len(self.held), size):
            yield self.held[start : start + size]

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Body):
            return NotImplemented
        return (self.size, self.sha256, self.truncated) == (
            other.size,
            other.sha256,
            other.truncated,
        )

    def __hash__(self) -> int:
        return hash((self.size, self.sha256, self.truncated))


EMPTY = Body(size=0, sha256=hashlib.sha256(b"").hexdigest(), held=b"")


class BodyWriter:
    """Take chunks as they come and make a body of them; memory stays small."""

    __slots__ = ("_digest", "_parts", "_spool", "size")

    def __init__(self) -> None:
        self.size = 0
        self._digest = hashlib.sha256()
        self._parts: list[bytes] = []
        self._spool: Spool | None = None

    def write(self, chunk: bytes) -> None:
        """Add the next bytes."""
        self.size += len(chunk)
        self._digest.update(chunk)
        if self._spool is None and self.size <= SPOOL_AFTER:
            self._parts.append(chunk)
            return
        try:
            self._lay_down(chunk)
        except OSError as error:
            raise LinkcheckError(
                f"a long answer could not be kept in {tempfile.gettempdir()}: {error.strerror}"
            ) from error

    def _lay_down(self, chunk: bytes) -> None:
        if self._spool is None:
            self._spool = Spool()
            self._spool.append(b"".join(self._parts))
            self._parts.clear()
        self._spool.append(chunk)

    def finish(self, *, truncated: bool = False) -> Body:
        """Return what was written."""
        if not self.size and not truncated:
            return EMPTY
        held = self._spool if self._spool is not None else b"".join(self._parts)
        return Body(size=self.size, sha256=self._digest.hexdigest(), truncated=truncated, held=held)
