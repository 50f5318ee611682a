"""Good rows beside a key that has none: other slugs and sizes of what is probably the same."""

import re
from collections import deque
from dataclasses import dataclass, field

from linkcheck.model.capture import Capture

NEAR = 4
"""Neighbours that are looked at on each side: a figure comes in three sizes at most."""

_GOOD = range(200, 300)
_NUMBERED = re.compile(r"[^)]*\).*?/[^/?]*?\d{3,}(?=[/?-]|$)")
_FILE = re.compile(r"(.*[-_/])[^-_/]*\.(?:jpe?g|png|gif|webp|avif|svg|bmp)(?:\?|$)")


def family(key: str) -> str | None:
    """Return the beginning that all siblings of a key have; None where it can have none.

    Wider than the siblings themselves: what a suggestion takes is decided when it is made.
    """
    match = _FILE.match(key)
    if match is not None:
        return match[1]
    numbered = _NUMBERED.match(key)
    return None if numbered is None else numbered[0]


@dataclass(slots=True)
class Bereft:
    """A key without a good row of its own, and the neighbours found for it."""

    place: int
    family: str
    siblings: list[Capture]
    following: int = 0


@dataclass(slots=True)
class Neighbourhood:
    """The good rows around the place that a stream has come to."""

    _before: deque[Capture] = field(default_factory=lambda: deque(maxlen=NEAR))
    _waiting: list[Bereft] = field(default_factory=list)

    def passed(self, last: Capture) -> None:
        """Take in the last row of a key that the stream has left."""
        if last.status not in _GOOD:
            return
        self._before.append(last)
        if self._waiting:
            for bereft in self._waiting:
                if last.urlkey.startswith(bereft.family):
                    bereft.siblings.append(last)
                bereft.following += 1
            self._waiting = [one for one in self._waiting if one.following < NEAR]

    def bereft(self, place: int, key: str) -> Bereft | None:
        """Begin to look for the siblings of a key; None where it can have none."""
        kind = family(key)
        if kind is None:
            return None
        near = [row for row in self._before if row.urlkey.startswith(kind) and row.urlkey != key]
        found = Bereft(place, kind, near)
        self._waiting.append(found)
        return found
