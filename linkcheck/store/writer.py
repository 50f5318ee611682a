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
from linkcheck.model.run import Run
from linkcheck.model.visit import Heard, Visited
from linkcheck.store.accounts import completeness
from linkcheck.store.database import Database
from linkcheck.store.ledger import Ledger, Owner
from linkcheck.store.legible import encoded
from linkcheck.store.moments import number
from linkcheck.store.names import Names, state_of
from linkcheck.store.nouns import Footprint, Sweep
from linkcheck.store.packing import pack_live
from linkcheck.store.prepared import Prepared
from linkcheck.store.recall import written
from linkcheck.store.runs import drop_unused, seal
from linkcheck.store.sameness import is_untold, same_live
from linkcheck.store.shelf import Shelf, corpus_of
from linkcheck.store.sighting import ArchiveSighting, Sighting, sighted
from linkcheck.store.state import State
from linkcheck.store.visits import Visits

_CAPTURE = (
    "INSERT INTO capture (archive, key, timestamp, source, sha256, first_seen, last_seen)"
    " VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO UPDATE SET"
    " first_seen = min(first_seen, excluded.first_seen),"
    " last_seen = max(last_seen, excluded.last_seen)"
)

Seen = Observation | ArchiveSighting
"""What is written down: an observation, or one that was made ready elsewhere."""


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
        """Take in articles that were parsed, in one transaction; it is on the disk after `sweep`.

        Until then a power cut costs reading them once more.
        """
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

    def commit(self, observations: Iterable[Seen]) -> list[Seen]:
        """Keep observations in one transaction, durable and judged when it returns.

        A later observation of the same subject in the same run takes the earlier one's place,
        and counts once. Unknown ones never take the place of what is known. Returns those whose
        subject this run had told nothing of.
        """
        latest = 0
        first: list[Seen] = []
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

    def _take(self, connection: sqlite3.Connection, observation: Seen) -> tuple[int, bool]:
        """Keep one observation; return its moment, and whether its subject had one already."""
        match observation:
            case ArchiveSighting() | ArchiveObservation():
                return self._take_archive(connection, sighted(observation))
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
        self, connection: sqlite3.Connection, seen: ArchiveSighting
    ) -> tuple[int, bool]:
        want, spelled, state = self._names.want_state(
            connection, seen.archive, seen.key, seen.original, seen.want
        )
        kept = seen.spelled(spelled)
        again = self._ledger.take(connection, Owner("archive", want, kept.name), kept, state)
        played = kept.replayed
        if played is not None:
            archive = self._names.archive(connection, kept.archive)
            values = (played.timestamp, played.source, played.sha256, kept.at, kept.at)
            connection.execute(_CAPTURE, (archive, kept.key, *values))
        return kept.at, again

    def _take_live(self, connection: sqlite3.Connection, seen: LiveObservation) -> tuple[int, bool]:
        original = seen.evidence.original
        live, state = self._names.live_state(connection, original)
        return self._take_web(connection, seen, Owner("live", live, original), state)

    def _take_host(self, connection: sqlite3.Connection, seen: HostObservation) -> tuple[int, bool]:
        host = self._names.host(connection, seen.host)
        state = state_of(connection, "host", host)
        if seen.finding is not None:
            self._visits.end(connection, seen.host)  # with it, or not at all
        return self._take_web(connection, seen, Owner("host", host, seen.host), state)

    def _take_web(
        self,
        connection: sqlite3.Connection,
        seen: LiveObservation | HostObservation,
        owner: Owner,
        state: State,
    ) -> tuple[int, bool]:
        finding = seen.finding
        kept = Sighting(
            at=number(seen.evidence.seen_at),
            verdict=None if finding is None else finding.verdict,
            untold=is_untold(finding),
            sameness=same_live(seen),
            finding=written(finding, owner.name),
            packed=pack_live(seen.evidence, owner.name),
        )
        return kept.at, self._ledger.take(connection, owner, kept, state)
