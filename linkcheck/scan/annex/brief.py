"""What a lane is told before it begins, and what it has before it, wherever it works."""

from collections.abc import Mapping, Sequence
from typing import Protocol

import anyio

from linkcheck.lanes.allowance import Allowance
from linkcheck.lanes.archive import ArchiveLaneReport
from linkcheck.lanes.keeper import Keeper
from linkcheck.lanes.live import LiveLaneReport
from linkcheck.model.exchange import Asker
from linkcheck.model.noun import Noun
from linkcheck.scan.job import ArchiveForecast, LiveForecast
from linkcheck.settings.settings import Settings
from linkcheck.store import Seen, Store

Report = ArchiveLaneReport | LiveLaneReport


class Foresight(Noun, frozen=True, kw_only=True):
    """What a lane has before it."""

    total: int  # what is to be found out
    done: int = 0  # of that, what the runs have found out that this one goes on with
    seconds: float
    forecast: ArchiveForecast | LiveForecast
    hosts: Mapping[str, int] = {}  # originals of each: one finding may stand for all


class ManyKeeper(Keeper, Protocol):
    """A keeper that takes many at once, ready for the store or not."""

    async def keep_all(self, observations: Sequence[Seen]) -> None:
        """Take in some observations, as `keep` does one."""
        ...


class Lane(Protocol):
    """A lane that is ready to ask, here or elsewhere."""

    @property
    def name(self) -> str:
        """Return how progress calls it."""
        ...

    @property
    def foresight(self) -> Foresight:
        """Return what it has before it."""
        ...

    async def work(
        self, *, ask: Asker, keeper: ManyKeeper, allowance: Allowance, stop: anyio.Event
    ) -> Report:
        """Let it work, and return its report."""
        ...


class Brief(Protocol):
    """What is to be asked, and what for. It can be handed to another process."""

    @property
    def name(self) -> str:
        """Return how progress calls the lane."""
        ...

    @property
    def settings(self) -> Settings:
        """Return the scan's settings."""
        ...

    def begin(self, store: Store) -> Lane:
        """Look up what is due and what earlier runs left, before anything new is written."""
        ...
