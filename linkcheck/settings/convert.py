"""A written value to what a setting holds, by the setting's type; words where it cannot be."""

import datetime as dt
import difflib
import math
import re
import types
from collections.abc import Callable, Mapping
from enum import StrEnum
from pathlib import Path
from typing import Any, Union, get_args, get_origin

from linkcheck.errors import UsageError
from linkcheck.settings.live import StatusAction, read_status_action
from linkcheck.settings.playback import PlaybackSettings, read_playback

_UNITS = {"s": 1, "m": 60, "h": 3_600, "d": 86_400, "w": 604_800, "y": 31_557_600}
_SPAN = re.compile(r"(?:\d+(?:\.\d+)?[smhdwy])+")
_PART = re.compile(r"(\d+(?:\.\d+)?)([smhdwy])")
_YES, _NO = frozenset({"true", "yes", "on", "1"}), frozenset({"false", "no", "off", "0"})
_PAIR = 2


def converted(value: object, hint: Any, base: Path, default: object) -> Any:
    """Return the value as its type; raise ValueError with what it must be.

    `base` is the folder that relative paths are relative to. Text stands for everything, as in
    the environment. Tables of pairs are laid over the default ones.
    """
    if _is_optional(hint):
        inner = next(kind for kind in get_args(hint) if kind is not types.NoneType)
        none = value is None or (isinstance(value, str) and value.lower() in {"", "none"})
        return None if none else converted(value, inner, base, default)
    if get_origin(hint) is tuple:
        return _several(value, get_args(hint)[0], base, default)
    if isinstance(hint, type) and issubclass(hint, StrEnum):
        return _word(value, hint)
    if hint is Path:
        return base / Path(_text(value)).expanduser()
    return _PLAIN[hint](value)


def span(text: str) -> dt.timedelta:
    """Return the time that `90s`, `2h`, `1h30m` or `2y` says."""
    if not _SPAN.fullmatch(text):
        raise ValueError("must be a time such as 90s, 15m, 2h, 3d, 2w or 2y")
    try:
        return dt.timedelta(
            seconds=sum(float(count) * _UNITS[unit] for count, unit in _PART.findall(text))
        )
    except OverflowError as error:
        raise ValueError("is a longer time than can be told") from error


def near(word: str, known: Mapping[str, object] | tuple[str, ...] | list[str]) -> str:
    """Return a hint: the word that was probably meant, or all there are."""
    found = difflib.get_close_matches(word, list(known), n=1, cutoff=0.5)
    return f"did you mean {found[0]}?" if found else f"known: {', '.join(known)}"


def is_pairs(hint: Any) -> bool:
    """Tell a setting that is written as a table: of pairs."""
    if get_origin(hint) is not tuple:
        return False
    inner = get_args(hint)[0]
    return get_origin(inner) is tuple and len(get_args(inner)) == _PAIR and inner != tuple[str, ...]


def _several(value: object, kind: Any, base: Path, default: object) -> tuple[Any, ...]:
    if is_pairs(tuple[kind, ...]):
        return _pairs(value, kind, base, default)
    if isinstance(value, str):
        value = [part.strip() for part in value.split(",")] if "," in value else [value]
        value = [part for part in value if part]
    if not isinstance(value, list | tuple) or (
        kind is str and not all(isinstance(part, str) for part in value)
    ):
        raise ValueError("must be a list of words" if kind is str else "must be a list")
    return tuple(converted(part, kind, base, None) for part in value)


def _pairs(value: object, kind: Any, base: Path, default: object) -> tuple[Any, ...]:
    if not isinstance(value, dict):
        raise ValueError("must be a table")  # noqa: TRY004 a user's word, not a type of ours
    first, second = get_args(kind)
    own = {
        converted(key, first, base, None): converted(one, second, base, None)
        for key, one in value.items()
    }
    before = dict(default) if isinstance(default, tuple) else {}
    # What the user says comes first: of patterns the first that matches holds.
    return tuple({**own, **{key: one for key, one in before.items() if key not in own}}.items())


def _word(value: object, kind: type[StrEnum]) -> StrEnum:
    text = _text(value)
    if text not in set(kind):
        raise ValueError(f"cannot be {text}: {near(text, tuple(kind))}")
    return kind(text)


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise ValueError("must be a word")  # noqa: TRY004 as above
    if "\0" in value:
        raise ValueError("holds a NUL")
    return value


def _truth(value: object) -> bool:
    if isinstance(value, str):
        if value.lower() in _YES | _NO:
            return value.lower() in _YES
    elif isinstance(value, bool):
        return value
    raise ValueError("must be true or false")


def _whole(value: object) -> int:
    number = value
    if isinstance(value, str) and re.fullmatch(r"-?[0-9_]{1,18}", value):
        number = int(value.replace("_", "") or "0")
    if not isinstance(number, int) or isinstance(number, bool):
        raise ValueError("must be a whole number")  # noqa: TRY004 as above
    if number < 0:
        raise ValueError("must be above 0")
    return number


def _real(value: object) -> float:
    try:
        number = float(value) if isinstance(value, str | int | float) else math.nan
    except (ValueError, OverflowError):
        number = math.nan
    if isinstance(value, bool) or not math.isfinite(number) or number < 0:
        raise ValueError("must be a number, not below 0")
    return number


def _time(value: object) -> dt.timedelta:
    if isinstance(value, str):
        return span(value)
    if isinstance(value, dt.timedelta):
        return value
    try:
        return dt.timedelta(seconds=_real(value))
    except (ValueError, OverflowError) as error:
        raise ValueError("must be a time such as 90s, 2h or 3d, or seconds") from error


def _date(value: object) -> dt.date:
    if isinstance(value, dt.datetime):
        return value.date()
    if isinstance(value, dt.date):
        return value
    try:
        return dt.date.fromisoformat(_text(value))
    except ValueError as error:
        raise ValueError("must be a day such as 2021-07-12") from error


def _playback(value: object) -> PlaybackSettings:
    try:
        return read_playback(_text(value))
    except UsageError as error:
        raise ValueError(str(error).partition(": ")[2]) from error


def _status_action(value: object) -> StatusAction:
    try:
        return read_status_action(_text(value))
    except UsageError as error:
        raise ValueError(str(error).partition(": ")[2]) from error


_PLAIN: Mapping[Any, Callable[[object], Any]] = {
    str: _text,
    bool: _truth,
    int: _whole,
    float: _real,
    dt.timedelta: _time,
    dt.date: _date,
    PlaybackSettings: _playback,
    StatusAction: _status_action,
}
OWN_WORDS = (PlaybackSettings, StatusAction)
"""Settings of several parts that are written in words of their own."""


def _is_optional(hint: Any) -> bool:
    return get_origin(hint) in {Union, types.UnionType} and types.NoneType in get_args(hint)
