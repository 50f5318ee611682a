"""Observations into episodes: an unchanged answer makes one longer, another begins the next."""

import sqlite3
from dataclasses import dataclass
from typing import Any

import msgspec

from linkcheck.model.noun import Noun
from linkcheck.settings.freshness import FreshnessSettings
from linkcheck.settings.judging import JudgingSettings
from linkcheck.store.appraisal import Appraisal, Past, appraise, marked, verdict_of
from linkcheck.store.holding import NEVER, due_after, rank_of
from linkcheck.store.packing import Packed, deflate, encode_trace
from linkcheck.verdicts.strikes import BAD, FAILED, GOOD, Verdict

TABLES = {"archive": "want", "live": "live", "host": "host"}
UNKNOWN = "unknown"

STATE = (
    "known, untold, checked, checked_run, due, rank, strikes, regressed, first_seen, last_good,"
    " flaps"
)

_REMEMBERED = 20_000  # hashes of evidence: negatives and placeholders come by the thousand
_SECOND = 1_000_000
_DAY = 24 * 3600 * _SECOND

_LOAD = (
    "SELECT id, sameness, last_run, first_seen, last_seen, evidence, trace, marks FROM episode"
    " WHERE id = ?"
)
_INSERT = (
    "INSERT INTO episode (side, subject, first_run, last_run, first_seen, last_seen, count,"
    " verdict, sameness, finding, evidence, trace, marks)"
    " VALUES (?, ?, ?, ?, ?, ?, 1, ?, ?, ?, ?, ?, ?)"
)
_EXTEND = (
    "UPDATE episode SET last_run = ?, first_seen = ?, last_seen = ?, count = count + 1,"
    " finding = ?, evidence = ?, trace = ?, marks = ? WHERE id = ?"
)
_REVERT = (
    "UPDATE episode SET last_run = ?, first_seen = ?, last_seen = ?, count = count - 1, marks = ?,"
    " evidence = ?, trace = ? WHERE id = ?"
)
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


class Sighting(Noun, frozen=True, kw_only=True, gc=False):
    """One observation, ready to be kept."""

    side: str
    subject: int
    name: str  # from which jitter comes
    at: int
    verdict: Verdict | None  # None: a host whose addresses differ
    untold: bool
    sameness: bytes
    finding: str  # JSON
    packed: Packed


class Ledger:
    """Keep the episodes of one run. Every call is part of a transaction of the caller's."""

    def __init__(
        self, run: int, dictionary: bytes, judging: JudgingSettings, freshness: FreshnessSettings
    ) -> None:
        self.run = run
        self.replaced: set[int] = set()  # evidence that another has taken the place of
        self._dictionary = dictionary
        self._judging = judging
        self._freshness = freshness
        self._known: dict[bytes, int] = {}

    def forget(self) -> None:
        """Forget what a transaction that failed had put in."""
        self._known.clear()

    def take(self, connection: sqlite3.Connection, seen: Sighting, state: State) -> None:
        """Keep one sighting, and how its subject stands now."""
        again = state.checked_run == self.run
        if again:
            self._revert(connection, seen, state)
        latest = self._latest(connection, seen, state)
        evidence = self._evidence(connection, seen.packed)
        if latest is not None and latest[1] == seen.sameness:
            episode = self._extend(connection, seen, latest, evidence)
        else:
            episode = self._insert(connection, seen, evidence)
            latest = None
        if seen.untold:
            state.untold, state.due = episode, 0
        else:
            known, state.known, state.untold = state.known, episode, None
            state.rank = rank_of(seen.verdict)
            state.due = due_after(seen.verdict, seen.at, seen.name, self._freshness)
            self._appraise(connection, seen, state, afresh=again or known != episode)
        state.checked, state.checked_run = seen.at, self.run
        keep(connection, seen.side, seen.subject, state)

    def _latest(
        self, connection: sqlite3.Connection, seen: Sighting, state: State
    ) -> tuple[Any, ...] | None:
        """Return the episode that this one may make longer.

        What tells and what does not go apart: an outage cuts no episode in two.
        """
        number = state.untold if seen.untold else state.known
        if number is None:
            return None
        found: tuple[Any, ...] | None = connection.execute(_LOAD, (number,)).fetchone()
        return found

    def _insert(self, connection: sqlite3.Connection, seen: Sighting, evidence: int) -> int:
        bad = seen.verdict in FAILED
        cursor = connection.execute(
            _INSERT,
            (
                seen.side,
                seen.subject,
                self.run,
                self.run,
                seen.at,
                seen.at,
                seen.verdict or "",
                seen.sameness,
                seen.finding,
                evidence,
                encode_trace(seen.packed.trace),
                "[0]" if bad else None,
            ),
        )
        return cursor.lastrowid or 0

    def _extend(
        self,
        connection: sqlite3.Connection,
        seen: Sighting,
        latest: tuple[Any, ...],
        evidence: int,
    ) -> int:
        episode, _, last_run, first, last, before, trace, marks = latest
        since, until, times = _times(first, last, marks_of(first, marks), seen.at)
        if seen.verdict in FAILED:
            times = marked(times, seen.at)
        if evidence != before:
            self.replaced.add(before)
        undo = msgspec.json.encode([last_run, first, last, marks, before, trace])
        connection.execute(
            _EXTEND,
            (
                self.run,
                since,
                until,
                seen.finding,
                evidence,
                encode_trace(seen.packed.trace),
                marks_text(since, times),
                episode,
            ),
        )
        connection.execute(
            "INSERT OR REPLACE INTO undo (episode, body) VALUES (?, ?)", (episode, undo.decode())
        )
        return int(episode)

    def _revert(self, connection: sqlite3.Connection, seen: Sighting, state: State) -> None:
        """Take back what this run has said of the subject: it knows better now."""
        touched = connection.execute(
            "SELECT id, first_run, undo.body, evidence FROM episode"
            " LEFT JOIN undo ON undo.episode = episode.id"
            " WHERE subject = ? AND side = ? AND last_run = ?",
            (seen.subject, seen.side, self.run),
        ).fetchall()
        for episode, first_run, undo, evidence in touched:
            self.replaced.add(evidence)
            if first_run == self.run:
                connection.execute("DELETE FROM episode WHERE id = ?", (episode,))
            elif undo is not None:
                last_run, first, last, marks, before, trace = msgspec.json.decode(undo)
                connection.execute(_REVERT, (last_run, first, last, marks, before, trace, episode))
        restore(connection, seen.side, seen.subject, state)

    def _appraise(
        self, connection: sqlite3.Connection, seen: Sighting, state: State, *, afresh: bool
    ) -> None:
        if afresh and state.first_seen is None and seen.verdict is not None:
            # The first answer of all, as most are in a first scan.
            state.strikes = int(seen.verdict in BAD)
            state.first_seen = seen.at
            state.last_good = seen.at if seen.verdict in GOOD else None
            return
        if seen.verdict in GOOD and not afresh and not state.strikes and state.first_seen:
            state.last_good, state.first_seen = seen.at, min(state.first_seen, seen.at)
            return
        set_appraisal(state, appraise(past_of(connection, seen.side, seen.subject), self._judging))

    def _evidence(self, connection: sqlite3.Connection, packed: Packed) -> int:
        known = self._known.get(packed.hash)
        if known is not None:
            return known
        found = connection.execute(
            "SELECT id FROM evidence WHERE hash = ?", (packed.hash,)
        ).fetchone()
        if found is None:
            body = deflate(packed.document, self._dictionary)
            cursor = connection.execute(
                "INSERT INTO evidence (hash, body) VALUES (?, ?)", (packed.hash, body)
            )
            number = cursor.lastrowid or 0
        else:
            number = found[0]
        if len(self._known) >= _REMEMBERED:
            self._known.clear()
        self._known[packed.hash] = number
        return number


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


def past_of(connection: sqlite3.Connection, side: str, subject: int) -> list[Past]:
    """Return the episodes of a subject that told something, oldest first."""
    rows = connection.execute(
        "SELECT verdict, first_seen, last_seen, marks FROM episode"
        " WHERE subject = ? AND side = ? AND verdict NOT IN ('', ?) ORDER BY id",
        (subject, side, UNKNOWN),
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


def _times(
    first: int, last: int, marks: tuple[int, ...], at: int
) -> tuple[int, int, tuple[int, ...]]:
    """Return an episode's times with one more; what a clock that ran ahead had noted is dropped."""
    if at >= last - _DAY:
        return min(first, at), max(last, at), marks
    return min(first, at), at, tuple(mark for mark in marks if mark <= at)
