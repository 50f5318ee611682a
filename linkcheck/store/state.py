"""How wants, originals and hosts stand: the columns that their three tables share."""

import sqlite3
from dataclasses import dataclass

import msgspec

from linkcheck.store.appraisal import Appraisal, Past, verdict_of
from linkcheck.store.holding import NEVER

TABLES = {"archive": "want", "live": "live", "host": "host"}
UNKNOWN = "unknown"

STATE = (
    "known, untold, checked, checked_run, due, rank, strikes, regressed, first_seen, last_good,"
    " flaps"
)

_SECOND = 1_000_000
_EARLIEST = -(1 << 62)

_KEEP = {
    side: f"UPDATE {table} SET known = ?, untold = ?, checked = ?, checked_run = ?, due = ?,"
    " rank = ?, strikes = ?, regressed = ?, first_seen = ?, last_good = ?, flaps = ? WHERE id = ?"
    for side, table in TABLES.items()
}


@dataclass(slots=True)
class State:
    """How a want, an original or a host stands: the columns that the three tables share."""

    known: int | None = None
    untold: int | None = None
    checked: int | None = None
    checked_run: int | None = None
    due: int = 0
    rank: int = NEVER
    strikes: int = 0
    regressed: int = 0
    first_seen: int | None = None
    last_good: int | None = None
    flaps: int = 0


def keep(connection: sqlite3.Connection, side: str, subject: int, state: State) -> None:
    """Write down how a subject stands."""
    connection.execute(
        _KEEP[side],
        (
            state.known,
            state.untold,
            state.checked,
            state.checked_run,
            state.due,
            state.rank,
            state.strikes,
            state.regressed,
            state.first_seen,
            state.last_good,
            state.flaps,
            subject,
        ),
    )


def restore(connection: sqlite3.Connection, side: str, subject: int, state: State) -> None:
    """Set a state's episodes to those that are there."""
    known = connection.execute(
        "SELECT id, last_run FROM episode WHERE subject = ? AND side = ? AND verdict != ?"
        " ORDER BY id DESC LIMIT 1",
        (subject, side, UNKNOWN),
    ).fetchone()
    untold = connection.execute(
        "SELECT id, last_run FROM episode WHERE subject = ? AND side = ? AND verdict = ?"
        " ORDER BY id DESC LIMIT 1",
        (subject, side, UNKNOWN),
    ).fetchone()
    newer = untold is not None and (known is None or untold[1] > known[1])
    state.known = None if known is None else known[0]
    state.untold = untold[0] if newer else None
    if known is None:
        state.rank = NEVER
        set_appraisal(state, Appraisal())


def past_of(
    connection: sqlite3.Connection, side: str, subject: int, *, after: int | None = None
) -> list[Past]:
    """Return the episodes of a subject that told something, oldest first."""
    rows = connection.execute(
        "SELECT verdict, first_seen, last_seen, marks FROM episode"
        f" WHERE subject = ? AND side = ? AND verdict NOT IN ('', '{UNKNOWN}') AND first_seen > ?"
        " ORDER BY id",
        (subject, side, _EARLIEST if after is None else after),
    )
    return [past(side, *row) for row in rows]


def past(side: str, verdict: str, first: int, last: int, marks: str | None) -> Past:
    """Return one episode as it is weighed."""
    known = verdict_of(side, verdict)
    if known is None:
        raise ValueError(f"{verdict!r} is no verdict of the {side} side")
    return Past(known, first, last, marks_of(first, marks))


def marks_of(first: int, text: str | None) -> tuple[int, ...]:
    """Return the moments of marks."""
    return tuple(first + after * _SECOND for after in msgspec.json.decode(text)) if text else ()


def marks_text(first: int, marks: tuple[int, ...]) -> str | None:
    """Return marks as they are kept."""
    if not marks:
        return None
    return msgspec.json.encode([(mark - first) // _SECOND for mark in marks]).decode()


def set_appraisal(state: State, found: Appraisal) -> None:
    """Note an appraisal in a state."""
    state.strikes, state.regressed = found.strikes, int(found.regressed)
    state.first_seen, state.last_good = found.first_seen, found.last_good
    state.flaps = found.flaps
