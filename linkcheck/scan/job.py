"""What a scan is told, and what it came to."""

import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from linkcheck.archives import Archive
from linkcheck.lanes.archive import ArchiveLaneReport
from linkcheck.lanes.live import LiveLaneReport
from linkcheck.model.clock import Clock, utc_now
from linkcheck.model.manifest import Ended, Manifest
from linkcheck.model.noun import Noun
from linkcheck.model.pause import Pause
from linkcheck.model.run import Run
from linkcheck.net.resolver import Lookup
from linkcheck.plan.forecast import Forecast
from linkcheck.scan.reading import Collection
from linkcheck.settings.settings import Settings
from linkcheck.store import Sweep


@dataclass(frozen=True, slots=True, kw_only=True)
class Job:
    """One scan, completely."""

    settings: Settings
    collection: Collection
    archives: tuple[Archive, ...]  # those that are asked
    replay: tuple[Path, ...] = ()  # recordings in the place of the network
    headers: tuple[tuple[str, str], ...] = ()  # every `-H`
    fresh: bool = False  # ask again what still holds
    signals: bool = False  # Ctrl-C and SIGTERM are ours
    run: Run | None = None  # a name and a time of one's own, for cassettes
    clock: Clock = utc_now  # by which it begins, asks and ends
    lookup: Lookup | None = None  # of names, where the system's is not meant
    environment: Mapping[str, str] = field(default_factory=lambda: os.environ)  # proxies, trust


class ArchiveForecast(Noun, frozen=True, kw_only=True):
    """What will be asked of one archive."""

    archive: str
    forecast: Forecast


class LiveForecast(Noun, frozen=True, kw_only=True):
    """What will be asked of the live web."""

    originals: int = 0
    hosts: int = 0
    busiest: str = ""
    busiest_originals: int = 0
    seconds: float = 0.0  # the busiest host's time decides


class Forecasts(Noun, frozen=True, kw_only=True):
    """All that a scan will ask."""

    archives: tuple[ArchiveForecast, ...] = ()
    live: LiveForecast = LiveForecast()


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What a scan came to; the findings are in the store."""

    run: Run
    ended: Ended
    words: str = ""  # why, where it did not end by itself
    manifest: Manifest | None = None
    sweep: Sweep | None = None
    forecasts: Forecasts = field(default_factory=Forecasts)
    lanes: tuple[ArchiveLaneReport, ...] = ()
    live: LiveLaneReport | None = None
    requests: tuple[tuple[str, int], ...] = ()
    troubles: tuple[str, ...] = ()
    pauses: tuple[Pause, ...] = ()  # rests of the archives that outlast the run
    evidence: tuple[Path, ...] = ()
    unchanged_since: str = ""  # the run since which neither articles nor findings are new

    @property
    def inconclusive(self) -> bool:
        """Tell that something which was due could not be told."""
        return self.ended is not Ended.COMPLETE
