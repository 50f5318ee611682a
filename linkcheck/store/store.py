"""The store: everything that outlives a run."""

from collections.abc import Sequence
from contextlib import ExitStack
from datetime import datetime, timedelta
from pathlib import Path
from typing import Self

from linkcheck.errors import StoreError
from linkcheck.model.manifest import Beginning
from linkcheck.model.pause import PauseBook
from linkcheck.model.run import Run
from linkcheck.settings.freshness import FreshnessSettings
from linkcheck.settings.judging import JudgingSettings
from linkcheck.store.database import NAME, Database
from linkcheck.store.dictionary import NAME as DICTIONARY
from linkcheck.store.dictionary import dictionary
from linkcheck.store.ledger import Ledger
from linkcheck.store.lock import store_lock
from linkcheck.store.moments import number
from linkcheck.store.names import Names
from linkcheck.store.nouns import Judges, Pruned, Rejudged, RunRecord
from linkcheck.store.pauses import StoredPauses
from linkcheck.store.place import refuse_network
from linkcheck.store.prune import forget, prune
from linkcheck.store.questions import Questions
from linkcheck.store.recall import Recall
from linkcheck.store.rejudge import Rejudging
from linkcheck.store.round import open_runs
from linkcheck.store.runs import begin
from linkcheck.store.shelf import Shelf
from linkcheck.store.visits import Visits, drop_old
from linkcheck.store.writer import Writer


class Store(Questions):
    """One `.linkcheck/state.db`. A context manager; every error is a `LinkcheckError` in words."""

    def __init__(
        self,
        database: Database,
        held: ExitStack,
        extraction: str,
        judging: JudgingSettings | None,
        freshness: FreshnessSettings | None,
    ) -> None:
        try:
            self._dictionary = _dictionary(database)
        except BaseException:
            with held:
                database.close()
            raise
        super().__init__(database, Recall(self._dictionary), judging or JudgingSettings())
        self._held = held
        self._extraction = extraction
        self._freshness = freshness or FreshnessSettings()

    @classmethod
    def open(
        cls,
        folder: Path,
        *,
        extraction: str,
        judging: JudgingSettings | None = None,
        freshness: FreshnessSettings | None = None,
    ) -> Self:
        """Open a store to write to it, alone: made if there is none, migrated if it is older.

        `folder` is `.linkcheck`. `extraction` names the rules by which links are found: articles
        that were read by others are read again. Raises `BusyError` where another scan holds it.
        """
        held = ExitStack()
        try:
            refuse_network(folder)
            _make(folder)
            held.enter_context(store_lock(folder))
            database = Database(folder / NAME, writable=True)
        except BaseException:
            held.close()
            raise
        return cls(database, held, extraction, judging, freshness)

    @classmethod
    def read(
        cls,
        folder: Path,
        *,
        judging: JudgingSettings | None = None,
        freshness: FreshnessSettings | None = None,
    ) -> Self:
        """Open a store to read it, also while a scan writes. Raises where there is none."""
        return cls(Database(folder / NAME, writable=False), ExitStack(), "", judging, freshness)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Let go of the file and the lock."""
        try:
            self._database.close()
        finally:
            self._held.close()

    # A run.

    def rejudge(self, judges: Judges) -> Rejudged:
        """Judge stored evidence again where the rules are others than the last time's.

        Sends nothing. Call it at the start of every scan: with the same rules it costs nothing.
        """
        rejudging = Rejudging(self._database, self._recall, self._judging, self._freshness)
        return rejudging.by(judges)

    def begin(self, run: Run, beginning: Beginning) -> Writer:
        """Begin a run. One that was left without a word is sealed as killed first."""
        started = number(run.started_at)
        runs = open_runs(self._database, None, started)
        with self._database.transaction() as connection:
            drop_old(connection, started)
            if not runs:  # else what they have said may have to be taken back
                connection.execute("DELETE FROM undo")
            sequence = begin(connection, run, beginning)
        self._run = sequence
        names, visits = Names(), Visits(self._database)
        return Writer(
            self._database,
            run=run,
            sequence=sequence,
            ledger=Ledger(
                sequence,
                self._dictionary,
                self._judging,
                self._freshness,
                goes_on=frozenset(runs),
            ),
            names=names,
            shelf=Shelf(self._database, names, self._extraction),
            visits=visits,
        )

    def leave_visits(self) -> None:
        """Forget what was heard in visits that were cut off: nobody shall go on with them."""
        with self._database.transaction() as connection:
            connection.execute("DELETE FROM heard")

    def pauses(self) -> PauseBook:
        """Return the book of pauses; both calls are short."""
        return StoredPauses(self._database)

    # Housekeeping.

    def lighten(self) -> None:
        """Let go of what was read from the file to answer questions: few come from now on."""
        self._database.rows("PRAGMA shrink_memory")

    def publish(self, run: RunRecord) -> None:
        """Note that a report of a run was given out: what it rests on is never pruned."""
        with self._database.transaction() as connection:
            connection.execute("UPDATE run SET published = 1 WHERE id = ?", (run.id,))

    def prune(self, keep: timedelta, now: datetime) -> Pruned:
        """Drop history older than `keep`, but nothing that a finding, strike or report rests on."""
        try:
            before = number(now - keep)
        except OverflowError:  # longer ago than dates go
            before = 0
        return prune(self._database, before)

    def forget(self, roots: Sequence[str]) -> tuple[str, ...]:
        """Forget the articles at or below these names, as `sweep` takes them; return which."""
        return forget(self._database, roots)


def _make(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise StoreError(
            f"{folder} cannot be made: {error.strerror}; --store says where else findings are kept"
        ) from error


def _dictionary(database: Database) -> bytes:
    """Return the dictionary that a store was begun with; a new one is given today's."""
    known = database.row("SELECT value FROM note WHERE name = ?", (DICTIONARY,))
    if known is not None:
        found: bytes = known[0]
        return found
    words = dictionary()
    if database.writable:
        with database.transaction() as connection:
            connection.execute("INSERT INTO note (name, value) VALUES (?, ?)", (DICTIONARY, words))
    return words
