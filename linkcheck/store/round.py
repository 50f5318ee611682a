"""The round of scans that no run has brought to its end: what its runs saw is gone on with."""

from collections.abc import Iterator

import msgspec

from linkcheck.model.manifest import Ended
from linkcheck.model.observation import ArchiveObservation
from linkcheck.store.database import Database
from linkcheck.store.moments import span
from linkcheck.store.names import want_of
from linkcheck.store.recall import EPISODE, Recall
from linkcheck.store.visits import YOUNG

_RUNS = (
    "SELECT seq, CAST(manifest AS TEXT) ->> '$.ending.ended' FROM run"
    " WHERE seq < ? AND alive BETWEEN ? AND ? ORDER BY seq DESC"
)
_BEGUN = (
    "SELECT subject.key, subject.original, want.timestamp, want.role, want.time, want.published,"
    f" {EPISODE} FROM archive JOIN subject ON subject.archive = archive.id"
    " JOIN want ON want.subject = subject.id"
    " JOIN episode ON episode.id = coalesce(want.untold, want.known)"
    " JOIN evidence ON evidence.id = episode.evidence"
    " WHERE archive.name = :archive AND want.checked_run IN (SELECT value FROM json_each(:runs))"
    " AND EXISTS (SELECT 1 FROM link WHERE link.want = want.id) ORDER BY subject.key, want.id"
)


def open_runs(database: Database, current: int | None, now: int) -> tuple[int, ...]:
    """Return the runs since the last one that was there to the end, as far as they are young."""
    found = []
    before = 1 << 62 if current is None else current
    for run, ended in database.rows(_RUNS, (before, now - span(YOUNG), now)):
        if ended == Ended.COMPLETE:
            break
        found.append(run)
    return tuple(found)


def begun(
    database: Database, recall: Recall, archive: str, runs: tuple[int, ...]
) -> Iterator[ArchiveObservation]:
    """Yield what these runs came to last, sorted by key."""
    if not runs:
        return
    values = {"archive": archive, "runs": as_list(runs)}
    for key, original, timestamp, role, time, published, *row in database.stream(_BEGUN, values):
        yield recall.archive(
            tuple(row),
            archive=archive,
            key=key,
            original=original,
            want=want_of(timestamp, role, time, published),
        )


def as_list(runs: tuple[int, ...]) -> str:
    """Return runs as statements take them."""
    return msgspec.json.encode(runs).decode()
