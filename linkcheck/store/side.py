"""What is known of one side of a link."""

from dataclasses import dataclass

from linkcheck.model.finding import Strikes, Untold
from linkcheck.model.observation import ArchiveObservation, LiveObservation
from linkcheck.model.verdict import ArchiveVerdict, LiveVerdict
from linkcheck.store.appraisal import confirmed


@dataclass(frozen=True, slots=True)
class ArchiveSide:
    """What is known of a want."""

    observation: ArchiveObservation | None
    strikes: Strikes
    untold: Untold | None
    subject: int

    @property
    def verdict(self) -> ArchiveVerdict | None:
        """Return how the side shows; None where nobody ever asked."""
        return None if self.observation is None else self.observation.finding.verdict

    @property
    def confirmed(self) -> bool:
        """Tell whether the verdict has its strikes."""
        return self.verdict is None or confirmed(self.verdict, self.strikes)


@dataclass(frozen=True, slots=True)
class LiveSide:
    """What is known of an original, by itself or with its host."""

    observation: LiveObservation | None
    strikes: Strikes
    untold: Untold | None

    @property
    def verdict(self) -> LiveVerdict | None:
        """Return how the side shows; None where nobody ever asked."""
        return None if self.observation is None else self.observation.finding.verdict

    @property
    def confirmed(self) -> bool:
        """Tell whether the verdict has its strikes."""
        return self.verdict is None or confirmed(self.verdict, self.strikes)
