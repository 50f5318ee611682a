"""The lane's one line to the network: counted, cut where the run ends, and read."""

from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from functools import partial
from statistics import median

from linkcheck.lanes.allowance import Allowance
from linkcheck.lanes.leaving import Leaving
from linkcheck.lanes.live.reading import Seen, read
from linkcheck.model.exchange import Asker, Failure, Purpose, Reply, Request

_CLOCKS = 1000  # servers whose clocks are compared: more would not move the median


class Line:
    """What all visits have in common: the door, the run's limits, and the counts."""

    def __init__(self, ask: Asker, allowance: Allowance, leaving: Leaving | None = None) -> None:
        self.over = False
        self.asked = 0
        self.wire = 0
        self._skews: dict[str, float] = {}
        self._ask = ask
        self._leaving = leaving or Leaving()
        self._allowance = allowance

    @property
    def clock_skew(self) -> float | None:
        """Return by how many seconds this machine's clock is ahead of the servers' clocks."""
        return -median(self._skews.values()) if self._skews else None

    @property
    def clocks(self) -> int:
        """Return how many servers' clocks were seen."""
        return len(self._skews)

    async def put(
        self, url: str, method: str, purpose: Purpose, wanted: str, *, fresh: bool = False
    ) -> Seen | None:
        """Ask, count and read; None where the run may ask no more."""
        if self.over or not self._allowance.take():
            self.over = True
            return None
        request = Request(url=url, method=method, purpose=purpose, fresh=fresh)
        came = await self._leaving.waited(partial(self._ask.ask, request))
        if came is None:
            self.over = True
            return None
        self.asked += 1
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


def _date(text: str) -> datetime | None:
    try:
        found = parsedate_to_datetime(text)
    except (ValueError, TypeError, IndexError):
        return None
    return found if found.tzinfo is not None else found.replace(tzinfo=UTC)
