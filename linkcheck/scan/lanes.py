"""Which lanes a scan sends out: the real ones, or a test's own."""

from collections.abc import Callable, Coroutine
from dataclasses import dataclass
from functools import partial
from typing import Any

from linkcheck.lanes.archive import ArchiveLaneReport, Witness, run_archive
from linkcheck.lanes.live import LiveLaneReport, run_live
from linkcheck.settings.witness import WitnessSettings
from linkcheck.witness.compare import compare


def witness_of(settings: WitnessSettings) -> Witness:
    """Return who compares articles with pages."""
    return partial(compare, settings=settings)


@dataclass(frozen=True, slots=True, kw_only=True)
class Lanes:
    """How both sides are asked."""

    archive: Callable[..., Coroutine[Any, Any, ArchiveLaneReport]] = run_archive
    live: Callable[..., Coroutine[Any, Any, LiveLaneReport]] = run_live
    witness: Callable[[WitnessSettings], Witness] = witness_of
