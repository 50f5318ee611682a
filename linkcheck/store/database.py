"""The SQLite file: opened safely, of the right version, one transaction at a time."""

import sqlite3
import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import quote

from linkcheck.errors import StoreError
from linkcheck.store.complaints import in_words
from linkcheck.store.migrate import VERSION, create, migrate, version_of
from linkcheck.store.place import refuse_network

NAME = "state.db"

_CACHE_KIB = 8 * 1024
"""Of who reads, of whom there are several at once. With three times as much a collection is counted
and looked up as fast: what a question needs next lies beside what it has just read, and what it
sorts takes as much again (2026-11, the full size)."""

_WRITER_CACHE_KIB = 16 * 1024
"""Of who writes: keys lie all over the indexes, and pages that do not stay are written twice. With
four times as much a first scan took as long (2026-11, the full size)."""

_LOG_PAGES = 16_000
"""Pages of 4 KiB that the log may have before it is folded into the file: 64 MB. A page that many
transactions touch, as those of an index over hashes are, is then written once for all of them."""

_BUSY_SECONDS = 10.0

Row = tuple[Any, ...]
Check = Callable[[Path, sqlite3.Connection], object]
Values = Sequence[object] | Mapping[str, object]


class Database:
    """One connection to write and one to read, whichever thread asks."""

    def __init__(self, path: Path, *, writable: bool) -> None:
        self.path = path
        self.writable = writable
        self._lock = threading.RLock()
        self._writer = _open_writer(path) if writable else None
        self._reader: sqlite3.Connection | None = None

    def close(self) -> None:
        """Close both connections; the log is folded into the file."""
        with self._lock, in_words(self.path):
            for connection in (self._reader, self._writer):
                if connection is not None:
                    connection.close()
            self._reader = self._writer = None

    @contextmanager
    def transaction(self, *, durable: bool = True) -> Iterator[sqlite3.Connection]:
        """Do all or nothing; on the disk when it ends.

        What is not `durable` is so with the next one that is: what can be read again need not
        wait for the disk each time. A power cut may then take back the latest, in order.
        """
        with self._lock, in_words(self.path):
            connection = self._writer
            if connection is None:
                raise StoreError(f"{self.path} was opened to be read only, or is closed")
            connection.execute(f"PRAGMA synchronous = {'FULL' if durable else 'NORMAL'}")
            connection.execute("BEGIN IMMEDIATE")
            try:
                yield connection
                connection.execute("COMMIT")
            except BaseException:
                if connection.in_transaction:
                    connection.execute("ROLLBACK")
                raise

    def shrink(self) -> None:
        """Give room that is free inside the file back to the disk."""
        with self._lock, in_words(self.path):
            if self._reader is not None:
                self._reader.close()
                self._reader = None
            if self._writer is not None:
                self._writer.execute("VACUUM")
                self._writer.execute("PRAGMA wal_checkpoint(TRUNCATE)")

    def rows(self, sql: str, values: Values = ()) -> list[Row]:
        """Return all rows of a question."""
        with in_words(self.path):
            return self._reading().execute(sql, values).fetchall()

    def row(self, sql: str, values: Values = ()) -> Row | None:
        """Return the first row of a question."""
        with in_words(self.path):
            found: Row | None = self._reading().execute(sql, values).fetchone()
            return found

    def stream(self, sql: str, values: Values = ()) -> Iterator[Row]:
        """Yield the rows of a question as they were when the first one was taken."""
        with in_words(self.path):
            cursor = self._reading().execute(sql, values)
            while rows := cursor.fetchmany(512):
                yield from rows

    def _reading(self) -> sqlite3.Connection:
        reader = self._reader
        if reader is not None:
            return reader  # the lock is the writer's too: who reads must not wait for its disk
        with self._lock:
            if self._reader is None:
                self._reader = _open_reader(self.path)
            return self._reader


def _connect(target: str, *, uri: bool = False) -> sqlite3.Connection:
    connection = sqlite3.connect(
        target,
        timeout=_BUSY_SECONDS,
        isolation_level=None,
        check_same_thread=False,
        cached_statements=256,
        uri=uri,
    )
    try:
        connection.execute(f"PRAGMA cache_size = -{_CACHE_KIB}")
        # What 300,000 links want is sorted on the disk: in memory that takes 60 MB of the 300.
        connection.execute("PRAGMA temp_store = FILE")
    except BaseException:
        connection.close()
        raise
    return connection


def _open_writer(path: Path) -> sqlite3.Connection:
    refuse_network(path.parent)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise StoreError(f"{path.parent} cannot be made: {error.strerror}") from error
    with in_words(path):
        if path.is_file() and path.stat().st_size:
            # Whose it is, is asked by who cannot write: a log that is another's, once it was open
            # to be written, would be folded into the file when it is closed.
            _checked(path, f"{_address(path)}?mode=ro", version_of).close()
        connection = _connect(str(path))
        try:
            connection.execute(f"PRAGMA cache_size = -{_WRITER_CACHE_KIB}")
            connection.execute("PRAGMA synchronous = FULL")
            _settle(path, connection)
        except BaseException:
            connection.close()
            raise
        return connection


def _settle(path: Path, connection: sqlite3.Connection) -> None:
    """Make the file what this version works with."""
    version = version_of(path, connection)
    connection.execute("PRAGMA journal_mode = WAL")
    if version is None:
        create(connection)
    elif version < VERSION:
        migrate(path, connection, version)
    connection.execute(f"PRAGMA wal_autocheckpoint = {_LOG_PAGES}")


def copy(path: Path, place: Path) -> None:
    """Copy a store, its log included and of whatever version is known; it is only read."""
    with (
        closing(_open_reader(path, version_of)) as connection,
        in_words(place),
        closing(sqlite3.connect(place)) as other,
    ):
        connection.backup(other)


def _open_reader(path: Path, check: Check | None = None) -> sqlite3.Connection:
    if not path.is_file():
        raise StoreError(f"{path}: there is no store yet: `linkcheck scan` makes one")
    refuse_network(path.parent)
    address = f"{_address(path)}?mode=ro"
    with in_words(path):
        try:
            connection = _checked(path, address, check)
        except sqlite3.OperationalError:
            # On a disk that is read-only WAL cannot share its memory; without a log nobody writes.
            log = path.with_name(f"{path.name}-wal")
            if log.exists() and log.stat().st_size:
                raise
            connection = _checked(path, f"{address}&immutable=1", check)
        return connection


def _address(path: Path) -> str:
    return f"file:{quote(str(path.absolute()))}"


def _checked(path: Path, address: str, check: Check | None) -> sqlite3.Connection:
    connection = _connect(address, uri=True)
    try:
        (check or _refuse_other_versions)(path, connection)
    except BaseException:
        connection.close()
        raise
    return connection


def _refuse_other_versions(path: Path, connection: sqlite3.Connection) -> None:
    version = version_of(path, connection)
    if version is None:
        raise StoreError(f"{path}: there is nothing in this store: `linkcheck scan` fills it")
    if version < VERSION:
        raise StoreError(
            f"{path} is of version {version}, and this linkcheck works with {VERSION}:"
            " the next `linkcheck scan` brings it up to date, with a backup"
        )
