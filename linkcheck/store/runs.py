"""Runs, and the chain of their manifests."""

import sqlite3
from collections.abc import Iterable

import msgspec

from linkcheck.errors import StoreError, UsageError
from linkcheck.model.manifest import (
    Beginning,
    Ended,
    Ending,
    Manifest,
    digest_of,
    encoded,
)
from linkcheck.model.run import Run
from linkcheck.store.database import Database, Row
from linkcheck.store.moments import moment, moment_or_none, number
from linkcheck.store.nouns import RunRecord

_COLUMNS = "seq, id, started, ended, manifest"

_WAITING = "unused"  # the note of evidence that is to be looked for
_EPISODES = 1_000  # for each of those as many are looked through, and no more


def begin(connection: sqlite3.Connection, run: Run, beginning: Beginning) -> int:
    """Note a run's beginning and return its place among all; seal those left without a word."""
    left = connection.execute("SELECT seq, alive FROM run WHERE manifest IS NULL ORDER BY seq")
    for sequence, alive in left.fetchall():
        seal(connection, sequence, Ending(ended=Ended.KILLED, ended_at=moment(alive)))
    if connection.execute("SELECT 1 FROM run WHERE id = ?", (run.id,)).fetchone():
        raise StoreError(f"there is a run {run.id} already: runs have names of their own")
    started = number(run.started_at)
    cursor = connection.execute(
        "INSERT INTO run (id, started, seed, beginning, alive) VALUES (?, ?, ?, ?, ?)",
        (run.id, started, run.seed, msgspec.json.encode(beginning).decode(), started),
    )
    return cursor.lastrowid or 0


def seal(connection: sqlite3.Connection, sequence: int, ending: Ending) -> Manifest:
    """Write a run's manifest, with the hash of the one before it."""
    run, started, seed, beginning = connection.execute(
        "SELECT id, started, seed, beginning FROM run WHERE seq = ?", (sequence,)
    ).fetchone()
    before = connection.execute(
        "SELECT manifest FROM run WHERE seq < ? AND manifest IS NOT NULL ORDER BY seq DESC LIMIT 1",
        (sequence,),
    ).fetchone()
    manifest = Manifest(
        run=run,
        previous=None if before is None else digest_of(before[0]),
        started_at=moment(started),
        seed=seed,
        beginning=msgspec.json.decode(beginning, type=Beginning),
        ending=ending,
    )
    connection.execute(
        "UPDATE run SET ended = ?, manifest = ? WHERE seq = ?",
        (number(ending.ended_at), encoded(manifest), sequence),
    )
    return manifest


def drop_unused(connection: sqlite3.Connection, candidates: Iterable[int]) -> int:
    """Delete evidence that no episode rests on any more, of these and of those that wait.

    All episodes are looked through for that: in a large store a few wait until there are more.
    """
    noted = connection.execute("SELECT value FROM note WHERE name = ?", (_WAITING,)).fetchone()
    waiting = msgspec.json.decode(noted[0], type=set[int]) if noted else set()
    wanted = waiting.union(candidates)
    if not wanted:
        return 0
    episodes = connection.execute("SELECT max(id) FROM episode").fetchone()[0] or 0
    enough = len(wanted) * _EPISODES >= episodes
    if enough:
        used = connection.execute("SELECT evidence FROM episode")
        wanted.difference_update(one for (one,) in used)
        connection.executemany(
            "DELETE FROM evidence WHERE id = ?", [(one,) for one in sorted(wanted)]
        )
    left = set() if enough else wanted
    if left != waiting:
        connection.execute(
            "INSERT INTO note (name, value) VALUES (?, ?)"
            " ON CONFLICT DO UPDATE SET value = excluded.value",
            (_WAITING, msgspec.json.encode(sorted(left))),
        )
    return len(wanted) if enough else 0


def all_runs(database: Database) -> tuple[RunRecord, ...]:
    """Return all runs, oldest first."""
    return tuple(_record(row) for row in database.rows(f"SELECT {_COLUMNS} FROM run ORDER BY seq"))


def run_named(database: Database, name: str) -> RunRecord:
    """Return a run by its id, by the date it started on (the last one), or `last`."""
    runs = all_runs(database)
    if name == "last":
        found = [run for run in runs if run.ended_at is not None]
    else:
        found = [run for run in runs if run.id == name] or [
            run for run in runs if run.started_at.date().isoformat() == name
        ]
    if not found:
        known = ", ".join(run.id for run in runs[-5:]) or "none yet"
        raise UsageError(f"there is no run {name!r}; the latest are: {known}")
    return found[-1]


def sequence_of(database: Database, run: str) -> int:
    """Return a run's place among all."""
    row = database.row("SELECT seq FROM run WHERE id = ?", (run,))
    if row is None:
        raise UsageError(f"there is no run {run!r}")
    return int(row[0])


def chain_faults(database: Database) -> tuple[str, ...]:
    """Return what is wrong with the chain of manifests."""
    faults = []
    before: str | None = None
    for run, document in database.rows(
        "SELECT id, CAST(manifest AS BLOB) FROM run WHERE manifest IS NOT NULL ORDER BY seq"
    ):
        try:
            manifest = msgspec.json.decode(document, type=Manifest)
        except (msgspec.DecodeError, msgspec.ValidationError) as error:
            faults.append(f"{run}: the manifest cannot be read: {error}")
        else:
            if manifest.run != run:
                faults.append(f"{run}: the manifest is of another run, {manifest.run}")
            if manifest.previous != before:
                faults.append(f"{run}: the manifest before it is not the one that it names")
        before = digest_of(document)
    return tuple(faults)


def _record(row: Row) -> RunRecord:
    _, run, started, ended, document = row
    manifest = None if document is None else msgspec.json.decode(document, type=Manifest)
    return RunRecord(
        id=run,
        started_at=moment(started),
        ended_at=moment_or_none(ended),
        ended=None if manifest is None else manifest.ending.ended,
        digest=None if document is None else digest_of(document),
        manifest=manifest,
    )
