"""SQLite's errors in the words of somebody who has to do something about them."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from linkcheck.errors import BusyError, LinkcheckError, StoreError

_PRIMARY = 0xFF  # extended codes carry their family in the low byte
_KEPT = "everything that was kept before is safe, and the next run goes on from there"

_WORDS = {
    sqlite3.SQLITE_FULL: f"the disk is full: make room; {_KEPT}",
    sqlite3.SQLITE_READONLY: "it may not be written to: check the rights of the file, its folder"
    " and the disk",
    sqlite3.SQLITE_PERM: "it may not be opened: check its rights",
    sqlite3.SQLITE_AUTH: "it may not be opened: check its rights",
    sqlite3.SQLITE_CANTOPEN: "it cannot be opened: check the rights of the file and its folder",
    sqlite3.SQLITE_IOERR: f"the disk refused to read or write: look at the system's log; {_KEPT}",
    sqlite3.SQLITE_NOTADB: "it is no SQLite file, or its beginning was overwritten: move it away"
    " and scan anew, or put a backup in its place",
    sqlite3.SQLITE_CORRUPT: "it is damaged: keep a copy, then put a backup in its place or try"
    " `sqlite3 state.db .recover`; without it the next scan begins anew, and asks for everything",
    sqlite3.SQLITE_TOOBIG: "a text or an answer is too long to be kept",
    sqlite3.SQLITE_NOMEM: "there is not enough memory",
}
_BUSY = frozenset({sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED})


@contextmanager
def in_words(path: Path) -> Iterator[None]:
    """Turn what SQLite raises into the tool's own errors."""
    try:
        yield
    except sqlite3.Error as error:
        raise complaint(path, error) from error


def complaint(path: Path, error: sqlite3.Error) -> LinkcheckError:
    """Return the error in words."""
    code = getattr(error, "sqlite_errorcode", sqlite3.SQLITE_ERROR) & _PRIMARY
    if code in _BUSY:
        return BusyError(f"{path}: another process holds it: wait for its end")
    words = _WORDS.get(code)
    return StoreError(f"{path}: {words}" if words else f"{path}: SQLite says: {error}")
