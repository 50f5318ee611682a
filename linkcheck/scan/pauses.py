"""Pauses on their way into the store, shown while they last."""

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
        for pause in pauses:
            self._show(pause)
        return pauses

    def write(self, pause: Pause) -> None:
        """Keep a pause."""
        self._show(pause)
        self._book.write(pause)

    def _show(self, pause: Pause) -> None:
        lane = self._progress.lanes.get(pause.site)
        if lane is not None:
            lane.pause = pause
