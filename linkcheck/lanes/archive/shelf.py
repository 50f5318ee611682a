"""Rows and evidence that may be needed once more, on disk while the lane runs."""

import os
import tempfile
import zlib
from array import array
from types import TracebackType
from typing import Self

import msgspec

from linkcheck.model.capture import Capture
from linkcheck.model.evidence import ArchiveEvidence
from linkcheck.model.holding import Holding

_WRITE_AFTER = 1 << 18
_NOTHING = 0

Row = tuple[str, str | None, str, str | None, int | None, str | None, int | None, bool, str | None]
Window = tuple[str | None, str | None]
Rows = tuple[Row, ...]
Numbers = tuple[int, ...]
Shape = tuple[int, int, str | None, str | None, bool, Window, Rows, Rows, Numbers]
_pack = msgspec.msgpack.Encoder().encode
_holding = msgspec.msgpack.Decoder(Shape).decode
_evidence = msgspec.msgpack.Decoder(ArchiveEvidence).decode


class _File:
    """Numbered pieces of bytes; a later one takes the place of an earlier one."""

    def __init__(self, slots: int) -> None:
        self._at = array("Q", bytes(8 * slots))  # where each begins, plus one
        self._sizes = array("I", bytes(4 * slots))
        self._file = tempfile.TemporaryFile(buffering=0)  # noqa: SIM115 - lives as long as its owner
        self._waiting = bytearray()
        self._written = 0

    def close(self) -> None:
        self._file.close()

    def put(self, slot: int, piece: bytes) -> None:
        self._at[slot] = self._written + len(self._waiting) + 1
        self._sizes[slot] = len(piece)
        self._waiting += piece
        if len(self._waiting) >= _WRITE_AFTER:
            view = memoryview(bytes(self._waiting))
            while view:
                count = os.pwrite(self._file.fileno(), view, self._written)
                self._written += count
                view = view[count:]
            self._waiting.clear()

    def get(self, slot: int) -> bytes | None:
        at, size = self._at[slot], self._sizes[slot]
        if at == _NOTHING:
            return None
        start = at - 1 - self._written
        if start >= 0:
            return bytes(self._waiting[start : start + size])
        return os.pread(self._file.fileno(), size, at - 1)


class Shelf:
    """What was seen of each subject, and the evidence of each want that was replayed.

    Memory holds some forty bytes a subject; the rest, some 300 bytes a subject and a kilobyte a
    replay, lies in two files without a name that end with the run.
    """

    def __init__(self, subjects: int, wants: int) -> None:
        self._holdings = _File(subjects)
        self._replays = _File(wants)
        self._records: dict[str, int] = {}  # each once: a page shows thousands of subjects
        self._names: list[str] = []

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._holdings.close()
        self._replays.close()

    def put(self, holding: Holding) -> None:
        """Keep what a page showed of a subject."""
        one = holding
        shape: Shape = (
            one.count,
            one.good,
            one.first,
            one.last,
            one.whole,
            one.window,
            tuple(_row(row, one.key) for row in one.rows),
            tuple(_row(row, one.key) for row in one.siblings),
            tuple(map(self._number, one.records)),
        )
        self._holdings.put(one.place, _pack(shape))

    def get(self, place: int, key: str) -> Holding | None:
        """Return what was kept of a subject."""
        piece = self._holdings.get(place)
        if piece is None:
            return None
        count, good, first, last, whole, window, rows, siblings, records = _holding(piece)
        return Holding(
            place=place,
            key=key,
            rows=tuple(_capture(row, key) for row in rows),
            count=count,
            good=good,
            first=first,
            last=last,
            whole=whole,
            window=window,
            siblings=tuple(_capture(row, key) for row in siblings),
            records=tuple(self._names[number] for number in records),
        )

    def _number(self, record: str) -> int:
        number = self._records.setdefault(record, len(self._names))
        if number == len(self._names):
            self._names.append(record)
        return number

    def put_replay(self, slot: int, evidence: ArchiveEvidence) -> None:
        """Keep the evidence of a replay, which what is learned later may put in another light."""
        self._replays.put(slot, zlib.compress(_pack(evidence), 1))

    def replay(self, slot: int) -> ArchiveEvidence | None:
        """Return the evidence of a replay."""
        piece = self._replays.get(slot)
        return None if piece is None else _evidence(zlib.decompress(piece))


def _row(row: Capture, key: str) -> Row:
    return (
        row.timestamp,
        None if row.urlkey == key else row.urlkey,
        row.original,
        row.media_type,
        row.status,
        row.digest,
        row.length,
        row.revisit,
        row.source,
    )


def _capture(row: Row, key: str) -> Capture:
    timestamp, urlkey, original, media_type, status, digest, length, revisit, source = row
    return Capture(
        urlkey=key if urlkey is None else urlkey,
        timestamp=timestamp,
        original=original,
        media_type=media_type,
        status=status,
        digest=digest,
        length=length,
        revisit=revisit,
        source=source,
    )
