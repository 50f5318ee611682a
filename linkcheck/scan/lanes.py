"""Which lanes a scan sends out: the real ones, or a test's own."""

from collections.abc import Callable, Coroutine, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Any

import anyio

from linkcheck.lanes.archive import Allowance, ArchiveLaneReport, Witness, run_archive
from linkcheck.lanes.keeper import Keeper, LiveHistory
from linkcheck.model.exchange import Asker
from linkcheck.model.live import LiveSubject
from linkcheck.settings.settings import Settings
from linkcheck.settings.witness import WitnessSettings
from linkcheck.witness.compare import compare


async def ask_live(  # noqa: PLR0913 the doors of the lane, each by its name
    subjects: Sequence[LiveSubject],
    *,
    ask: Asker,
    keeper: Keeper,
    history: LiveHistory,
    settings: Settings,
    seed: str,
    now: datetime,
    allowance: Allowance,
    stop: anyio.Event,
) -> None:
    """Ask the live web for all subjects."""
    del subjects, ask, keeper, history, settings, seed, now, allowance, stop
    await anyio.lowlevel.checkpoint()


def witness_of(settings: WitnessSettings) -> Witness:
    """Return who compares articles with pages."""
    return partial(compare, settings=settings)


@dataclass(frozen=True, slots=True, kw_only=True)
class Lanes:
    """How both sides are asked."""

    archive: Callable[..., Coroutine[Any, Any, ArchiveLaneReport]] = run_archive
    live: Callable[..., Coroutine[Any, Any, None]] = ask_live
    witness: Callable[[WitnessSettings], Witness] = witness_of
