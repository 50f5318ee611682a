"""How far a scan has come: written by the corridor, read by whoever shows it."""

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from linkcheck.model.pause import Pause


class Phase(StrEnum):
    """What a scan is doing."""

    READING = "reading articles"
    ASKING = "asking"
    ENDING = "ending"  # somebody or something asked it to: answers under way are kept
    JUDGING = "putting both sides together"


@dataclass(slots=True, kw_only=True)
class LaneProgress:
    """One lane: an archive, or the live web."""

    name: str
    total: int = 0  # what is to be found out
    done: int = 0
    requests: int = 0  # on the wire
    expected_seconds: float | None = None  # by the forecast
    began: float | None = None  # on the steady clock
    ended: bool = False
    pause: Pause | None = None

    def left(self, now: float) -> float | None:
        """Return the seconds that are likely left; None while nothing can be said."""
        if self.ended:
            return 0.0
        if self.began is None:
            return None
        elapsed = now - self.began
        # A bulk query answers thousands at once, and captures are replayed when all are known:
        # what was done says little at the beginning and nothing at the end.
        if self.done * 20 < self.total or self.done >= self.total:
            ahead = (self.expected_seconds or 0.0) - elapsed
            return ahead if ahead > 0 else None
        return elapsed * (self.total - self.done) / self.done

    def rate(self, now: float) -> float:
        """Return the requests a second since the lane began."""
        elapsed = now - self.began if self.began is not None else 0.0
        return self.requests / elapsed if elapsed > 0 else 0.0

    def paused(self, now: datetime) -> Pause | None:
        """Return the rest that is being kept."""
        return self.pause if self.pause is not None and self.pause.until > now else None


@dataclass(slots=True, kw_only=True)
class Progress:
    """A whole scan; one task writes it, others look."""

    phase: Phase = Phase.READING
    articles: int = 0
    unchanged: int = 0  # of them, not parsed again
    links: int = 0
    lanes: dict[str, LaneProgress] = field(default_factory=dict)
    ending: str = ""  # why, in words

    def lane(self, name: str) -> LaneProgress:
        """Return a lane's progress, a new one where it has none yet."""
        return self.lanes.setdefault(name, LaneProgress(name=name))
