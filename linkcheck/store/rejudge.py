"""New rules, old evidence: everything is judged again, and nobody is asked."""

import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

from msgspec.structs import replace

from linkcheck.model.observation import ArchiveObservation, HostObservation, LiveObservation
from linkcheck.settings.freshness import FreshnessSettings
from linkcheck.settings.judging import JudgingSettings
from linkcheck.store.appraisal import appraise, verdict_of
from linkcheck.store.database import Database, Row
from linkcheck.store.holding import FAILING, due_after, rank_of
from linkcheck.store.names import state_of, want_of
from linkcheck.store.nouns import Judges, Rejudged
from linkcheck.store.packing import WAS, decode_trace, encode_trace, sparse
from linkcheck.store.recall import EPISODE, Recall, written
from linkcheck.store.sameness import same_archive, same_live
from linkcheck.store.state import TABLES, State, keep, past_of, restore, set_appraisal
from linkcheck.store.upheaval import note_upheaval

RULES = "rules"
_BATCH = 2_000

_ARCHIVE = (
    f"SELECT episode.id, want.id, archive.name, subject.key, subject.original, want.timestamp,"
    f" want.role, want.time, want.published, {EPISODE} FROM episode"
    " JOIN evidence ON evidence.id = episode.evidence JOIN want ON want.id = episode.subject"
    " JOIN subject ON subject.id = want.subject JOIN archive ON archive.id = subject.archive"
    " WHERE episode.side = 'archive' ORDER BY episode.id"
)
_WEB = {
    side: f"SELECT episode.id, {side}.id, {side}.{name}, {EPISODE} FROM episode"
    f" JOIN evidence ON evidence.id = episode.evidence JOIN {side} ON {side}.id = episode.subject"
    f" WHERE episode.side = '{side}' ORDER BY episode.id"
    for side, name in (("live", "original"), ("host", "name"))
}

Judged = ArchiveObservation | LiveObservation | HostObservation


@dataclass(frozen=True, slots=True)
class _Other:
    """An episode whose finding is another now."""

    episode: int
    side: str
    subject: int
    verdict: str
    finding: str
    sameness: bytes
    trace: bytes | None
    turned: bool  # the verdict too


class Rejudging:
    """Judge a store again by other rules."""

    def __init__(
        self,
        database: Database,
        recall: Recall,
        judging: JudgingSettings,
        freshness: FreshnessSettings,
    ) -> None:
        self._database = database
        self._recall = recall
        self._judging = judging
        self._freshness = freshness
        self._count = 0

    def by(self, judges: Judges) -> Rejudged:
        """Judge all episodes again where the rules are others than the last time's.

        Killed in the middle it begins anew the next time: judging twice changes nothing.
        """
        known = self._database.row("SELECT value FROM note WHERE name = ?", (RULES,))
        rules = judges.rules.encode()
        if known is not None and known[0] == rules:
            return Rejudged()
        turned = 0
        touched: dict[str, set[int]] = {side: set() for side in TABLES}
        self._count = 0
        others = self._others(judges, "" if known is None else known[0].decode())
        while batch := list(islice(others, _BATCH)):
            with self._database.transaction() as connection:
                note_upheaval(connection)
                connection.executemany(
                    "UPDATE episode SET verdict = ?, finding = ?, sameness = ?, trace = ?"
                    " WHERE id = ?",
                    [
                        (one.verdict, one.finding, one.sameness, one.trace, one.episode)
                        for one in batch
                    ],
                )
            for one in batch:
                touched[one.side].add(one.subject)
                turned += one.turned
        for side, subjects in touched.items():
            self._settle(side, subjects)
        with self._database.transaction() as connection:
            connection.execute(
                "INSERT INTO note (name, value) VALUES (?, ?)"
                " ON CONFLICT DO UPDATE SET value = excluded.value",
                (RULES, rules),
            )
        return Rejudged(judged=self._count, changed=turned)

    def _others(self, judges: Judges, before: str) -> Iterator[_Other]:
        """Yield the episodes that come out differently."""
        for episode, side, (subject, original), row, seen in self._episodes():
            self._count += 1
            again = _judged(seen, judges)
            if isinstance(again, ArchiveObservation):
                finding = written(again.finding, original, again.suggestion)
            else:
                finding = written(again.finding, original)
            if finding == row[2]:
                continue
            verdict = "" if again.finding is None else str(again.finding.verdict)
            sameness = (
                same_archive(again) if isinstance(again, ArchiveObservation) else same_live(again)
            )
            trace = _remembering(row, seen, again, before)
            turned = verdict != row[0]
            yield _Other(episode, side, subject, verdict, finding, sameness, trace, turned)

    def _episodes(self) -> Iterator[tuple[int, str, tuple[int, str], Row, Judged]]:
        for row in self._database.stream(_ARCHIVE):
            episode, want, archive, key, original, *wanted = row[:9]
            seen = self._recall.archive(
                row[9:], archive=archive, key=key, original=original, want=want_of(*wanted)
            )
            yield episode, "archive", (want, original), row[9:], seen
        for row in self._database.stream(_WEB["live"]):
            yield row[0], "live", (row[1], row[2]), row[3:], self._recall.live(row[3:], row[2])
        for row in self._database.stream(_WEB["host"]):
            yield row[0], "host", (row[1], row[2]), row[3:], self._recall.host(row[3:], row[2])

    def _settle(self, side: str, subjects: set[int]) -> None:
        """Weigh again what had other verdicts, and what strikes are counted of."""
        table = TABLES[side]
        failing = self._database.rows(f"SELECT id FROM {table} WHERE rank = ?", (FAILING,))
        every = iter(sorted(subjects | {number for (number,) in failing}))
        while batch := list(islice(every, _BATCH)):
            with self._database.transaction() as connection:
                note_upheaval(connection)
                for number in batch:
                    state = state_of(connection, table, number)
                    restore(connection, side, number, state)
                    set_appraisal(state, appraise(past_of(connection, side, number), self._judging))
                    if number in subjects:
                        self._plan(connection, side, state)
                    keep(connection, side, number, state)

    def _plan(self, connection: sqlite3.Connection, side: str, state: State) -> None:
        """Set anew when it is due: what only now looks bad is not asked three months later."""
        row = connection.execute(
            "SELECT verdict, last_seen FROM episode WHERE id = ?", (state.known,)
        ).fetchone()
        verdict = None if row is None else verdict_of(side, row[0])
        state.rank = rank_of(verdict)
        silent = state.untold is not None or row is None
        state.due = 0 if silent else due_after(verdict, row[1], "", self._freshness)


def _remembering(row: Row, seen: Judged, again: Judged, rules: str) -> bytes | None:
    """Return an episode's trace with what the older rules had made of it."""
    trace = decode_trace(row[3])
    old, new = seen.finding, again.finding
    if old is not None and (new is None or (old.verdict, old.rule) != (new.verdict, new.rule)):
        trace[WAS] = {"finding": sparse(old), "rules": rules}
    return encode_trace(trace)


def _judged(seen: Judged, judges: Judges) -> Judged:
    match seen:
        case ArchiveObservation():
            return replace(seen, finding=judges.archive(seen.evidence))
        case LiveObservation():
            return replace(seen, finding=judges.live(seen.evidence))
        case HostObservation():
            return replace(seen, finding=judges.host(seen.evidence))
