"""Visits to hosts of the live web that a run did not bring to their end, kept for the next one."""

import sqlite3
from datetime import timedelta

from linkcheck.model.visit import Heard
from linkcheck.store.database import Database
from linkcheck.store.moments import moment, number, span

YOUNG = timedelta(days=1)
"""What was heard longer ago is asked again: a host is judged by answers of one time."""

_PUT = (
    "INSERT OR REPLACE INTO heard (host, question, seed, at, url, body) VALUES (?, ?, ?, ?, ?, ?)"
)
_OF = "SELECT seed, at, question, url, body FROM heard WHERE host = ? ORDER BY at, question"


class Visits:
    """The visits that are open, as the writer sees them."""

    def __init__(self, database: Database) -> None:
        self._open = {host for (host,) in database.rows("SELECT DISTINCT host FROM heard")}

    @property
    def hosts(self) -> frozenset[str]:
        """Return the hosts whose visit was begun and not ended."""
        return frozenset(self._open)

    def take(self, connection: sqlite3.Connection, heard: Heard) -> int:
        """Keep one answer."""
        at = number(heard.at)
        values = (heard.host, heard.question, heard.seed, at, heard.url, heard.body)
        connection.execute(_PUT, values)
        self._open.add(heard.host)
        return at

    def end(self, connection: sqlite3.Connection, host: str) -> None:
        """Forget what was heard of a host: it was judged."""
        if host in self._open:
            connection.execute("DELETE FROM heard WHERE host = ?", (host,))


def drop_old(connection: sqlite3.Connection, now: int) -> None:
    """Forget what was heard too long ago, or by a clock that ran ahead; whole visits."""
    connection.execute(
        "DELETE FROM heard WHERE host IN (SELECT host FROM heard WHERE at NOT BETWEEN ? AND ?)",
        (now - span(YOUNG), now),
    )


def heard_of(database: Database, host: str) -> tuple[Heard, ...]:
    """Return what was heard of a host in a visit that is not over."""
    return tuple(
        Heard(host=host, seed=seed, at=moment(at), question=question, url=url, body=body)
        for seed, at, question, url, body in database.rows(_OF, (host,))
    )
