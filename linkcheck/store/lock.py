"""Locks that end with their process, however it ends, and say who holds them."""

import fcntl
import hashlib
import os
import re
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from linkcheck.errors import BusyError, StoreError

STORE_LOCK = "scan.lock"
_MACHINE = (Path("/run/lock"), Path("/var/lock"))
_HOLDER = re.compile(r"(?P<pid>\d{1,10}) (?P<since>\S{1,40})\n?")


@contextmanager
def store_lock(folder: Path) -> Iterator[None]:
    """Hold a store for one scan; another one is told which process holds it, and since when."""
    path = folder / STORE_LOCK
    with _held(path) as holder:
        if holder is not None:
            raise BusyError(
                f"another scan works on {folder}: {holder}; wait for its end, or end it"
                " (nothing is lost: the next scan goes on where it stopped)"
            )
        yield


@contextmanager
def archive_lock(archive: str, folder: Path | None = None) -> Iterator[None]:
    """Hold the right to ask one archive from this machine, whatever the store.

    Archives count requests by address: two scans that each keep the limits break them together.
    Raises `BusyError` (exit code 4) where another process of anybody's asks it already.
    `folder` is where locks lie: the machine's own unless a test says otherwise.
    """
    name = re.sub(r"[^a-z0-9]+", "-", archive.lower()).strip("-")[:40]
    digest = hashlib.sha256(archive.encode("utf-8", "surrogateescape")).hexdigest()[:8]
    path = (folder or _machine_folder()) / f"linkcheck-{name}-{digest}.lock"
    with _held(path, shared=True) as holder:
        if holder is not None:
            raise BusyError(
                f"another scan of this machine asks {archive}: {holder};"
                " archives count the requests of both together"
            )
        yield


def _machine_folder() -> Path:
    usable = (folder for folder in _MACHINE if folder.is_dir() and os.access(folder, os.W_OK))
    return next(usable, Path(tempfile.gettempdir()))


@contextmanager
def _held(path: Path, *, shared: bool = False) -> Iterator[str | None]:
    """Hold a lock, or yield in words who does."""
    descriptor = _opened(path, 0o666 if shared else 0o600)
    try:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            yield _holder(descriptor)
            return
        except OSError as error:
            raise StoreError(f"{path} cannot be locked: {error.strerror}") from error
        _sign(descriptor)
        yield None
    finally:
        os.close(descriptor)  # the file stays: taking it away would let two hold the lock


def _opened(path: Path, mode: int) -> int:
    # Never created through another's link; and a file of another user's in a shared folder is
    # only opened without O_CREAT (fs.protected_regular, proc(5)).
    flags = os.O_NOFOLLOW | os.O_CLOEXEC
    try:
        try:
            descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_EXCL | flags, mode)
            os.fchmod(descriptor, mode)
        except FileExistsError:
            descriptor = _reopened(path, flags)
    except OSError as error:
        raise StoreError(f"{path} cannot be opened: {error.strerror}") from error
    return descriptor


def _reopened(path: Path, flags: int) -> int:
    try:
        return os.open(path, os.O_RDWR | flags)
    except PermissionError:
        return os.open(path, os.O_RDONLY | flags)  # enough for a lock, not to sign it


def _sign(descriptor: int) -> None:
    # No host's name: locks are of one machine.
    text = f"{os.getpid()} {datetime.now(UTC):%Y-%m-%dT%H:%M:%SZ}\n".encode()
    try:
        os.pwrite(descriptor, text.ljust(64), 0)
    except OSError:
        return  # the lock holds, signed or not


def _holder(descriptor: int) -> str:
    text = os.pread(descriptor, 64, 0).decode("ascii", "replace").rstrip()
    signed = _HOLDER.fullmatch(text)
    if signed is None:
        return "a process that does not say which"
    return f"process {signed['pid']}, since {signed['since']}"
