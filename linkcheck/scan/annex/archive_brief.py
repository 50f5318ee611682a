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
from linkcheck.scan.annex.brief import Foresight
from linkcheck.scan.citations import StoredCitations
from linkcheck.scan.earlier import EarlierRuns
from linkcheck.scan.forecasts import forecast_archive
from linkcheck.scan.job import ArchiveForecast
from linkcheck.scan.lanes import Lanes
from linkcheck.settings.settings import Settings
from linkcheck.store import Store

_NOTHING = Subjects.none()


@dataclass(frozen=True, slots=True, kw_only=True)
class ArchiveBrief:
    """What is to be asked of one archive, and what for."""

    lanes: Lanes
    settings: Settings
    archive: Archive
    root: Path  # of the collection
    fresh: bool  # what still holds, too
    runs: tuple[int, ...]  # that this one goes on with
    seed: str
    began_at: datetime
    since: date | None  # the last run that was there to the end

    @property
    def name(self) -> str:
        """Return how progress calls the lane."""
        return self.archive.name

    def begin(self, store: Store) -> "ArchiveLane":
        """Look up what is due of the archive, and what earlier runs saw of it."""
        name, now = self.archive.name, self.began_at
        due = store.due_archive(now, fresh=self.fresh, archive=name).get(name, _NOTHING)
        subjects = due
        if self.runs:
            found = store.due_archive(now, runs=self.runs, archive=name)
            subjects = found.get(name, _NOTHING)
        history = EarlierRuns(
            store.archive_records(name, runs=self.runs, keys=subjects.keys),
            now,
            any_bytes=store.has_replayed(),
        )
        rows = {
            host: one.rows_each
            for host, one in history.headway().items()
            if one.rows_each is not None
        }
        forecast = forecast_archive(self.archive, due, self.settings, rows)
        total = _count(subjects)
        foresight = Foresight(
            total=total,
            done=total - _count(due),
            seconds=forecast.seconds,
            forecast=ArchiveForecast(archive=name, forecast=forecast),
        )
        return ArchiveLane(foresight, self, subjects, store, history)


@dataclass(frozen=True, slots=True)
class ArchiveLane:
    """The lane, ready to ask."""

    foresight: Foresight
    _brief: ArchiveBrief
    _subjects: Subjects
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
            self._subjects,
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


def _count(subjects: Subjects) -> int:
    return sum(map(subjects.count, range(len(subjects))))
