"""Pauses on their way into the store, shown while they last."""

from datetime import datetime

from msgspec.structs import replace

from linkcheck.model.clock import Clock, utc_now
from linkcheck.model.pause import Pause, PauseBook
from linkcheck.scan.progress import Progress


def still_kept(book: PauseBook, now: datetime) -> tuple[Pause, ...]:
    """Return the rests that are not over, as long as they are kept from now on."""
    # A wall clock that was set back does not lengthen them.
    ends = ((one, now + min(one.until - now, one.until - one.began_at)) for one in book.read())
    return tuple(replace(one, until=until) for one, until in ends if until > now)


class WatchedBook:
    """Keep pauses where they outlive the run, and tell whoever watches."""

    def __init__(self, book: PauseBook, progress: Progress, now: Clock = utc_now) -> None:
        self._book = book
        self._progress = progress
        self._now = now

    def read(self) -> tuple[Pause, ...]:
        """Return the latest pause of each site."""
        for pause in still_kept(self._book, self._now()):
            self._show(pause)
        return self._book.read()

    def write(self, pause: Pause) -> None:
        """Keep a pause."""
        self._show(pause)
        self._book.write(pause)

    def _show(self, pause: Pause) -> None:
        lane = self._progress.lanes.get(pause.site)
        if lane is not None:
            lane.pause = pause
