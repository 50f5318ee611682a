"""What a lane is told before it begins, wherever it works."""

from collections.abc import Sequence
from typing import Protocol

import anyio

from linkcheck.lanes.allowance import Allowance
from linkcheck.lanes.archive import ArchiveLaneReport
from linkcheck.lanes.keeper import Keeper
from linkcheck.lanes.live import LiveLaneReport
from linkcheck.model.exchange import Asker
from linkcheck.settings.settings import Settings
from linkcheck.store import Seen, Store

Report = ArchiveLaneReport | LiveLaneReport


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

    @property
    def wants(self) -> int:
        """Return how much there is to be told."""
        ...

    def begin(self, store: Store) -> Lane:
        """Read what earlier runs left, before anything new is written."""
        ...
