"""The files that a run's evidence is appended to: written once, never again."""

import hashlib
import os
import re
import zlib
from collections.abc import Awaitable, Callable, Iterable
from pathlib import Path
from typing import Any

import anyio
import anyio.lowlevel
import anyio.to_thread

from linkcheck.errors import LinkcheckError, UsageError
from linkcheck.model.run import Run
from linkcheck.net.exchange_record import Record, warcinfo_record
from linkcheck.net.question import record_id
from linkcheck.net.redaction import LeftOut
from linkcheck.net.warcinfo import write_warcinfo
from linkcheck.settings.recording import Durability, Recording

CHUNK = 1 << 20
LEVEL = 6
_GZIP = 16  # to a window's bits: a gzip member, not a zlib stream
_WIDE, _NARROW = _GZIP + zlib.MAX_WBITS, _GZIP + 12
_SHORT, _LITTLE_MEMORY = 1 << 12, 5
"""A record that fits a window of 4 KiB is packed as small in it, in a quarter of the time: what
takes long is to make the usual one of 32 KiB ready, and most records have 600 bytes."""

Blocking = Callable[[Callable[[], None]], Awaitable[None]]

_file_name = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,199}").fullmatch


async def in_thread(work: Callable[[], None]) -> None:
    """Wait for the disk beside the event loop."""
    await anyio.to_thread.run_sync(work)


async def inline(work: Callable[[], None]) -> None:
    """Wait for the disk in the event loop: under a simulated clock, which threads would jump."""
    work()
    await anyio.lowlevel.checkpoint()


class Evidence:
    """Append groups of records to the run's file, or roll its files in a folder.

    A file is created anew, never opened again: what a killed run has torn stays as it is, and
    two runs cannot write one file. A group is on the system's side when `append` returns, and on
    the disk when `sync` does.
    """

    def __init__(self, recording: Recording, run: Run, *, blocking: Blocking = in_thread) -> None:
        if not _file_name(run.id):
            raise UsageError(f"{run.id!r} cannot name files: letters, digits, . _ - only")
        self._recording = recording
        self._run = run
        self._left_out = LeftOut.of(recording.user_headers)
        self._blocking = blocking
        self._lock = anyio.Lock(fast_acquire=True)
        self._path = Path()
        self._descriptor = -1
        self._size = self._synced = 0
        self._hash: Any = None  # of what was written; None: the disk refused some of it
        self._seals: list[tuple[str, str]] = []
        self.serial = -1  # of the file being written
        self._roll()

    @property
    def path(self) -> Path:
        """Return the file being written."""
        return self._path

    @property
    def run(self) -> Run:
        """Return the run that the evidence is of."""
        return self._run

    @property
    def seals(self) -> tuple[tuple[str, str], ...]:
        """Return the files that are finished, and the hashes of their bytes."""
        return tuple(self._seals)

    @property
    def left_out(self) -> LeftOut:
        """Return what is left out of the evidence, as its warcinfo says."""
        return self._left_out

    async def append(self, make: Callable[[], Iterable[Record]], *, long: bool = False) -> int:
        """Write a group of records, whole or not at all, and return its file's serial number.

        The group is made when its file is known.
        """
        if long or self._lock.locked() or self._is_full():
            serial = await self._append_in_turn(make, long=long)
        else:  # nothing waits in between: no other group can come into this one
            serial = self.serial
            self._write_short(make())
        if self._recording.durability is Durability.EACH:
            await self.sync()
        return serial

    async def _append_in_turn(self, make: Callable[[], Iterable[Record]], *, long: bool) -> int:
        async with self._lock:
            if self._is_full():
                await self._blocking(self._finish)
                self._roll()
            if long:
                with anyio.CancelScope(shield=True):
                    await self._write_long(make())
            else:
                self._write_short(make())
            return self.serial

    async def sync(self) -> None:
        """Return when everything appended so far is on the disk."""
        if self._recording.durability is Durability.NEVER:
            return
        async with self._lock:
            if self._descriptor < 0 or self._synced == self._size:
                return
            size, serial = self._size, self.serial
            descriptor = os.dup(self._descriptor)  # the file may roll meanwhile
        await self._blocking(lambda: self._force(descriptor))
        if serial == self.serial:
            self._synced = size

    async def aclose(self) -> None:
        """End the file being written."""
        async with self._lock:
            if self._descriptor >= 0:
                with anyio.CancelScope(shield=True):
                    await self._blocking(self._finish)

    def _is_full(self) -> bool:
        return self._size >= self._recording.roll_bytes and self._recording.file is None

    def _roll(self) -> None:
        self.serial += 1
        self._path = self._next_path()
        self._compress = self._path.suffix == ".gz"
        self._size = self._synced = 0
        self._hash = hashlib.sha256()
        self._descriptor = self._create()
        record = warcinfo_record(
            write_warcinfo(self._run, self._left_out),
            record=record_id(self._run.id, b"warcinfo", self.serial),
            date=self._run.started_at,
            file_name=self._path.name,
        )
        self._write(self._whole(record))

    def _next_path(self) -> Path:
        file = self._recording.file
        if file is None:
            suffix = ".warc.gz" if self._recording.compress else ".warc"
            return self._recording.folder / f"{self._run.id}-{self.serial:05}{suffix}"
        if not file.name.endswith((".warc", ".warc.gz")):
            raise UsageError(f"{file}: a recording is named .warc, or .warc.gz to be compressed")
        return file

    def _create(self) -> int:
        try:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_APPEND | os.O_CLOEXEC
            descriptor = os.open(self._path, flags, 0o644)
        except OSError as error:
            if self._path.exists():
                raise self._taken() from error
            raise LinkcheckError(
                f"cannot keep evidence in {self._path}: {error.strerror}"
            ) from error
        if self._recording.durability is not Durability.NEVER:
            folder = os.open(self._path.parent, os.O_RDONLY | os.O_CLOEXEC)
            os.fsync(folder)  # else a power cut could leave the file without its name
            os.close(folder)
        return descriptor

    def _taken(self) -> UsageError:
        return UsageError(f"{self._path} exists: evidence is never written over, name another file")

    def _whole(self, record: Record) -> bytes:
        plain = record.whole()
        return _packed(plain) if self._compress else plain

    def _write_short(self, records: Iterable[Record]) -> None:
        self._write(b"".join([self._whole(record) for record in records]))

    async def _write_long(self, records: Iterable[Record]) -> None:
        begin = self._size
        for record in records:
            packer = zlib.compressobj(LEVEL, zlib.DEFLATED, _WIDE) if self._compress else None
            for chunk in record.chunks(CHUNK):
                self._write(packer.compress(chunk) if packer else chunk, undo_to=begin)
                await anyio.lowlevel.checkpoint()
            if packer:
                self._write(packer.flush(), undo_to=begin)

    def _write(self, data: bytes, *, undo_to: int | None = None) -> None:
        begin = self._size if undo_to is None else undo_to
        view = memoryview(data)
        try:
            while view:
                written = os.write(self._descriptor, view)
                self._size += written
                if self._hash is not None:
                    self._hash.update(view[:written])
                view = view[written:]
        except OSError as error:
            self._hash = None
            # Only the group that could not be completed goes: the file ends with a whole one.
            os.ftruncate(self._descriptor, begin)
            self._size = begin
            raise LinkcheckError(
                f"cannot keep evidence in {self._path}: {error.strerror}; "
                "make room, or scan with --no-record"
            ) from error

    def _force(self, descriptor: int) -> None:
        try:
            os.fsync(descriptor)
        except OSError as error:
            raise LinkcheckError(
                f"cannot force evidence in {self._path} onto the disk: {error.strerror}"
            ) from error
        finally:
            os.close(descriptor)

    def _finish(self) -> None:
        descriptor, self._descriptor = self._descriptor, -1
        if self._hash is not None:
            self._seals.append((self._path.name, f"sha256:{self._hash.hexdigest()}"))
        if self._recording.durability is Durability.NEVER:
            os.close(descriptor)
        else:
            self._force(descriptor)


def _packed(plain: bytes) -> bytes:
    if len(plain) > _SHORT:
        return zlib.compress(plain, LEVEL, _WIDE)
    packer = zlib.compressobj(LEVEL, zlib.DEFLATED, _NARROW, _LITTLE_MEMORY)
    return packer.compress(plain) + packer.flush()
