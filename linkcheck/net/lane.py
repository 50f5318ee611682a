"""A site and its lanes: what shares connections and rests, and what shares a budget."""

from collections import OrderedDict, deque
from enum import Enum, auto

import anyio

from linkcheck.model.pause import Pause
from linkcheck.net.gate import Gate
from linkcheck.net.rota import Rota
from linkcheck.net.window import next_start
from linkcheck.settings.pace import ArchivePace, Budget

WEIGHT = 0.2  # of the newest answer in the mean duration


class State(Enum):
    """How far a waiter has come."""

    WAITING = auto()
    GRANTED = auto()  # it has a place and a token
    REFUSED = auto()  # the pause is longer than anybody waits


class Waiter:
    """One request in a lane's queue."""

    __slots__ = ("lane", "pause", "stamp", "state", "wake")

    pause: Pause | None
    wake: anyio.Event | None

    def __init__(self, lane: "Lane") -> None:
        self.lane = lane
        self.state = State.WAITING
        self.stamp = 0.0
        self.pause = None
        self.wake = None

    def waits(self) -> bool:
        """Tell whether its turn is still to come."""
        return self.state is State.WAITING

    def turn(self, state: State) -> None:
        """Tell the waiting task how it ended."""
        self.state = state
        if self.wake is not None:
            self.wake.set()


class Lane:
    """One queue before one budget: an archive's endpoint, or a whole host."""

    __slots__ = ("budget", "due", "mean", "paths", "site", "stamps", "waiting")

    def __init__(self, budget: Budget, site: "Site", paths: tuple[str, ...] = ("/",)) -> None:
        self.budget = budget
        self.site = site
        self.paths = paths
        self.stamps: deque[float] = deque(maxlen=budget.requests)
        self.waiting: OrderedDict[Waiter, None] = OrderedDict()
        self.due: float | None = None  # the valid one among its timers
        self.mean = 0.0  # seconds that an answer takes

    def start(self, now: float) -> float:
        """Return when the next request may go out."""
        return max(next_start(self.stamps, self.budget, now), self.site.gate.opens_at)

    def work(self) -> float:
        """Return the seconds until the queue is empty if nothing else comes between."""
        return len(self.waiting) * max(self.budget.interval, self.mean / self.site.connections)

    def learn(self, seconds: float) -> None:
        """Take the duration of an answer into the mean."""
        self.mean += (seconds - self.mean) * (WEIGHT if self.mean else 1.0)


class Site:
    """One archive or one host: its lanes share connections and one gate."""

    __slots__ = ("archive", "connections", "gate", "kept", "lanes", "name", "ready", "running")

    def __init__(
        self, name: str, connections: int, gate: Gate, archive: ArchivePace | None = None
    ) -> None:
        self.name = name
        self.connections = connections
        self.gate = gate
        self.archive = archive
        self.lanes: tuple[Lane, ...] = ()
        self.ready: Rota[Lane] = Rota()  # what would start if a connection were free
        self.running = 0
        self.kept = False  # it stands in the list of those to be forgotten

    @property
    def room(self) -> bool:
        """Tell whether a connection is free; after a pause one request goes ahead alone."""
        return self.running < (1 if self.gate.trial else self.connections)

    def idle(self, now: float) -> bool:
        """Tell whether nothing would be lost if the site were forgotten."""
        if self.running or not self.gate.forgettable(now):
            return False
        return not any(lane.waiting or lane.start(now) > now for lane in self.lanes)
