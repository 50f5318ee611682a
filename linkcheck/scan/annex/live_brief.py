"""What the live web's lane is told."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

import anyio

from linkcheck.lanes.allowance import Allowance
from linkcheck.lanes.keeper import Keeper, LiveHistory
from linkcheck.lanes.live import LiveLaneReport
from linkcheck.model.exchange import Asker
from linkcheck.model.live import LiveSubject
from linkcheck.net.retry import at_once
from linkcheck.scan.lanes import Lanes
from linkcheck.scan.toll import LIVE
from linkcheck.settings.settings import Settings
from linkcheck.store import Store


@dataclass(frozen=True, slots=True, kw_only=True)
class LiveBrief:
    """What is to be asked of the live web, and what for."""

    lanes: Lanes
    settings: Settings
    subjects: list[LiveSubject]  # emptied by the lane
    seed: str
    began_at: datetime
    replayed: bool  # nobody waits for a recording
    behind_proxy: bool

    @property
    def name(self) -> str:
        """Return how progress calls the lane."""
        return LIVE

    @property
    def wants(self) -> int:
        """Return how much there is to be told."""
        return len(self.subjects)

    def begin(self, store: Store) -> "LiveLane":
        """Read which visits are gone on with."""
        return LiveLane(self, store.live_records(going_on=not self.replayed))


@dataclass(frozen=True, slots=True)
class LiveLane:
    """The lane, ready to ask."""

    _brief: LiveBrief
    _history: LiveHistory

    @property
    def name(self) -> str:
        """Return how progress calls it."""
        return self._brief.name

    async def work(
        self, *, ask: Asker, keeper: Keeper, allowance: Allowance, stop: anyio.Event
    ) -> LiveLaneReport:
        """Let it work, and return its report."""
        brief = self._brief
        return await brief.lanes.live(
            _handed_over(brief.subjects),
            ask=ask,
            keeper=keeper,
            history=self._history,
            settings=brief.settings.live,
            seed=brief.seed,
            now=brief.began_at,
            behind_proxy=brief.behind_proxy,
            allowance=allowance,
            stop=stop,
            sleep=at_once if brief.replayed else anyio.sleep,
        )


def _handed_over(subjects: list[LiveSubject]) -> Iterator[LiveSubject]:
    """Yield what is due and keep nothing of it: the lane lets go of each host when it is done."""
    subjects.reverse()
    while subjects:
        yield subjects.pop()
