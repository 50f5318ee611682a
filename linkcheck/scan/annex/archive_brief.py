"""What an archive's lane is told."""

from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

import anyio

from linkcheck.archives import Archive
from linkcheck.lanes.allowance import Allowance
from linkcheck.lanes.archive import ArchiveLaneReport
from linkcheck.lanes.keeper import Keeper
from linkcheck.model.exchange import Asker
from linkcheck.plan.subjects import Subjects
from linkcheck.scan.citations import StoredCitations
from linkcheck.scan.earlier import EarlierRuns
from linkcheck.scan.lanes import Lanes
from linkcheck.settings.settings import Settings
from linkcheck.store import Store


@dataclass(frozen=True, slots=True, kw_only=True)
class ArchiveBrief:
    """What is to be asked of one archive, and what for."""

    lanes: Lanes
    settings: Settings
    archive: Archive
    subjects: Subjects
    root: Path  # of the collection
    runs: tuple[int, ...]  # that this one goes on with
    seed: str
    began_at: datetime
    since: date | None  # the last run that was there to the end

    @property
    def name(self) -> str:
        """Return how progress calls the lane."""
        return self.archive.name

    @property
    def wants(self) -> int:
        """Return how much there is to be told."""
        return sum(map(self.subjects.count, range(len(self.subjects))))

    def begin(self, store: Store) -> "ArchiveLane":
        """Read what earlier runs saw of the archive."""
        history = EarlierRuns(
            store.archive_records(self.archive.name, runs=self.runs, keys=self.subjects.keys),
            self.began_at,
            any_bytes=store.has_replayed(),
        )
        return ArchiveLane(self, store, history)


@dataclass(frozen=True, slots=True)
class ArchiveLane:
    """The lane, ready to ask."""

    _brief: ArchiveBrief
    _store: Store
    _history: EarlierRuns

    @property
    def name(self) -> str:
        """Return how progress calls it."""
        return self._brief.name

    async def work(
        self, *, ask: Asker, keeper: Keeper, allowance: Allowance, stop: anyio.Event
    ) -> ArchiveLaneReport:
        """Let it work, and return its report."""
        brief, settings = self._brief, self._brief.settings
        return await brief.lanes.archive(
            brief.archive,
            brief.subjects,
            ask=ask,
            keeper=keeper,
            citations=StoredCitations(
                self._store.citations(brief.archive.name),
                brief.root,
                settings.reading,
                settings.witness,
            ),
            history=self._history,
            settings=settings.archive_lane(),
            seed=brief.seed,
            now=brief.began_at,
            witness=brief.lanes.witness(settings.witness),
            allowance=allowance,
            stop=stop,
            since=brief.since,
        )
