"""What earlier runs saw, as it stood when this one began.

The store learns while a lane asks it. What a lane decides must not hang on how far the writer is:
a replay would decide otherwise.
"""

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime

from linkcheck.lanes.keeper import ArchiveHistory
from linkcheck.model.observation import ArchiveObservation, Headway
from linkcheck.verdicts.baseline import Observation as SeenBytes


class EarlierRuns:
    """An archive's history up to the beginning of a run."""

    def __init__(
        self, history: ArchiveHistory, began_at: datetime, *, any_bytes: bool = True
    ) -> None:
        self._history = history
        self._any_bytes = any_bytes  # False: no run has replayed anything yet
        self._began_at = began_at
        self._headway = dict(history.headway())
        self._replayed = {
            (key, timestamp): history.replayed_at(key, timestamp)
            for key, timestamp in history.sole_witnesses()
        }

    def seen_bytes(self, key: str, timestamp: str) -> tuple[SeenBytes, ...]:
        """Return our own earlier SHA-256s of a capture's raw bytes."""
        seen = self._history.seen_bytes(key, timestamp) if self._any_bytes else ()
        return tuple(one for one in seen if one.at < self._began_at)

    def replayed_at(self, key: str, timestamp: str) -> datetime | None:
        """Return when a sole witness was last replayed."""
        return self._replayed.get((key, timestamp))

    def sole_witnesses(self) -> Iterator[tuple[str, str]]:
        """Yield key and timestamp of captures of which nothing else is left."""
        return iter(self._replayed)

    def headway(self) -> Mapping[str, Headway]:
        """Return how far the bulk queries of each host had come when the last run ended."""
        return self._headway

    def begun(self) -> Iterable[ArchiveObservation]:
        """Yield by key what runs saw that a kill or a limit ended; this run's own never does."""
        return self._history.begun()
