"""What an archive's lane is told before it begins, wherever it works."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

from linkcheck.archives import Archive
from linkcheck.lanes.archive import Witness
from linkcheck.plan.subjects import Subjects
from linkcheck.scan.citations import StoredCitations
from linkcheck.scan.earlier import EarlierRuns
from linkcheck.settings.settings import Settings
from linkcheck.settings.witness import WitnessSettings
from linkcheck.store import Store


@dataclass(frozen=True, slots=True, kw_only=True)
class Brief:
    """What is to be asked of one archive, and what for."""

    archive: Archive
    subjects: Subjects
    settings: Settings
    root: Path  # of the collection
    runs: tuple[int, ...]  # that this one goes on with
    seed: str
    began_at: datetime
    since: date | None  # the last run that was there to the end

    @property
    def wants(self) -> int:
        """Return how much there is to be told."""
        return sum(map(self.subjects.count, range(len(self.subjects))))

    def history(self, store: Store) -> EarlierRuns:
        """Return what earlier runs saw of the archive."""
        return EarlierRuns(
            store.archive_records(self.archive.name, runs=self.runs),
            self.began_at,
            any_bytes=store.counts().get("capture", 1) > 0,
        )

    def told(
        self, store: Store, history: EarlierRuns, witness: Callable[[WitnessSettings], Witness]
    ) -> dict[str, Any]:
        """Return what the lane is told by name."""
        settings = self.settings
        return {
            "citations": StoredCitations(
                store.citations(self.archive.name), self.root, settings.reading, settings.witness
            ),
            "history": history,
            "settings": settings.archive_lane(),
            "seed": self.seed,
            "now": self.began_at,
            "witness": witness(settings.witness),
            "since": self.since,
        }
