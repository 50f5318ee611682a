"""Let old history go, but nothing that anything still rests on, and articles that are told to."""

import sqlite3
from collections.abc import Iterable, Sequence

from linkcheck.store.database import Database
from linkcheck.store.nouns import Pruned
from linkcheck.store.packing import decode_trace, records_of
from linkcheck.store.shelf import below
from linkcheck.store.state import TABLES, UNKNOWN
from linkcheck.store.upheaval import note_upheaval
from linkcheck.verdicts.strikes import GOOD

_GOOD = ", ".join(f"'{verdict}'" for verdict in sorted(map(str, GOOD)))
_CITED = {
    "archive": "EXISTS (SELECT 1 FROM link WHERE link.want = it.id)",
    "live": "EXISTS (SELECT 1 FROM link WHERE link.live = it.id)",
    "host": "EXISTS (SELECT 1 FROM live JOIN link ON link.live = live.id WHERE live.host = it.id)",
}


def prune(database: Database, before: int) -> Pruned:
    """Drop episodes that ended before a moment; the file gets smaller by a `VACUUM` afterwards."""
    with database.transaction() as connection:
        connection.execute("CREATE TEMP TABLE kept (id INTEGER PRIMARY KEY)")
        try:
            note_upheaval(connection)
            _protect(connection)
            found = connection.execute(
                "SELECT trace, last_seen < ? AND id NOT IN (SELECT id FROM kept) FROM episode",
                (before,),
            )
            needed, let_go = _records(found)
            episodes = connection.execute(
                "DELETE FROM episode WHERE last_seen < ? AND id NOT IN (SELECT id FROM kept)",
                (before,),
            ).rowcount
        finally:
            connection.execute("DROP TABLE temp.kept")
        connection.execute("DELETE FROM undo")
        _tidy(connection)
        evidence = connection.execute(
            "DELETE FROM evidence WHERE id NOT IN (SELECT evidence FROM episode)"
        ).rowcount
        runs = connection.execute(
            "SELECT id FROM run WHERE ended < ? AND published = 0"
            " AND seq NOT IN (SELECT last_run FROM episode) ORDER BY seq",
            (before,),
        ).fetchall()
    database.shrink()
    return Pruned(
        episodes=episodes,
        evidence=evidence,
        needed=needed,
        dropped=let_go - needed,
        runs=tuple(run for (run,) in runs),
    )


def forget(database: Database, roots: Sequence[str]) -> tuple[str, ...]:
    """Forget the articles at or below these names; return them. What was seen of links stays."""
    with database.transaction() as connection:
        known = connection.execute("SELECT id, path FROM article ORDER BY path").fetchall()
        gone = [(number, path) for number, path in known if any(below(path, r) for r in roots)]
        note_upheaval(connection)
        for number, _ in gone:
            connection.execute("DELETE FROM link WHERE article = ?", (number,))
            connection.execute("DELETE FROM article WHERE id = ?", (number,))
    return tuple(path for _, path in gone)


def _protect(connection: sqlite3.Connection) -> None:
    """Note the episodes that stay however old they are."""
    for side, table in TABLES.items():
        cited = _CITED[side]
        # What findings show now, and of hosts what stands for their originals.
        for column in ("known", "untold"):
            connection.execute(
                f"INSERT OR IGNORE INTO kept SELECT {column} FROM {table} AS it"
                f" WHERE {column} IS NOT NULL AND {cited}"
            )
        # What strikes rest on: everything from the last good answer on.
        connection.execute(
            f"INSERT OR IGNORE INTO kept SELECT episode.id FROM episode JOIN {table} AS it"
            f" ON it.id = episode.subject WHERE episode.side = '{side}' AND {cited}"
            f" AND episode.verdict != '{UNKNOWN}' AND episode.id >= coalesce((SELECT max(good.id)"
            f" FROM episode AS good WHERE good.subject = it.id AND good.side = '{side}'"
            f" AND good.verdict IN ({_GOOD})), 0)"
        )
    # What reports that were given out rest on: everything as it stood at the end of their runs.
    for (sequence,) in connection.execute("SELECT seq FROM run WHERE published = 1").fetchall():
        connection.execute(
            "INSERT OR IGNORE INTO kept SELECT max(id) FROM episode WHERE first_run <= ?"
            f" GROUP BY side, subject, verdict = '{UNKNOWN}'",
            (sequence,),
        )


def _records(found: Iterable[tuple[str | None, int]]) -> tuple[frozenset[str], frozenset[str]]:
    needed: set[str] = set()
    let_go: set[str] = set()
    for trace, goes in found:
        (let_go if goes else needed).update(records_of(decode_trace(trace)))
    return frozenset(needed), frozenset(let_go)


def _tidy(connection: sqlite3.Connection) -> None:
    """Forget what neither a link nor an episode speaks of, and pointers to what has gone."""
    for side, table in TABLES.items():
        for column in ("known", "untold"):
            connection.execute(
                f"UPDATE {table} SET {column} = NULL WHERE {column} IS NOT NULL"
                f" AND {column} NOT IN (SELECT id FROM episode)"
            )
        others = "" if side != "host" else " AND NOT EXISTS (SELECT 1 FROM live WHERE host = it.id)"
        connection.execute(
            f"DELETE FROM {table} WHERE id IN (SELECT it.id FROM {table} AS it"
            f" WHERE NOT ({_CITED[side]}){others} AND NOT EXISTS (SELECT 1 FROM episode"
            f" WHERE episode.subject = it.id AND episode.side = '{side}'))"
        )
    connection.execute("DELETE FROM subject WHERE id NOT IN (SELECT subject FROM want)")
