"""Versions of the store: made anew, brought up to date with a backup first, or refused."""

import re
import sqlite3
from contextlib import closing
from importlib.resources import files
from pathlib import Path

from linkcheck.errors import StoreError

VERSION = 2
APPLICATION = 0x6C636864
"""SQLite's field for whose file it is: `lchd`."""

_STEP = re.compile(r"(\d{4})_\w+\.sql")


def version_of(path: Path, connection: sqlite3.Connection) -> int | None:
    """Return a store's version; None of an empty file. Refuse what is no store, or a newer one."""
    version: int = connection.execute("PRAGMA user_version").fetchone()[0]
    owner: int = connection.execute("PRAGMA application_id").fetchone()[0]
    tables: int = connection.execute("SELECT count(*) FROM sqlite_schema").fetchone()[0]
    if not tables and not version and owner in {0, APPLICATION}:
        return None
    if owner != APPLICATION:
        log = path.with_name(f"{path.name}-wal")
        words = f" (or {log.name} beside it is: delete it and -shm where you put a backup back)"
        raise StoreError(
            f"{path} is some other program's database{words if _is_there(log) else ''}:"
            " nothing was changed in it"
        )
    if version > VERSION:
        raise StoreError(
            f"{path} was written by a newer linkcheck (store version {version}; this one knows up"
            f" to {VERSION}): update linkcheck; nothing was changed"
        )
    return version


def _is_there(log: Path) -> bool:
    return log.exists() and log.stat().st_size > 0


def create(connection: sqlite3.Connection) -> None:
    """Make an empty store."""
    schema = files("linkcheck.store").joinpath("schema.sql").read_text(encoding="utf-8")
    _in_one(connection, schema, VERSION)


def migrate(path: Path, connection: sqlite3.Connection, version: int) -> None:
    """Bring a store up to date step by step, after it was copied to a file beside it."""
    backup(path, connection, version)
    for number, script in steps():
        if number > version:
            _in_one(connection, script, number)
    if connection.execute("PRAGMA user_version").fetchone()[0] != VERSION:
        raise StoreError(f"{path}: there is no way from store version {version} to {VERSION}")


def backup(path: Path, connection: sqlite3.Connection, version: int) -> Path:
    """Copy a store, its log included, to a file that names its version."""
    place = path.with_name(f"{path.stem}-version-{version}.backup.db")
    number = 1
    while place.exists():  # an earlier backup may be the good one
        number += 1
        place = path.with_name(f"{path.stem}-version-{version}.backup-{number}.db")
    with closing(sqlite3.connect(place)) as copy:
        connection.backup(copy)
    return place


def steps() -> tuple[tuple[int, str], ...]:
    """Return the numbered steps, in order."""
    found = []
    for file in files("linkcheck.store.migrations").iterdir():
        match = _STEP.fullmatch(file.name)
        if match is not None:
            found.append((int(match[1]), file.read_text(encoding="utf-8")))
    return tuple(sorted(found))


def _in_one(connection: sqlite3.Connection, script: str, version: int) -> None:
    """Run a script and note the version in one transaction: a power cut leaves the old one."""
    try:
        connection.executescript(
            f"BEGIN IMMEDIATE;\n{script}\nPRAGMA application_id = {APPLICATION};\n"
            f"PRAGMA user_version = {version};\nCOMMIT;"
        )
    except sqlite3.Error:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        raise
