"""Everything that the one door to the network is told."""

from dataclasses import dataclass, field

from linkcheck.settings.network import Network
from linkcheck.settings.pace import PaceSettings
from linkcheck.settings.retry import RetrySettings


@dataclass(frozen=True, slots=True, kw_only=True)
class DoorSettings:
    """The settings of every layer, each in its own words."""

    network: Network = field(default_factory=Network)
    pace: PaceSettings = field(default_factory=PaceSettings)
    retry: RetrySettings = field(default_factory=RetrySettings)
    user_headers: tuple[str, ...] = ()  # names of every `-H`: their values are never kept
