"""The archive's limits, enforced: 429 over budget, a closed port for those who do not listen."""

from collections import deque
from dataclasses import dataclass, field
from enum import Enum, auto


class Ruling(Enum):
    """What the limits say to one request."""

    PASS = auto()
    THROTTLE = auto()
    REFUSE = auto()


@dataclass(slots=True, kw_only=True)
class Limits:
    """Hard budgets as of 2026-06; who goes on after a 429 is banned, twice as long each time."""

    index: int = 30
    playback: int = 600
    window: float = 60.0
    rest: float = 60.0  # in which no request should come after a 429
    patience: int = 8  # requests in a rest: those that were under way are forgiven
    ban: float = 3600.0
    throttled: int = 0
    refused: int = 0
    bans: int = 0
    _seen: dict[str, deque[float]] = field(default_factory=dict)
    _resting_until: float = float("-inf")
    _ignored: int = 0
    _banned_until: float = float("-inf")

    def banned(self, now: float) -> bool:
        """Tell whether the port is closed."""
        return now < self._banned_until

    def rule(self, now: float, *, index: bool) -> Ruling:
        """Count a request and decide about it."""
        if self.banned(now):
            self.refused += 1
            return Ruling.REFUSE
        if now < self._resting_until:
            self._ignored += 1
            if self._ignored > self.patience:
                self._banned_until = now + self.ban * 2**self.bans
                self.bans += 1
                self._ignored = 0
                self.refused += 1
                return Ruling.REFUSE
        elif self._ignored:
            self._ignored = 0
        budget = self.index if index else self.playback
        seen = self._seen.setdefault("index" if index else "playback", deque())
        while seen and seen[0] <= now - self.window:
            seen.popleft()
        seen.append(now)
        if len(seen) > budget:
            self.throttled += 1
            self._resting_until = now + self.rest
            return Ruling.THROTTLE
        return Ruling.PASS
