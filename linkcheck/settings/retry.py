"""How often, how fast and how long a passing failure is tried again."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class RetrySettings:
    """The tries of one request."""

    tries: int = 3  # two more in the run; real confirmation is another day's scan
    first_wait: float = 2.0  # seconds, the upper end before the second try; doubles from there
    longest_wait: float = 60.0
    deadline: float = 180.0  # seconds of asking and backing off, the queue's time not counted
    seed: int = 0  # of the jitter; a recording names it, so that a replay waits alike

    def __post_init__(self) -> None:
        if self.tries < 1:
            raise ValueError("a request is tried at least once")
