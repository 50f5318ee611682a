"""How fast an archive may be asked: declared in its own file, kept by the network's pace."""

from dataclasses import dataclass

SMOOTHNESS = 0.85  # of the even spacing: late wakes are caught up within a window, bursts are not


@dataclass(frozen=True, slots=True, kw_only=True)
class Budget:
    """So many requests in any window of so many seconds, spread out rather than in one burst."""

    requests: int
    seconds: float

    def __post_init__(self) -> None:
        if self.requests < 1 or self.seconds < 0:
            raise ValueError(
                f"a budget of {self.requests} requests in {self.seconds} s lets none go"
            )

    @property
    def interval(self) -> float:
        """Return the seconds that one request costs in the long run."""
        return self.seconds / self.requests

    @property
    def spacing(self) -> float:
        """Return the least seconds between two starts."""
        return self.interval if self.requests == 1 else self.interval * SMOOTHNESS


@dataclass(frozen=True, slots=True, kw_only=True)
class EndpointPace:
    """One budget of an archive, and the beginnings of the paths that draw on it."""

    name: str
    paths: tuple[str, ...]
    budget: Budget


@dataclass(frozen=True, slots=True, kw_only=True)
class ArchivePace:
    """What one archive allows: its file in `archives` declares it, the settings may lower it."""

    name: str
    hosts: tuple[str, ...]  # "web.archive.org", "*.archive.org", "127.0.0.1:8080"
    endpoints: tuple[EndpointPace, ...]  # the first that matches holds: the last takes ("/",)
    connections: int
    throttle_pages: tuple[str, ...] = ()  # a redirect to one of them is a 429
    throttle_rest: float = 60.0  # seconds after a 429 that names no time: what IA's staff ask for
    ban_rest: float = 3600.0  # IA's firewall blocks for an hour, and doubles it each time

    def __post_init__(self) -> None:
        if self.connections < 1 or not self.endpoints:
            raise ValueError(f"{self.name}: at least one connection and one endpoint are needed")
