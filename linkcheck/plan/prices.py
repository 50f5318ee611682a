"""What requests cost: an index request in playback requests, and both in time."""

from linkcheck.model.noun import Noun
from linkcheck.model.pace import ArchivePace, Budget
from linkcheck.settings.planning import PlanningSettings


class Prices(Noun, frozen=True, kw_only=True):
    """The cost of asking one archive."""

    index_interval: float  # seconds between two requests that the budget or the connections allow
    playback_interval: float
    index_seconds: float  # that a connection is held
    playback_seconds: float
    connections: int
    declared: float  # an index request in playback requests, by the budgets alone
    single: float  # playback requests that one moment costs, hops included
    chance: float = 1.0  # that a bulk page of an unknown host is worth its price

    @property
    def index(self) -> float:
        """Return what an index request costs in playback requests, by the run's time."""
        return self.index_interval / self.playback_interval

    @property
    def worthwhile(self) -> float:
        """Return how many moments a bulk query must be likely to answer."""
        return self.index / (self.single * self.chance)

    def seconds(self, index: float, playback: float) -> float:
        """Return what so many requests take: the longest of each budget and of the connections."""
        busy = index * self.index_seconds + playback * self.playback_seconds
        return max(
            index * self.index_interval, playback * self.playback_interval, busy / self.connections
        )


def prices(pace: ArchivePace, settings: PlanningSettings) -> Prices:
    """Derive the prices from what an archive declares and how long its answers take."""
    index, playback = _budget(pace, "index"), _budget(pace, "playback")
    return Prices(
        index_interval=max(index.interval, settings.index_seconds / pace.connections),
        playback_interval=max(playback.interval, settings.playback_seconds / pace.connections),
        index_seconds=settings.index_seconds,
        playback_seconds=settings.playback_seconds,
        connections=pace.connections,
        declared=index.interval / playback.interval if playback.interval else 1.0,
        single=1 + settings.hops,
        chance=settings.answer_chance,
    )


def _budget(pace: ArchivePace, name: str) -> Budget:
    """Return the budget of an endpoint; an archive with one endpoint has one for all."""
    return next(
        (end.budget for end in pace.endpoints if end.name == name), pace.endpoints[-1].budget
    )
