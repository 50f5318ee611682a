"""The store: everything that outlives a run."""

from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta
from pathlib import Path
from typing import Self

from linkcheck.model.finding import ArticleFindings
from linkcheck.model.live import LiveSubject
from linkcheck.model.manifest import Beginning
from linkcheck.model.pause import PauseBook
from linkcheck.model.run import Run
from linkcheck.plan.subjects import Subjects
from linkcheck.settings.freshness import FreshnessSettings
from linkcheck.settings.judging import JudgingSettings
from linkcheck.store.histories import ArchiveRecords, CitationIndex, LiveRecords
from linkcheck.store.nouns import Change, History, Judges, Pruned, Rejudged, RunRecord
from linkcheck.store.writer import Writer


class Store:
    """One `.linkcheck/state.db`. A context manager; every error is a `LinkcheckError` in words."""

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
        raise NotImplementedError

    @classmethod
    def read(
        cls,
        folder: Path,
        *,
        judging: JudgingSettings | None = None,
        freshness: FreshnessSettings | None = None,
    ) -> Self:
        """Open a store to read it, also while a scan writes. Raises where there is none."""
        raise NotImplementedError

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Let go of the file and the lock."""
        raise NotImplementedError

    # A run.

    def rejudge(self, judges: Judges) -> Rejudged:
        """Judge stored evidence again where the rules are others than the last time's.

        Sends nothing. Call it at the start of every scan: with the same rules it costs nothing.
        """
        raise NotImplementedError

    def begin(self, run: Run, beginning: Beginning) -> Writer:
        """Begin a run. One that was left without a word is sealed as killed first."""
        raise NotImplementedError

    # What there is to ask.

    def due_archive(
        self, now: datetime, *, fresh: bool = False, limit: int | None = None
    ) -> dict[str, Subjects]:
        """Return what is due of each archive, sorted by key; `fresh` asks all.

        With a limit, so many wants: never-checked first, then failing, then the oldest.
        What this run has asked is not due again.
        """
        raise NotImplementedError

    def due_live(
        self, now: datetime, *, fresh: bool = False, limit: int | None = None
    ) -> Iterator[LiveSubject]:
        """Yield the originals that are due, host by host; the order within a limit is the same."""
        raise NotImplementedError

    def archive_records(self, archive: str) -> ArchiveRecords:
        """Return what earlier runs saw of an archive: a lane's `ArchiveHistory`."""
        raise NotImplementedError

    def live_records(self) -> LiveRecords:
        """Return what earlier runs saw of the live web: a lane's `LiveHistory`."""
        raise NotImplementedError

    def citations(self, archive: str) -> CitationIndex:
        """Return who cites what: a lane's `Citations` but for the text, which lies on the disk."""
        raise NotImplementedError

    def pauses(self) -> PauseBook:
        """Return the book of pauses; both calls are short."""
        raise NotImplementedError

    # What is known.

    def findings(self, *, under: str = "") -> Iterator[ArticleFindings]:
        """Yield every article with its links, by path and line; `under` is a path or a folder.

        An outage does not hide what was known: `archive` and `live` are the last observations that
        told something, and `archive_untold`/`live_untold` say since when there is no answer.
        """
        raise NotImplementedError

    def history(self, url: str) -> Iterator[History]:
        """Yield all that is known of a URL, as cited or as an original, both sides and its host."""
        raise NotImplementedError

    def runs(self) -> tuple[RunRecord, ...]:
        """Return all runs, oldest first."""
        raise NotImplementedError

    def run(self, name: str) -> RunRecord:
        """Return a run by its id, by a date (the last one of that day), or `last`.

        `last` is the last one that ended. Raises `UsageError` where there is none.
        """
        raise NotImplementedError

    def changes(self, since: RunRecord) -> Iterator[Change]:
        """Yield the links whose standing is bad or was so at the end of a run, in a stable order."""
        raise NotImplementedError

    def verify_chain(self) -> tuple[str, ...]:
        """Return what is wrong with the chain of manifests, in words; nothing when it holds."""
        raise NotImplementedError

    # Housekeeping.

    def publish(self, run: RunRecord) -> None:
        """Note that a report of a run was given out: what it rests on is never pruned."""
        raise NotImplementedError

    def prune(self, keep: timedelta, now: datetime) -> Pruned:
        """Drop history older than `keep`, but nothing that a finding, strike or report rests on."""
        raise NotImplementedError

    def counts(self) -> Mapping[str, int]:
        """Return how many articles, links, wants, originals, episodes and so on there are."""
        raise NotImplementedError
