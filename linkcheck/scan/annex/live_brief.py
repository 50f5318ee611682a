"""What the live web's lane is told."""

from collections import Counter
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
from linkcheck.scan.annex.brief import Foresight
from linkcheck.scan.forecasts import forecast_live
from linkcheck.scan.lanes import Lanes
from linkcheck.scan.toll import LIVE
from linkcheck.settings.settings import Settings
from linkcheck.store import Store
from linkcheck.store.prepared import host_of


@dataclass(frozen=True, slots=True, kw_only=True)
class LiveBrief:
    """What is to be asked of the live web, and what for."""

    lanes: Lanes
    settings: Settings
    fresh: bool  # what still holds, too
    runs: tuple[int, ...]  # that this one goes on with
    seed: str
    began_at: datetime
    replayed: bool  # nobody waits for a recording
    behind_proxy: bool

    @property
    def name(self) -> str:
        """Return how progress calls the lane."""
        return LIVE

    def begin(self, store: Store) -> "LiveLane":
        """Look up what is due, and which visits are gone on with."""
        subjects = list(store.due_live(self.began_at, fresh=self.fresh, runs=self.runs))
        hosts = Counter(host_of(subject.original) or "" for subject in subjects)
        forecast = forecast_live(hosts, self.settings.pace)
        foresight = Foresight(
            total=len(subjects), seconds=forecast.seconds, forecast=forecast, hosts=hosts
        )
        history = store.live_records(going_on=not self.replayed)
        return LiveLane(foresight, self, subjects, history)


@dataclass(frozen=True, slots=True)
class LiveLane:
    """The lane, ready to ask."""

    foresight: Foresight
    _brief: LiveBrief
    _subjects: list[LiveSubject]
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
            _handed_over(self._subjects),
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
