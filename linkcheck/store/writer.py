"""The one writer of a run."""

import sqlite3
from collections.abc import Iterable, Sequence

from msgspec.structs import replace

from linkcheck.model.manifest import Ending, Manifest
from linkcheck.model.observation import (
    ArchiveObservation,
    Headway,
    HostObservation,
    LiveObservation,
    Observation,
)
from linkcheck.model.playback import Answer
from linkcheck.model.run import Run
from linkcheck.model.visit import Heard, Visited
from linkcheck.store.accounts import completeness
from linkcheck.store.database import Database
from linkcheck.store.ledger import Ledger, Sighting
from linkcheck.store.legible import encoded, legible
from linkcheck.store.moments import number
from linkcheck.store.names import Names, context_of, state_of
from linkcheck.store.nouns import Footprint, Sweep
from linkcheck.store.packing import pack_archive, pack_live
from linkcheck.store.prepared import Prepared
from linkcheck.store.recall import written
from linkcheck.store.runs import drop_unused, seal
from linkcheck.store.sameness import is_untold, same_archive, same_live
from linkcheck.store.shelf import Shelf, corpus_of
from linkcheck.store.state import State
from linkcheck.store.visits import Visits

_CAPTURE = (
    "INSERT INTO capture (archive, key, timestamp, source, sha256, first_seen, last_seen)"
    " VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO UPDATE SET"
    " first_seen = min(first_seen, excluded.first_seen),"
    " last_seen = max(last_seen, excluded.last_seen)"
)


class Writer:
    """Take in what a run reads and sees. Made by `Store.begin`; calls may come from any thread."""

    def __init__(  # noqa: PLR0913 made in one place
        self,
        database: Database,
        *,
        run: Run,
        sequence: int,
        ledger: Ledger,
        names: Names,
        shelf: Shelf,
        visits: Visits,
    ) -> None:
        self.run = run
        self._database = database
        self._sequence = sequence
        self._ledger = ledger
        self._names = names
        self._shelf = shelf
        self._visits = visits

    def is_known(self, name: str, size: int, mtime_ns: int) -> bool:
        """Tell that a file is as it was: same size and time. It then counts as met in this run."""
        return self._shelf.is_known(name, size, mtime_ns)

    def known_below(self, root: str) -> int:
        """Return how many articles earlier runs knew below a root, a name as `sweep` takes them."""
        return self._shelf.known_below(root)

    def adopt(self, footprint: Footprint) -> bool:
        """Tell that a file's content is known, here or under a former name; then keep its links.

        False: it must be parsed and `put`. Needs `sha256`; title and date stay as they were. It is
        on the disk after the next `put`, `sweep` or `end`.
        """
        return self._shelf.adopt(footprint)

    def put(self, articles: Iterable[Prepared]) -> None:
        """Take in articles that were parsed, in one transaction, durable when it returns."""
        try:
            self._shelf.put(articles)
        except BaseException:
            self._names.forget()
            raise

    def sweep(self, walked: Sequence[str]) -> Sweep:
        """Forget articles that were not met below roots that were walked to the end.

        `walked` are names relative to the collection's root: "" is all of it, "news" all below
        `news/`, and a file's own name the file alone.
        """
        swept = self._shelf.sweep(walked)
        self._names.forget()  # of 343,109 links they weigh 30 MB, and reading is over
        return swept

    def commit(self, observations: Iterable[Observation]) -> list[Observation]:
        """Keep observations in one transaction, durable and judged when it returns.

        A later observation of the same subject in the same run takes the earlier one's place,
        and counts once. Unknown ones never take the place of what is known. Returns those whose
        subject this run had told nothing of.
        """
        latest = 0
        first: list[Observation] = []
        try:
            with self._database.transaction() as connection:
                for observation in observations:
                    at, again = self._take(connection, observation)
                    latest = max(latest, at)
                    if not again:
                        first.append(observation)
                connection.execute(
                    "UPDATE run SET alive = max(alive, ?) WHERE seq = ?", (latest, self._sequence)
                )
        except BaseException:
            self._names.forget()
            self._ledger.forget()
            raise
        return first

    def end(self, ending: Ending, *, skipped: str | None = None) -> Manifest:
        """Seal the run. Completeness and corpus are counted here where `ending` leaves them out.

        What was due and not asked is counted as skipped: for the reason given, else as the run's
        end.
        """
        self._shelf.settle()
        if not ending.corpus:
            ending = replace(ending, corpus=corpus_of(self._database))
        if not ending.completeness.total:
            counted = completeness(
                self._database,
                self._sequence,
                number(self.run.started_at),
                skipped or ending.ended,
                self._ledger.goes_on,
            )
            ending = replace(ending, completeness=counted)
        with self._database.transaction() as connection:
            drop_unused(connection, self._ledger.replaced)
            manifest = seal(connection, self._sequence, ending)
        self._ledger.replaced.clear()
        self._ledger.forget()
        return manifest

    def _take(self, connection: sqlite3.Connection, observation: Observation) -> tuple[int, bool]:
        """Keep one observation; return its moment, and whether its subject had one already."""
        match observation:
            case ArchiveObservation():
                return self._take_archive(connection, observation)
            case LiveObservation():
                return self._take_live(connection, observation)
            case HostObservation():
                return self._take_host(connection, observation)
            case Heard():
                return self._visits.take(connection, observation), True
            case Visited():
                self._visits.end(connection, observation.host)
                return 0, True
            case Headway():
                connection.execute(
                    "INSERT INTO headway (archive, host, body) VALUES (?, ?, ?)"
                    " ON CONFLICT DO UPDATE SET body = excluded.body",
                    (observation.archive, observation.host, encoded(observation).decode()),
                )
                return number(observation.at), True

    def _take_archive(
        self, connection: sqlite3.Connection, seen: ArchiveObservation
    ) -> tuple[int, bool]:
        evidence, finding = seen.evidence, seen.finding
        at = number(evidence.seen_at)
        want, spelled, state = self._names.want_state(
            connection, evidence.archive, seen.key, evidence.original, seen.want
        )
        again = self._ledger.take(
            connection,
            Sighting(
                side="archive",
                subject=want,
                name=f"{seen.key} {seen.want.timestamp}",
                at=at,
                verdict=finding.verdict,
                untold=is_untold(finding),
                sameness=same_archive(seen),
                finding=written(finding, spelled, seen.suggestion),
                packed=pack_archive(evidence, context_of(evidence.archive, spelled, seen.want)),
            ),
            state,
        )
        if evidence.chain and evidence.chain[-1].answer is Answer.CAPTURE:
            self._keep_capture(connection, seen, at)
        return at, again

    def _keep_capture(
        self, connection: sqlite3.Connection, seen: ArchiveObservation, at: int
    ) -> None:
        reading, fixity = seen.evidence.chain[-1], seen.evidence.fixity
        content = seen.evidence.content
        whole = fixity is not None and not (content is not None and content.cut)
        stamp = reading.timestamp or seen.finding.capture_timestamp
        if stamp is not None:
            archive = self._names.archive(connection, seen.evidence.archive)
            digest = (fixity.sha256 or "") if fixity is not None and whole else ""
            values = (archive, seen.key, stamp, legible(reading.source or ""), digest, at, at)
            connection.execute(_CAPTURE, values)

    def _take_live(self, connection: sqlite3.Connection, seen: LiveObservation) -> tuple[int, bool]:
        original = seen.evidence.original
        live, state = self._names.live_state(connection, original)
        return self._take_web(connection, seen, ("live", live, original), state)

    def _take_host(self, connection: sqlite3.Connection, seen: HostObservation) -> tuple[int, bool]:
        host = self._names.host(connection, seen.host)
        state = state_of(connection, "host", host)
        if seen.finding is not None:
            self._visits.end(connection, seen.host)  # with it, or not at all
        return self._take_web(connection, seen, ("host", host, seen.host), state)

    def _take_web(
        self,
        connection: sqlite3.Connection,
        seen: LiveObservation | HostObservation,
        subject: tuple[str, int, str],
        state: State,
    ) -> tuple[int, bool]:
        side, place, name = subject
        at = number(seen.evidence.seen_at)
        finding = seen.finding
        again = self._ledger.take(
            connection,
            Sighting(
                side=side,
                subject=place,
                name=name,
                at=at,
                verdict=None if finding is None else finding.verdict,
                untold=is_untold(finding),
                sameness=same_live(seen),
                finding=written(finding, name),
                packed=pack_live(seen.evidence, name),
            ),
            state,
        )
        return at, again
