"""A rest that an archive or a host has asked for, and the book that outlives the process."""

from datetime import datetime
from enum import StrEnum
from typing import Protocol

from linkcheck.model.noun import Noun


class PauseReason(StrEnum):
    """What was seen that asks for a rest."""

    THROTTLED = "throttled"  # 429, or the redirect that stands for it
    BUSY = "busy"  # 503 that names a time
    BANNED = "banned"  # connections are turned away after activity


class Pause(Noun, frozen=True, kw_only=True):
    """Silence towards one archive or host, in wall time because other processes heed it too."""

    site: str  # the archive's name, or the host's
    reason: PauseReason
    began_at: datetime
    until: datetime
    bans: int = 0  # in a row, this one counted: the next one lasts twice as long
    detail: str


class PauseBook(Protocol):
    """Where pauses are kept between runs; both calls are short and inline."""

    def read(self) -> tuple[Pause, ...]:
        """Return the latest pause of each site, ended ones too: the next ban builds on the last."""
        ...

    def write(self, pause: Pause) -> None:
        """Keep a pause, in the place of the site's earlier one."""
        ...


class MemoryPauseBook:
    """Keep pauses as long as the process lives."""

    def __init__(self, pauses: tuple[Pause, ...] = ()) -> None:
        self._pauses = {pause.site: pause for pause in pauses}

    def read(self) -> tuple[Pause, ...]:
        """Return the latest pause of each site."""
        return tuple(self._pauses.values())

    def write(self, pause: Pause) -> None:
        """Keep a pause, in the place of the site's earlier one."""
        self._pauses[pause.site] = pause
