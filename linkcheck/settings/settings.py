"""All settings in one place: each table of the configuration is one of them."""

from dataclasses import dataclass, field

from linkcheck.settings.judging import JudgingSettings
from linkcheck.settings.network import Network
from linkcheck.settings.pace import PaceSettings
from linkcheck.settings.planning import PlanningSettings
from linkcheck.settings.reading import ReadingSettings
from linkcheck.settings.recording import Recording
from linkcheck.settings.retry import RetrySettings
from linkcheck.settings.scan import ScanSettings


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """Everything that can be set: a field is a table `[name]`, and its fields are the keys."""

    scan: ScanSettings = field(default_factory=ScanSettings)
    reading: ReadingSettings = field(default_factory=ReadingSettings)
    judging: JudgingSettings = field(default_factory=JudgingSettings)
    planning: PlanningSettings = field(default_factory=PlanningSettings)
    network: Network = field(default_factory=Network)
    pace: PaceSettings = field(default_factory=PaceSettings)
    retry: RetrySettings = field(default_factory=RetrySettings)
    recording: Recording = field(default_factory=Recording)
