"""What a run of the live lane came to."""

from collections.abc import Mapping
from enum import StrEnum

from linkcheck.model.live import Reach
from linkcheck.model.noun import Noun
from linkcheck.model.verdict import LiveVerdict


class Ended(StrEnum):
    """Why the lane asked no more."""

    DONE = "done"
    OFFLINE = "offline"  # the controls do not answer either
    STOPPED = "stopped"  # requests or time of the run were spent, or somebody asked it to


class LiveLaneReport(Noun, frozen=True, kw_only=True):
    """Counts; every single observation went to the keeper."""

    ended: Ended
    reach: Reach  # whether our own network was found to be well
    hosts: int  # names
    originals: int  # that were to be observed
    asked: int  # questions
    wire: int  # requests on the wire, tries and hops included
    alone: int  # originals that answered each for itself
    by_host: int  # originals for which their host was judged
    resting: int  # originals of usurped hosts, whose month is not over
    not_asked: int  # originals that this run has not observed, and says nothing of
    verdicts: Mapping[LiveVerdict, int]  # originals by verdict, those of judged hosts included
    clock_skew_seconds: float | None = None  # by which our clock is ahead of the servers'
    clocks: int = 0  # servers that it was compared with
