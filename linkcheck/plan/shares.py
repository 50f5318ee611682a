"""Bodies that several keys share: the mark of error pages and placeholders."""

from array import array
from collections.abc import Iterator
from dataclasses import dataclass, field

from linkcheck.model.holding import Holding

_GOOD = range(200, 300)


def mark(digest: str) -> int:
    """Return the number that stands for a digest, of one process only."""
    return hash(digest)


@dataclass(slots=True)
class Shares:
    """Note which places hold which body, in sixteen bytes each.

    That a body is shared is known when its third key comes by, which may be hours after the
    first: so all are noted, and looked through once.
    """

    _marks: "array[int]" = field(default_factory=lambda: array("q"))
    _places: "array[int]" = field(default_factory=lambda: array("q"))

    def add(self, holding: Holding) -> None:
        """Note the bodies of a key's good rows that matter; redirects are left out."""
        for row in holding.rows:
            if row.digest is not None and (row.status in _GOOD or row.revisit):
                self.note(row.digest, holding.place)

    def note(self, digest: str, place: int) -> None:
        """Note one body."""
        self._marks.append(mark(digest))
        self._places.append(place)

    def shared(self, least: int) -> dict[int, tuple[int, ...]]:
        """Return the bodies that at least so many keys hold, with their places in order."""
        groups = self._groups(least)
        return {each: places for each, places in groups if len(places) >= least}

    def _groups(self, least: int) -> Iterator[tuple[int, tuple[int, ...]]]:
        marks, places = self._marks, self._places
        order = sorted(range(len(marks)), key=marks.__getitem__)
        start = 0
        for end in range(1, len(order) + 1):
            if end < len(order) and marks[order[end]] == marks[order[start]]:
                continue
            if end - start >= least:
                held = {places[at] for at in order[start:end]}
                yield marks[order[start]], tuple(sorted(held))
            start = end
