"""Questions to the store: what is due, what is known, and how it came to be known."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import datetime

from linkcheck.errors import UsageError
from linkcheck.model.finding import ArticleFindings
from linkcheck.model.live import LiveSubject
from linkcheck.model.manifest import digest_of
from linkcheck.plan.subjects import Subjects
from linkcheck.settings.judging import JudgingSettings
from linkcheck.store.changes import Changes
from linkcheck.store.database import Database
from linkcheck.store.due import MostDue, due_archive, due_live, most_due
from linkcheck.store.findings import findings, findings_of
from linkcheck.store.formers import Formers
from linkcheck.store.furniture import popular, standing_in
from linkcheck.store.histories import ArchiveRecords, CitationIndex, LiveRecords
from linkcheck.store.imprint import imprint
from linkcheck.store.moments import number
from linkcheck.store.nouns import Change, History, RunRecord
from linkcheck.store.recall import Recall
from linkcheck.store.rejudge import RULES
from linkcheck.store.round import open_runs
from linkcheck.store.runs import all_runs, chain_faults, run_named, sequence_of
from linkcheck.store.sides import Sides
from linkcheck.store.timeline import Timeline
from linkcheck.store.touched import Shelved, hosts_asked, shelved, touched
from linkcheck.store.upheaval import upheaval

_TABLES = ("article", "link", "subject", "want", "live", "host", "episode", "evidence", "run")


class Questions:
    """What may be asked of a store, by whoever only reads it too; nothing is changed by it."""

    def __init__(self, database: Database, recall: Recall, judging: JudgingSettings) -> None:
        self._database = database
        self._recall = recall
        self._judging = judging
        self._run: int | None = None  # that goes on

    # What there is to ask.

    def due_archive(
        self,
        now: datetime,
        *,
        fresh: bool = False,
        limit: int | None = None,
        runs: tuple[int, ...] = (),
        archive: str = "",
    ) -> dict[str, Subjects]:
        """Return what is due of each archive, or of one, sorted by key; `fresh` asks all.

        With a limit, so many wants: never-checked first, then failing, then the oldest.
        What this run has asked is not due again. What `runs` have asked comes with it.
        """
        return due_archive(
            self._database, now, self._run, fresh=fresh, limit=limit, runs=runs, archive=archive
        )

    def most_due(
        self, now: datetime, *, fresh: bool = False, runs: tuple[int, ...] = ()
    ) -> MostDue:
        """Return how much is due at most, counted without a look at any of it."""
        return most_due(self._database, now, fresh=fresh, runs=runs)

    def open_runs(self, now: datetime) -> tuple[int, ...]:
        """Return the runs that a kill or a limit ended, and that are young enough to go on with."""
        return open_runs(self._database, self._run, number(now))

    def due_live(
        self,
        now: datetime,
        *,
        fresh: bool = False,
        limit: int | None = None,
        runs: tuple[int, ...] = (),
    ) -> Iterator[LiveSubject]:
        """Yield the originals that are due, host by host; the order within a limit is the same.

        What answered one of `runs` is not asked again, though nobody can tell what it means.
        """
        return due_live(self._database, now, self._run, fresh=fresh, limit=limit, runs=runs)

    def archive_records(
        self, archive: str, *, runs: tuple[int, ...] = (), keys: Sequence[str] = ()
    ) -> ArchiveRecords:
        """Return what earlier runs saw of an archive: a lane's `ArchiveHistory`.

        `runs` are those that are gone on with, `keys` those whose sole witnesses matter.
        """
        return ArchiveRecords(self._database, self._recall, archive, runs, keys)

    def has_replayed(self) -> bool:
        """Tell whether any run has replayed a capture."""
        return self._database.row("SELECT 1 FROM capture LIMIT 1") is not None

    def live_records(self, *, going_on: bool = False) -> LiveRecords:
        """Return what earlier runs saw of the live web: a lane's `LiveHistory`.

        `going_on` with visits that were cut off, and keeping what others can go on with.
        """
        return LiveRecords(self._database, self._recall, going_on=going_on)

    def citations(self, archive: str) -> CitationIndex:
        """Return who cites what: a lane's `Citations` but for the text, which lies on the disk."""
        return CitationIndex(self._database, archive)

    # What is known.

    def findings(
        self, *, under: str = "", evidence: bool = True, first: int = 0, count: int | None = None
    ) -> Iterator[ArticleFindings]:
        """Yield every article with its links, by path and line; `under` is a path or a folder.

        Without evidence it is twice as fast: enough to count, nothing to show. With a count, so
        many articles from the first on: shares of one whole.

        An outage does not hide what was known: `archive` and `live` are the last observations that
        told something, and `archive_untold`/`live_untold` say since when there is no answer.
        """
        sides = self._sides(evidence=evidence)
        return findings(self._database, sides, under, first=first, count=count)

    def findings_of(
        self, articles: Sequence[int], furniture: frozenset[int]
    ) -> Iterator[ArticleFindings]:
        """Yield these articles by path, without evidence, where it is known what is furniture."""
        return findings_of(self._database, self._sides(evidence=False), articles, furniture)

    def popular(self, least: float) -> dict[int, int]:
        """Return at least the subjects that stand in so many articles, and in how many they do."""
        return popular(self._database, least)

    def standing_in(self, subjects: Collection[int]) -> dict[int, int]:
        """Return in how many articles these subjects stand."""
        return standing_in(self._database, subjects)

    def shelved(self) -> Iterator[Shelved]:
        """Yield what articles there are, by path."""
        return shelved(self._database)

    def hosts_asked(self, since: int) -> dict[int, int]:
        """Return the hosts that were asked after a run, and as a number what they tell."""
        return hosts_asked(self._database, self._sides(evidence=False), since)

    def touched(self, since: int, *, hosts: Collection[int], subjects: Collection[int]) -> set[int]:
        """Return the articles with a link that was asked after a run, or is of one of these."""
        return touched(self._database, since, hosts=hosts, subjects=subjects)

    def place_of(self, run: str) -> int:
        """Return which of all runs one is."""
        return sequence_of(self._database, run)

    def seal_of(self, run: str) -> str:
        """Return the hash of a run's manifest; empty where it has none, or is none of this store's.

        A backup that was made while the run went on, and put back, has sealed it as killed.
        """
        row = self._database.row("SELECT manifest FROM run WHERE id = ?", (run,))
        return "" if row is None or row[0] is None else digest_of(row[0])

    def is_last(self, run: str) -> bool:
        """Tell whether no other run has begun since."""
        row = self._database.row("SELECT id FROM run ORDER BY seq DESC LIMIT 1")
        return row is not None and row[0] == run

    def upheaval(self) -> str:
        """Return a word that is another once findings changed and nobody was asked for them."""
        return upheaval(self._database)

    def history(self, url: str) -> Iterator[History]:
        """Yield all that is known of a URL, as cited or as an original, both sides and its host."""
        return Timeline(self._database, self._recall, self._judging).of(url)

    def formers(self) -> Formers:
        """Return who tells what a finding took the place of."""
        return Formers(self._database, self._recall)

    def runs(self) -> tuple[RunRecord, ...]:
        """Return all runs, oldest first."""
        return all_runs(self._database)

    def run(self, name: str) -> RunRecord:
        """Return a run by its id, by a date (the last one of that day), or `last`.

        `last` is the last one that ended. Raises `UsageError` where there is none.
        """
        return run_named(self._database, name)

    def changes(self, since: RunRecord | None) -> Iterator[Change]:
        """Yield the links whose standing is bad or was so at the end of a run, by path and line.

        Without a run: since before the first one.
        """
        if since is None:
            return iter(Changes(self._database, self._sides(), self._judging, 0, 0))
        if since.ended_at is None:
            raise UsageError(f"run {since.id} has not ended: there is nothing to compare with")
        sequence = sequence_of(self._database, since.id)
        ended = number(since.ended_at)
        return iter(Changes(self._database, self._sides(), self._judging, sequence, ended))

    def imprint(self) -> str:
        """Return a hash of all that findings, changes and runs come from: rows, and settings."""
        return imprint(self._database, self._judging)

    def moment(self) -> int:
        """Return a number that is another once somebody else has written to the store."""
        row = self._database.row("PRAGMA data_version")
        return 0 if row is None else int(row[0])

    def rules(self) -> str:
        """Return the rules by which everything was last judged; empty where none was."""
        row = self._database.row("SELECT value FROM note WHERE name = ?", (RULES,))
        return "" if row is None else bytes(row[0]).decode("utf-8", "replace")

    def verify_chain(self) -> tuple[str, ...]:
        """Return what is wrong with the chain of manifests, in words; nothing when it holds."""
        return chain_faults(self._database)

    def counts(self) -> Mapping[str, int]:
        """Return how many articles, links, wants, originals, episodes and so on there are."""
        return {
            table: (self._database.row(f"SELECT count(*) FROM {table}") or (0,))[0]
            for table in _TABLES
        }

    def _sides(self, *, evidence: bool = True) -> Sides:
        return Sides(self._database, self._recall, self._judging, evidence=evidence)
