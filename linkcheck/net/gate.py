"""The one gate of an archive or a host: when it is shut, nothing goes out to any endpoint."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from linkcheck.model.pause import Pause, PauseReason
from linkcheck.net.sign import Mood, Rest
from linkcheck.settings.pace import ArchivePace, HostPace, PaceSettings

BREAKS = 3  # broken connections in a row that mean the same as one refused: a lost packet is none
Door = tuple[str, int]  # host name and port
LONGEST_THROTTLE = 3600.0  # seconds to which the rest after 429s in a row grows


@dataclass(frozen=True, slots=True, kw_only=True)
class Moment:
    """One instant on both clocks: the steady one that waits, the wall's that is written down."""

    steady: float
    wall: datetime


class Gate:
    """Keep what a site has shown, and decide when it may be asked again."""

    __slots__ = (
        "_answered",
        "_archive",
        "_banned_until",
        "_bans",
        "_breaks",
        "_host",
        "_settings",
        "_shut_at",
        "_site",
        "fruitless",
        "opens_at",
        "pause",
    )

    def __init__(
        self, site: str, archive: ArchivePace | None, host: HostPace, settings: PaceSettings
    ) -> None:
        self.opens_at = float("-inf")  # on the steady clock
        self.pause: Pause | None = None
        self.fruitless = 0  # pauses since the last good answer
        self._site = site
        self._archive = archive
        self._host = host
        self._settings = settings
        self._shut_at = float("-inf")
        self._answered: set[Door] = set()  # of an archive, those that have answered
        self._breaks = 0
        self._bans = 0  # in a row, those of earlier runs among them
        self._banned_until = float("-inf")

    @property
    def trial(self) -> bool:
        """Tell whether one request must show first that the pause has helped."""
        return self.fruitless > 0

    def forgettable(self, now: float) -> bool:
        """Tell whether a new gate would do as well."""
        old = self.opens_at + self._settings.host_patience < now
        return self._archive is None and (self.fruitless == 0 or old)

    def recall(self, pause: Pause, now: Moment) -> None:
        """Take up a pause that an earlier run has written down."""
        whole = (pause.until - pause.began_at).total_seconds()
        # A wall clock that was set back must not lengthen the rest.
        left = min((pause.until - now.wall).total_seconds(), whole)
        self._bans = pause.bans
        self._banned_until = now.steady + left
        if left > 0:
            self.pause = pause
            self.opens_at = now.steady + left
            self._shut_at = now.steady
            self.fruitless = 1

    def heed(self, sign: Mood | Rest, door: Door, asked_at: float, now: Moment) -> Pause | None:
        """Learn from an answer to a request that went out at `asked_at`; return a new pause."""
        late = asked_at <= self._shut_at  # it was under way when the gate fell
        match sign:
            case Rest():
                return self._rest(sign, now, late=late)
            case Mood.WELL if not late:
                self.fruitless = self._breaks = 0
                if self._archive is not None:
                    self._answered.add(door)
            case Mood.REFUSING | Mood.SILENT if not late and self._archive is not None:
                return self._turned_away(sign, door, self._archive, now)
            case _:
                pass
        return None

    def _rest(self, rest: Rest, now: Moment, *, late: bool) -> Pause | None:
        if rest.asked is not None:
            seconds = rest.asked.seconds
        else:
            archive = self._archive
            first = archive.throttle_rest if archive is not None else self._host.rest
            doublings = 0 if late else min(self.fruitless, 20)
            seconds = max(first, min(first * 2**doublings, LONGEST_THROTTLE))
        if late and now.steady + seconds <= self.opens_at:
            return None
        return self._shut(rest.reason, seconds, rest.detail, now, late=late)

    def _turned_away(
        self, sign: Mood, door: Door, archive: ArchivePace, now: Moment
    ) -> Pause | None:
        # Seen 2023-11 to 2026-08: whoever goes on asking after 429s finds the port closed for an
        # hour (EDGI #137, hartator #264). A port that has never answered says nothing, nor does
        # an archive that has not answered at all: that may be our own network.
        if now.steady > self._banned_until + self._settings.ban_memory:
            self._bans = 0
        if door not in self._answered and (self._bans == 0 or self._answered):
            return None
        self._breaks += 1
        if sign is Mood.SILENT and self._breaks < BREAKS:
            return None
        seconds = min(archive.ban_rest * 2**self._bans, self._settings.longest_rest)
        self._bans += 1
        self._breaks = 0
        self._banned_until = now.steady + seconds
        words = "connection refused" if sign is Mood.REFUSING else f"{BREAKS} connections failed"
        detail = f"{words} after it had answered"
        return self._shut(PauseReason.BANNED, seconds, detail, now, late=False)

    def _shut(
        self, reason: PauseReason, seconds: float, detail: str, now: Moment, *, late: bool
    ) -> Pause:
        self.fruitless += 0 if late else 1
        self._shut_at = now.steady
        self.opens_at = max(self.opens_at, now.steady + seconds)
        self.pause = Pause(
            site=self._site,
            reason=reason,
            began_at=now.wall,
            until=now.wall + timedelta(seconds=self.opens_at - now.steady),
            bans=self._bans,
            detail=detail,
        )
        return self.pause
