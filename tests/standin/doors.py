"""Doors to the stand-in that are in no hurry to give up and in no mind to wait."""

from dataclasses import replace

from linkcheck.model.exchange import Purpose
from linkcheck.model.pace import Budget
from linkcheck.settings.door import DoorSettings
from linkcheck.settings.network import Limits, Network
from linkcheck.settings.pace import WAYBACK, PaceSettings
from linkcheck.settings.retry import RetrySettings

MIB = 1 << 20
PLENTY = Budget(requests=100_000, seconds=1.0)
PATIENT = {
    Purpose.INDEX: Limits(deadline=20, read=10, body=16 * MIB, whole=True),
    Purpose.PLAYBACK: Limits(deadline=20, read=10, body=2 * MIB),
    Purpose.LIVE: Limits(deadline=20, read=10, body=MIB),
    Purpose.PROBE: Limits(deadline=20, read=10, body=MIB),
}


def unhurried(
    *, budget: Budget | None = PLENTY, rest: float = 0.05, tries: int = 2
) -> DoorSettings:
    """Return settings of a door whose every layer is there: with the archive's own pace or none."""
    ends = WAYBACK.endpoints
    if budget is not None:
        ends = tuple(replace(end, budget=budget) for end in ends)
    pace = replace(WAYBACK, endpoints=ends, throttle_rest=rest, ban_rest=3600.0)
    return DoorSettings(
        network=Network(allow_private=True, limits={str(k): v for k, v in PATIENT.items()}),
        pace=PaceSettings(archives=(pace,)),
        retry=RetrySettings(tries=tries, first_wait=0.01),
    )
