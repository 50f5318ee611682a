"""Observations into episodes: an unchanged answer makes one longer, another begins the next."""

import sqlite3
from typing import Any, NamedTuple

import msgspec

from linkcheck.settings.freshness import FreshnessSettings
from linkcheck.settings.judging import JudgingSettings
from linkcheck.store.appraisal import MARKS, appraise, marked
from linkcheck.store.bodies import Bodies
from linkcheck.store.holding import due_after, rank_of
from linkcheck.store.sighting import Sighting
from linkcheck.store.state import (
    State,
    keep,
    marks_of,
    marks_text,
    past_of,
    restore,
    set_appraisal,
)
from linkcheck.verdicts.strikes import BAD, FAILED, GOOD

_DAY = 24 * 3600 * 1_000_000

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


class Owner(NamedTuple):
    """What an episode is of: a want, an original, or a host."""

    side: str
    number: int
    name: str  # from which jitter comes


class Ledger:
    """Keep the episodes of one run. Every call is part of a transaction of the caller's."""

    def __init__(
        self,
        run: int,
        dictionary: bytes,
        judging: JudgingSettings,
        freshness: FreshnessSettings,
        *,
        goes_on: frozenset[int] = frozenset(),
    ) -> None:
        self.run = run
        self.goes_on = goes_on  # with what these runs have begun
        self.replaced: set[int] = set()  # evidence that another has taken the place of
        self._judging = judging
        self._freshness = freshness
        self._bodies = Bodies(dictionary)

    def forget(self) -> None:
        """Forget what a transaction that failed had put in."""
        self._bodies.forget()

    def take(
        self, connection: sqlite3.Connection, owner: Owner, seen: Sighting, state: State
    ) -> bool:
        """Keep one sighting, and how its owner stands now; tell whether it was counted before.

        What a visit repeats was not: it belongs to what this run has to do.
        """
        mine = state.checked_run == self.run
        again = mine or self._is_told_anew(owner, seen, state)
        if again:
            self._revert(connection, owner, state)
        latest = self._latest(connection, seen, state)
        evidence = self._bodies.take(connection, seen.packed)
        if latest is not None and latest[1] == seen.sameness:
            episode = self._extend(connection, seen, latest, evidence)
        else:
            episode = self._insert(connection, owner, seen, evidence)
            latest = None
        if seen.untold:
            state.untold, state.due = episode, 0
        else:
            known, state.known, state.untold = state.known, episode, None
            state.rank = rank_of(seen.verdict)
            state.due = due_after(seen.verdict, seen.at, owner.name, self._freshness)
            self._appraise(connection, owner, seen, state, afresh=again or known != episode)
        state.checked, state.checked_run = seen.at, self.run
        keep(connection, owner.side, owner.number, state)
        return mine or (again and owner.side == "archive")

    def _is_told_anew(self, owner: Owner, seen: Sighting, state: State) -> bool:
        """Tell what takes the place of a sighting in the round that this run goes on with.

        A visit repeats what was heard. What the archive's lane says once more, it knows better now;
        but an attempt in vain stays one.
        """
        if state.checked_run not in self.goes_on or state.checked is None:
            return False
        if owner.side != "archive":
            return state.checked == seen.at
        return state.untold is None and seen.at - state.checked < _DAY

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

    def _insert(
        self, connection: sqlite3.Connection, owner: Owner, seen: Sighting, evidence: int
    ) -> int:
        bad = seen.verdict in FAILED
        cursor = connection.execute(
            _INSERT,
            (
                owner.side,
                owner.number,
                self.run,
                self.run,
                seen.at,
                seen.at,
                seen.verdict or "",
                seen.sameness,
                seen.finding,
                evidence,
                seen.packed.trace,
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
        told = trace.decode() if isinstance(trace, bytes) else trace  # as JSON has no bytes
        undo = msgspec.json.encode([last_run, first, last, marks, before, told])
        connection.execute(
            _EXTEND,
            (
                self.run,
                since,
                until,
                seen.finding,
                evidence,
                seen.packed.trace,
                marks_text(since, times),
                episode,
            ),
        )
        connection.execute(
            "INSERT OR REPLACE INTO undo (episode, body) VALUES (?, ?)", (episode, undo.decode())
        )
        return int(episode)

    def _revert(self, connection: sqlite3.Connection, owner: Owner, state: State) -> None:
        """Take back what this run, or the one it goes on with, has said: it knows better now."""
        run = state.checked_run
        touched = connection.execute(
            "SELECT id, first_run, undo.body, evidence FROM episode"
            " LEFT JOIN undo ON undo.episode = episode.id"
            " WHERE subject = ? AND side = ? AND last_run = ?",
            (owner.number, owner.side, run),
        ).fetchall()
        for episode, first_run, undo, evidence in touched:
            self.replaced.add(evidence)
            if first_run == run:
                connection.execute("DELETE FROM episode WHERE id = ?", (episode,))
            elif undo is not None:
                last_run, first, last, marks, before, trace = msgspec.json.decode(undo)
                connection.execute(_REVERT, (last_run, first, last, marks, before, trace, episode))
        restore(connection, owner.side, owner.number, state)

    def _appraise(
        self,
        connection: sqlite3.Connection,
        owner: Owner,
        seen: Sighting,
        state: State,
        *,
        afresh: bool,
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
        if seen.verdict in FAILED and not afresh and state.first_seen is not None:
            if state.strikes > MARKS:
                return  # more than enough, and no more moments are kept
            # The same bad answer again: only strikes can be more, and only since the last good one.
            tail = past_of(connection, owner.side, owner.number, after=state.last_good)
            state.strikes = appraise(tail, self._judging).strikes
            return
        set_appraisal(state, appraise(past_of(connection, owner.side, owner.number), self._judging))


def _times(
    first: int, last: int, marks: tuple[int, ...], at: int
) -> tuple[int, int, tuple[int, ...]]:
    """Return an episode's times with one more; what a clock that ran ahead had noted is dropped."""
    if at >= last - _DAY:
        return min(first, at), max(last, at), marks
    return min(first, at), at, tuple(mark for mark in marks if mark <= at)
