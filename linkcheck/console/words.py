"""Figures and times as a person says them."""

from datetime import datetime

from linkcheck.model.pause import Pause, PauseReason

_MINUTE, _HOUR, _DAY = 60, 3_600, 86_400
_WHY = {
    PauseReason.THROTTLED: "asked for a rest",
    PauseReason.BUSY: "says it is busy",
    PauseReason.BANNED: "turns our connections away",
}


def many(count: int, one: str, several: str | None = None) -> str:
    """Return `1 article`, `49,118 articles`."""
    return f"{count:,} {one if count == 1 else several or f'{one}s'}"


def lasting(seconds: float) -> str:
    """Return a time in the two units that matter."""
    whole = round(seconds)
    if whole < _MINUTE:
        return f"{whole} s"
    if whole < _HOUR:
        return f"{whole // _MINUTE} min {whole % _MINUTE:02} s"
    if whole < _DAY:
        return f"{whole // _HOUR} h {whole % _HOUR // _MINUTE:02} min"
    return f"{whole // _DAY} d {whole % _DAY // _HOUR} h"


def clock(moment: datetime, now: datetime) -> str:
    """Return a time as the clock on the wall shows it, with its day where that is another one."""
    there = moment.astimezone()
    same = there.date() == now.astimezone().date()
    return there.strftime("%H:%M" if same else "%Y-%m-%d %H:%M")


def paused(pause: Pause, now: datetime) -> str:
    """Say who rests, why and for how long."""
    left = lasting(max((pause.until - now).total_seconds(), 0))
    until = clock(pause.until, now)
    return f"{pause.site} {_WHY[pause.reason]}: paused until {until}, {left} more ({pause.detail})"
