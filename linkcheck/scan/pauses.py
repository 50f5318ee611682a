"""Pauses on their way into the store, shown while they last."""

from datetime import UTC, datetime

from msgspec.structs import replace

from linkcheck.model.pause import Pause, PauseBook
from linkcheck.scan.progress import Progress


class WatchedBook:
    """Keep pauses where they outlive the run, and tell whoever watches."""

    def __init__(self, book: PauseBook, progress: Progress) -> None:
        self._book = book
        self._progress = progress

    def read(self) -> tuple[Pause, ...]:
        """Return the latest pause of each site."""
        pauses = self._book.read()
        now = datetime.now(UTC)
        for pause in pauses:
            # As it is kept: a wall clock that was set back does not lengthen it.
            left = min(pause.until - now, pause.until - pause.began_at)
            self._show(replace(pause, until=now + left))
        return pauses

    def write(self, pause: Pause) -> None:
        """Keep a pause."""
        self._show(pause)
        self._book.write(pause)

    def _show(self, pause: Pause) -> None:
        lane = self._progress.lanes.get(pause.site)
        if lane is not None:
            lane.pause = pause
