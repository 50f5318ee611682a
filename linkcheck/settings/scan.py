"""What a scan covers, how long it may take, and when it fails."""

from dataclasses import dataclass, field
from datetime import timedelta
from enum import StrEnum
from pathlib import Path

from linkcheck.model.verdict import Standing
from linkcheck.settings.playback import PlaybackSettings

_LONGEST = timedelta(days=36_525)


class Only(StrEnum):
    """Which sides of the links are asked."""

    BOTH = "both"
    ARCHIVE = "archive"
    LIVE = "live"


@dataclass(frozen=True, slots=True, kw_only=True)
class ScanSettings:
    """What a scan covers, how long it may take, and when it fails."""

    paths: tuple[Path, ...] = ()
    """The collection: what is scanned when the command names nothing."""

    exclude_path: tuple[str, ...] = ()
    """Leave out files whose path matches one of these regular expressions."""

    include: tuple[str, ...] = ()
    """Take only links that match one of these; wins over exclude."""

    exclude: tuple[str, ...] = ()
    """Leave out links that match one of these."""

    store: Path = Path(".linkcheck")
    """Where findings and evidence are kept: beside the configuration, never where cron stands."""

    archives: tuple[str, ...] = ("wayback", "arquivo", "archive-it")
    """The archives that are asked, by name or as the URL of a pywb collection. What cites another
    one, and plain live links, are looked for in the first."""

    only: Only = Only.BOTH
    """Which sides are asked; the other one is told from what is known of it."""

    playback: PlaybackSettings = field(default_factory=PlaybackSettings)
    """What is replayed, in words: all, none, or doubtful and sample:N. What only a replay can tell,
    and enough besides that the share of bad ones is bounded at 1%."""

    contact: str = ""
    """An address for the archive's staff, in the User-Agent: they write before they block."""

    institution: str = ""
    """On whose behalf linkcheck acts: the provenance names it. Nobody is named unasked."""

    contact_after: int = 1_000
    """Requests to one archive above which a scan without a contact does not begin: a quarter of an
    hour of its playback."""

    max_run_time: timedelta | None = None
    """When a run ends by itself, with what it has; the next one goes on."""

    max_requests: int | None = None
    """Requests on the wire after which a run ends by itself."""

    fail_on: tuple[Standing, ...] = (Standing.LOST, Standing.WITHHELD)
    """The confirmed standings that make the exit code 2."""

    record: bool = True
    """Keep every exchange as WARC beside the store."""

    seed: int = 1
    """Of every random choice. It is the same in every run, for samples rotate by the date."""

    def __post_init__(self) -> None:
        if not self.archives:
            raise ValueError("archives must name at least one")
        if self.max_run_time is not None and self.max_run_time <= timedelta():
            raise ValueError("max_run_time must be above 0")
        if self.max_run_time is not None and self.max_run_time > _LONGEST:
            raise ValueError("max_run_time is longer than anybody waits: leave it out")
        if self.max_requests is not None and self.max_requests < 1:
            raise ValueError("max_requests must be above 0")
        if any(ord(sign) < ord(" ") or not sign.isascii() for sign in self.contact):
            raise ValueError("contact stands in a header: an address in ASCII, on one line")
