"""Names to numbers: archives, subjects, wants, originals and hosts, made when first met."""

import sqlite3
from datetime import UTC, date, datetime, time
from typing import Any

from linkcheck.model.link import Role, Time
from linkcheck.model.subject import Want
from linkcheck.store.packing import Trace
from linkcheck.store.prepared import host_of
from linkcheck.store.state import STATE, State

WantValues = tuple[str, str, str, str]
"""Timestamp, role, time and day of a want, as its columns have them."""

_FEW = 50_000  # numbers that are remembered: some 15 MB

_ROLES = {str(one): one for one in Role}
_TIMES = {str(one): one for one in Time}

_WANT_STATE = ", ".join(f"want.{name.strip()}" for name in STATE.split(","))
_FIND_WANT = (
    f"SELECT want.id, subject.original, {_WANT_STATE} FROM subject JOIN want"
    " ON want.subject = subject.id WHERE subject.archive = ? AND subject.key = ?"
    " AND want.timestamp = ? AND want.role = ? AND want.time = ? AND want.published = ?"
)
_FIND_LIVE = f"SELECT id, {STATE} FROM live WHERE original = ?"


class Names:
    """Numbers of one transaction after another; `forget` after one that failed."""

    def __init__(self) -> None:
        self._archives: dict[str, int] = {}
        self._subjects: dict[tuple[int, str], int] = {}
        self._lives: dict[str, int] = {}
        self._hosts: dict[str, int] = {}

    def forget(self) -> None:
        """Forget all numbers."""
        for known in (self._archives, self._subjects, self._lives, self._hosts):
            known.clear()

    def archive(self, connection: sqlite3.Connection, name: str) -> int:
        """Return an archive's number."""
        known = self._archives.get(name)
        if known is None:
            known = self._archives[name] = _made(
                connection,
                "INSERT OR IGNORE INTO archive (name) VALUES (?)",
                (name,),
                "SELECT id FROM archive WHERE name = ?",
                (name,),
            )
        return known

    def subject(self, connection: sqlite3.Connection, archive: int, key: str, original: str) -> int:
        """Return a subject's number."""
        known = self._subjects.get((archive, key))
        if known is None:
            known = _made(
                connection,
                "INSERT OR IGNORE INTO subject (archive, key, original) VALUES (?, ?, ?)",
                (archive, key, original),
                "SELECT id FROM subject WHERE archive = ? AND key = ?",
                (archive, key),
            )
            if len(self._subjects) >= _FEW:
                self._subjects.clear()
            self._subjects[archive, key] = known
        return known

    def want(self, connection: sqlite3.Connection, subject: int, want: WantValues) -> int:
        """Return a want's number."""
        values = (subject, *want)
        return _made(
            connection,
            "INSERT OR IGNORE INTO want (subject, timestamp, role, time, published)"
            " VALUES (?, ?, ?, ?, ?)",
            values,
            "SELECT id FROM want WHERE subject = ? AND timestamp = ? AND role = ? AND time = ?"
            " AND published = ?",
            values,
        )

    def live(self, connection: sqlite3.Connection, original: str) -> int:
        """Return an original's number."""
        known = self._lives.get(original)
        if known is None:
            known = _made(
                connection,
                "INSERT OR IGNORE INTO live (original, host) VALUES (?, ?)",
                (original, self.host(connection, host_of(original) or "")),
                "SELECT id FROM live WHERE original = ?",
                (original,),
            )
            if len(self._lives) >= _FEW:
                self._lives.clear()
            self._lives[original] = known
        return known

    def host(self, connection: sqlite3.Connection, name: str) -> int:
        """Return a host's number."""
        known = self._hosts.get(name)
        if known is None:
            known = self._hosts[name] = _made(
                connection,
                "INSERT OR IGNORE INTO host (name) VALUES (?)",
                (name,),
                "SELECT id FROM host WHERE name = ?",
                (name,),
            )
        return known

    def live_state(self, connection: sqlite3.Connection, original: str) -> tuple[int, State]:
        """Return an original's number, and how it stands."""
        found = connection.execute(_FIND_LIVE, (original,)).fetchone()
        if found is None:
            return self.live(connection, original), State()
        return found[0], State(*found[1:])

    def want_state(
        self,
        connection: sqlite3.Connection,
        archive: str,
        key: str,
        original: str,
        want: WantValues,
    ) -> tuple[int, str, State]:
        """Return a want's number, its subject's spelling, and how it stands."""
        number = self.archive(connection, archive)
        values = (number, key, *want)
        found = connection.execute(_FIND_WANT, values).fetchone()
        if found is not None:
            return found[0], found[1], State(*found[2:])
        subject = self.subject(connection, number, key, original)
        spelled = connection.execute(
            "SELECT original FROM subject WHERE id = ?", (subject,)
        ).fetchone()[0]
        return self.want(connection, subject, want), spelled, State()


def state_of(connection: sqlite3.Connection, table: str, number: int) -> State:
    """Return how an original or a host stands."""
    row = connection.execute(f"SELECT {STATE} FROM {table} WHERE id = ?", (number,)).fetchone()
    return State(*row)


def want_values(want: Want) -> WantValues:
    """Return a want as it is kept."""
    published = "" if want.published is None else want.published.isoformat()
    time = "" if want.time is None else want.time.value
    return want.timestamp or "", want.role.value, time, published


def want_of(timestamp: str, role: str, time: str, published: str) -> Want:
    """Return a want from how it is kept."""
    return Want(
        timestamp=timestamp or None,
        role=_ROLES[role],
        time=_TIMES[time] if time else None,
        published=date.fromisoformat(published) if published else None,
    )


def context_of(archive: str, original: str, want: Want) -> Trace:
    """Return what evidence of a want says of what was asked: it is not kept twice."""
    day = want.published
    return {
        "archive": archive,
        "original": original,
        "timestamp": want.timestamp,
        "role": want.role,
        "time": want.time,
        "published": None if day is None else datetime.combine(day, time(), UTC),
    }


def _made(
    connection: sqlite3.Connection,
    make: str,
    new: tuple[Any, ...],
    find: str,
    values: tuple[Any, ...],
) -> int:
    """Return the number of something that most often is new."""
    cursor = connection.execute(make, new)
    if cursor.rowcount == 1:
        return cursor.lastrowid or 0
    return int(connection.execute(find, values).fetchone()[0])
