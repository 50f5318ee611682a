"""How the archive side is carried out, each threshold with its reason."""

from dataclasses import dataclass, field

from linkcheck.settings.judging import JudgingSettings
from linkcheck.settings.planning import PlanningSettings
from linkcheck.settings.playback import PlaybackSettings


@dataclass(frozen=True, slots=True, kw_only=True)
class ArchiveLaneSettings:
    """All that the lane of one archive is told."""

    planning: PlanningSettings = field(default_factory=PlanningSettings)
    judging: JudgingSettings = field(default_factory=JudgingSettings)
    playback: PlaybackSettings = field(default_factory=PlaybackSettings)

    fixity: bool = True
    """Replayed bytes are compared with digests; they are at hand, so it costs no request."""

    index_hands: int = 6
    """Index requests under way or in line: the pace lets four go, two more are ready to follow."""

    playback_hands: int = 8
    """The same of playback, whose answers come faster."""

    patience: int = 20
    """Answers of one endpoint in a row that tell nothing, after which it counts as down. Each
    was tried three times; single slow hosts stay below, a dead archive is noticed in minutes."""

    headway_days: int = 14
    """Age up to which a bulk query is gone on with: a later scan wants other originals."""

    page_bytes: int = 4 << 20
    """Of a page, unpacked, that its text is compared from; saved articles have some 100 kB."""

    def __post_init__(self) -> None:
        if min(self.index_hands, self.playback_hands, self.patience) < 1:
            raise ValueError("somebody must ask, and answers must be waited for")
