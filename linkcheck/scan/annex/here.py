"""A lane that needs no annex: it works in this very process."""

from dataclasses import dataclass

import anyio
import anyio.to_thread

from linkcheck.lanes.allowance import Allowance
from linkcheck.lanes.archive import ArchiveLaneReport
from linkcheck.lanes.keeper import Keeper
from linkcheck.model.exchange import Asker
from linkcheck.scan.annex.brief import Brief
from linkcheck.scan.earlier import EarlierRuns
from linkcheck.scan.lanes import Lanes
from linkcheck.store import Store


@dataclass(frozen=True, slots=True)
class Here:
    """One archive's lane, with what earlier runs left."""

    archive: str
    _brief: Brief
    _store: Store
    _history: EarlierRuns
    _lanes: Lanes

    @classmethod
    async def open(cls, brief: Brief, store: Store, lanes: Lanes) -> "Here":
        """Read what earlier runs left."""
        history = await anyio.to_thread.run_sync(brief.history, store)
        return cls(brief.archive.name, brief, store, history, lanes)

    async def serve(
        self, *, ask: Asker, keeper: Keeper, allowance: Allowance, stop: anyio.Event
    ) -> ArchiveLaneReport:
        """Let it work, and return its report."""
        return await self._lanes.archive(
            self._brief.archive,
            self._brief.subjects,
            ask=ask,
            keeper=keeper,
            allowance=allowance,
            stop=stop,
            **self._brief.told(self._store, self._history, self._lanes.witness),
        )
