"""The lane's one way to put a question: counted, ended where the run ends, and read."""

from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from statistics import median

import anyio

from linkcheck.lanes.allowance import Allowance
from linkcheck.lanes.live.reading import Seen, read, refreshed, restless
from linkcheck.model.exchange import Asker, Failure, Purpose, Reply, Request

_CLOCKS = 1000  # servers whose clocks are compared: more would not move the median


class Questions:
    """Put questions; `None` instead of an answer means that the run may ask no more."""

    def __init__(self, ask: Asker, allowance: Allowance, stop: anyio.Event | None = None) -> None:
        self.over = False
        self.asked = 0
        self.wire = 0
        self._ask = ask
        self._allowance = allowance
        self._stop = stop
        self._skews: dict[str, float] = {}

    async def head(self, url: str) -> Seen | None:
        """Ask for the head of an address and of what it leads to."""
        return await self._put(url, "HEAD", Purpose.PROBE)

    async def get(self, url: str, *, whole: bool, refreshes: int = 0) -> Seen | None:
        """Ask for an address, its beginning or all of it, and for what its page leads on to."""
        purpose = Purpose.LIVE if whole else Purpose.PROBE
        seen = await self._put(url, "GET", purpose)
        for _ in range(refreshes):
            if seen is None or not (onward_to := _onward(seen)):
                return seen
            onward = await self._put(onward_to, "GET", purpose, wanted=url)
            if onward is None:
                return None
            seen = refreshed(seen, onward)
        return restless(seen) if refreshes and seen is not None and _onward(seen) else seen

    @property
    def clock_skew(self) -> float | None:
        """Return by how many seconds this machine's clock is ahead of the servers' clocks."""
        return -median(self._skews.values()) if self._skews else None

    @property
    def clocks(self) -> int:
        """Return how many servers' clocks were seen."""
        return len(self._skews)

    async def _put(
        self, url: str, method: str, purpose: Purpose, *, wanted: str = ""
    ) -> Seen | None:
        stopped = self._stop is not None and self._stop.is_set()
        if self.over or stopped or not self._allowance.take():
            self.over = True
            return None
        self.asked += 1
        came = await self._ask.ask(Request(url=url, method=method, purpose=purpose))
        seen = read(url, method, came, wanted=wanted)
        self.wire += seen.answer.wire
        self._compare_clocks(came)
        return seen

    def _compare_clocks(self, came: Reply | Failure) -> None:
        if isinstance(came, Failure) or len(self._skews) >= _CLOCKS or came.header("age"):
            return
        host = came.url.partition("://")[2].partition("/")[0]
        theirs = _date(came.header("date") or "") if host not in self._skews else None
        if theirs is not None:
            answered = came.asked_at + timedelta(seconds=came.first_byte_seconds)
            self._skews[host] = (theirs - answered).total_seconds()


def _onward(seen: Seen) -> str | None:
    return seen.page.refresh if seen.good and seen.page is not None else None


def _date(text: str) -> datetime | None:
    try:
        found = parsedate_to_datetime(text)
    except (ValueError, TypeError, IndexError):
        return None
    return found if found.tzinfo is not None else found.replace(tzinfo=UTC)
