"""How one language says numbers, moments and distances."""

import math
from collections.abc import Callable
from datetime import UTC, date, datetime
from functools import lru_cache

from linkcheck.model.capture import FULL
from linkcheck.reports.words import Words, words

_AT_HAND = 4_096  # moments that stay written: an article's links were captured and checked together
_TO_THE_SECOND = len("2026-11-15 03:00:00")
_TENTH = 0.1  # below it, tenths of a percent are told
_MINUTE, _HOUR, _DAY, _YEAR = 60, 3_600, 86_400, 31_557_600


class Speech:
    """The words of a report in one language."""

    def __init__(self, lang: str) -> None:
        self.lang = lang
        self.words: Words = words(lang)

    def say(self, key: str, /, **values: object) -> str:
        """Return a text with its blanks filled; numbers are grouped.

        `{count:is|are}` is the first word for one, and the second for any other number.
        """
        text = self.words[key]
        if not values:
            return text
        return text.format(
            **{
                name: _Number(value) if isinstance(value, int) else value
                for name, value in values.items()
            }
        )

    def named(self, kind: str, value: str) -> str:
        """Return the name of a verdict or standing; its own word where there is none."""
        return self.words.get(f"{kind}.{value}.name", value)

    def word(self, kind: str, value: str) -> str:
        """Return the word for a value; the value itself where there is none."""
        return self.words.get(f"{kind}.{value}", value)

    def many(self, count: int, one: str) -> str:
        """Return `1 article`, `49,118 articles`."""
        return self.say(f"many.{one}" if count == 1 else f"many.{one}s", count=count)

    def span(self, seconds: int) -> str:
        """Return a length of time in its largest fitting unit."""
        seconds = abs(seconds)
        if seconds >= 2 * _YEAR:
            return self.say("ui.years", count=f"{seconds / _YEAR:.1f}")
        if seconds >= _DAY:
            count = round(seconds / _DAY)
            return self.words["ui.day"] if count == 1 else self.say("ui.days", count=count)
        for unit, name in ((_HOUR, "ui.hours"), (_MINUTE, "ui.minutes")):
            if seconds >= 2 * unit:
                return self.say(name, count=round(seconds / unit))
        return self.say("ui.seconds", count=seconds)

    def distance(self, seconds: int) -> str:
        """Return how far a capture is from the moment asked, and on which side."""
        if not seconds:
            return self.words["ui.exactly"]
        return self.say("ui.later" if seconds > 0 else "ui.earlier", span=self.span(seconds))

    def aside(self, said: str, note: str) -> str:
        """Return a text with a note in brackets, as the language writes them."""
        return self.words["ui.aside"].format(said=said, note=note) if note else said

    def labelled(self, label: str, said: str) -> str:
        """Return a text behind its label."""
        return self.words["ui.labelled"].format(label=label, said=said)


class _Number(int):
    """A number as a text asks for it: its digits, or the word that goes with it."""

    def __format__(self, spec: str) -> str:
        one, either, several = spec.partition("|")
        if either:
            return one if self == 1 else several
        return f"{int(self):,}"


@lru_cache(maxsize=_AT_HAND)
def moment(at: datetime | date | None) -> str:
    """Return a moment in UTC, to the second."""
    if at is None:
        return ""
    if isinstance(at, datetime):
        if at.tzinfo is UTC:  # as nearly all are, and far quicker
            return str(at)[:_TO_THE_SECOND]
        utc = at.astimezone(UTC) if at.tzinfo is not None else at
        return f"{utc:%Y-%m-%d %H:%M:%S}"
    return at.isoformat()


@lru_cache(maxsize=_AT_HAND)
def digits(timestamp: str | None) -> str:
    """Return an archive's digits as a moment; as they are where they name none."""
    if timestamp is None:
        return ""
    if len(timestamp) != FULL or not timestamp.isdecimal():
        return timestamp
    day = f"{timestamp[:4]}-{timestamp[4:6]}-{timestamp[6:8]}"
    return f"{day} {timestamp[8:10]}:{timestamp[10:12]}:{timestamp[12:]}"


def at_most(share: float) -> str:
    """Return a bound with the precision that it deserves, never less than it is."""
    return _percent(share, math.ceil)


def at_least(share: float) -> str:
    """Return a share with the same, never more than it is: 99.7% is not all."""
    return _percent(share, math.floor)


def _percent(share: float, towards: Callable[[float], int]) -> str:
    steps = 10 if 0 < share < _TENTH else 1
    figure = towards(round(share * 100 * steps, 6)) / steps  # what binary fractions add is no share
    return f"{figure:.1f}%" if steps > 1 else f"{figure:.0f}%"
