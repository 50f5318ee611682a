"""What a run of the archive's lane came to."""

from collections.abc import Mapping
from datetime import datetime
from enum import StrEnum

from linkcheck.model.noun import Noun
from linkcheck.model.verdict import ArchiveVerdict
from linkcheck.plan.bound import Bound


class Ended(StrEnum):
    """Why the lane asked no more."""

    DONE = "done"
    PAUSED = "paused"  # the archive rests for longer than the run does
    SILENT = "silent"  # an endpoint told nothing, many times in a row
    BUDGET = "budget"  # requests or time of the run were spent
    STOPPED = "stopped"  # somebody asked it to


class Requests(Noun, frozen=True, kw_only=True):
    """What was sent, tries and second sends included."""

    index: int = 0
    playback: int = 0

    @property
    def together(self) -> int:
        """Return all of them."""
        return self.index + self.playback


class SampleReading(Noun, frozen=True, kw_only=True):
    """What the replays of the sample say of all that is only listed."""

    drawn: int = 0
    replayed: int = 0  # of these told something
    contradicted: int = 0  # of these gave another verdict than the listing
    listed: int = 0  # the moments that the sample stands for
    bound: Bound | None = None  # of the share of contradicted ones


class ArchiveLaneReport(Noun, frozen=True, kw_only=True):
    """Counts; every single observation went to the keeper."""

    archive: str
    ended: Ended
    until: datetime | None = None  # of a pause
    reason: str = ""
    requests: Requests
    wants: int  # that were to be observed
    verdicts: Mapping[ArchiveVerdict, int]  # wants by the last verdict on each
    replayed: int  # moments
    confirmations: int  # absences asked about once more, subject by subject
    shared: int = 0  # bodies under several names that were looked into
    witnesses: int = 0  # sole custodians whose turn it was
    sample: SampleReading = SampleReading()
    not_asked: int = 0  # wants that this run has not observed, and says nothing of
