"""All settings in one place: each table of the configuration is one of them."""

from dataclasses import dataclass, field, replace

from linkcheck.settings.archive_lane import ArchiveLaneSettings
from linkcheck.settings.freshness import FreshnessSettings
from linkcheck.settings.judging import JudgingSettings
from linkcheck.settings.live import LiveSettings
from linkcheck.settings.network import Network
from linkcheck.settings.pace import PaceSettings
from linkcheck.settings.planning import PlanningSettings
from linkcheck.settings.reading import ReadingSettings
from linkcheck.settings.recording import Recording
from linkcheck.settings.retry import RetrySettings
from linkcheck.settings.scan import ScanSettings
from linkcheck.settings.witness import WitnessSettings


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """Everything that can be set: a field is a table `[name]`, and its fields are the keys."""

    scan: ScanSettings = field(default_factory=ScanSettings)
    reading: ReadingSettings = field(default_factory=ReadingSettings)
    judging: JudgingSettings = field(default_factory=JudgingSettings)
    planning: PlanningSettings = field(default_factory=PlanningSettings)
    archive: ArchiveLaneSettings = field(default_factory=ArchiveLaneSettings)
    live: LiveSettings = field(default_factory=LiveSettings)
    witness: WitnessSettings = field(default_factory=WitnessSettings)
    freshness: FreshnessSettings = field(default_factory=FreshnessSettings)
    network: Network = field(default_factory=Network)
    pace: PaceSettings = field(default_factory=PaceSettings)
    retry: RetrySettings = field(default_factory=RetrySettings)
    recording: Recording = field(default_factory=Recording)

    def archive_lane(self) -> ArchiveLaneSettings:
        """Return what an archive's lane is told: what others use too has its own table."""
        return replace(
            self.archive,
            planning=self.planning,
            judging=self.judging,
            playback=self.scan.playback,
        )
