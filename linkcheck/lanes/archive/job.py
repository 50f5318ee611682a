"""What hands are given to do."""

from enum import IntEnum

from linkcheck.model.batch import Batch
from linkcheck.model.noun import Noun
from linkcheck.plan.pursuit import Pursuit


class Why(IntEnum):
    """Why a moment is replayed; the order is the urgency."""

    SINGLE = 0  # no bulk query answers for it
    DOUBT = 1
    SHARED = 2
    ROUND = 3
    SAMPLE = 4


class Pursue(Noun, frozen=True, kw_only=True):
    """Ask for the next page of a host."""

    host: str
    asks: int  # of its batch, which keeps its place in the queue
    pursuit: Pursuit
    anew: Batch | None = None  # to begin with where the last run's key is not taken any more


class Replay(Noun, frozen=True, kw_only=True):
    """Replay one moment of a subject."""

    place: int
    moment: str | None
    why: Why
    leads: bool = False  # what it comes to may decide all moments of its subject


class Singles(Noun, frozen=True, kw_only=True):
    """Subjects in a row that are replayed one by one."""

    first: int
    end: int
    asks: int


Errand = Replay | Singles
