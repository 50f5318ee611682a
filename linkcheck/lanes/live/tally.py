"""Every observation passes here on its way to the keeper, and is counted."""

from collections import Counter

from linkcheck.lanes.keeper import Keeper
from linkcheck.model.observation import HostObservation, LiveObservation
from linkcheck.model.verdict import LiveVerdict


class Tally:
    """Hand on observations, and count originals by verdict."""

    def __init__(self, keeper: Keeper) -> None:
        self.verdicts = Counter[LiveVerdict]()
        self.alone = 0
        self.by_host = 0
        self.resting = 0
        self.keeper = keeper

    async def link(self, observation: LiveObservation) -> None:
        """Hand on what one original came to."""
        self.alone += 1
        self.verdicts[observation.finding.verdict] += 1
        await self.keeper.keep(observation)

    async def again(self, before: LiveVerdict, after: LiveObservation) -> None:
        """Hand on what an original comes to in a new light."""
        self.verdicts[before] -= 1
        self.verdicts[after.finding.verdict] += 1
        await self.keeper.keep(after)

    async def host(self, observation: HostObservation, originals: int) -> None:
        """Hand on what a host came to, and so many originals that it stands for."""
        if observation.finding is not None:
            self.by_host += originals
            self.verdicts[observation.finding.verdict] += originals
        await self.keeper.keep(observation)
