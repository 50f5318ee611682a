"""Locks that end with their process, however it ends, and say who holds them."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def store_lock(folder: Path) -> Iterator[None]:
    """Hold a store for one scan; another one is told which process holds it, and since when."""
    raise NotImplementedError
    yield


@contextmanager
def archive_lock(archive: str, folder: Path | None = None) -> Iterator[None]:
    """Hold the right to ask one archive from this machine, whatever the store.

    Raises `BusyError` (exit code 4) where another process of anybody's asks it already.
    `folder` is where locks lie: the machine's own unless a test says otherwise.
    """
    raise NotImplementedError
    yield
