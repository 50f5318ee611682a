"""Bodies that several keys share: the mark of error pages and placeholders."""

from array import array
from collections.abc import Iterator
from dataclasses import dataclass, field
from hashlib import blake2b
from itertools import groupby
from operator import itemgetter

from linkcheck.model.holding import Holding

_GOOD = range(200, 300)

_PARTS = 16
"""Parts of all marks that are looked through one after the other: sorted at once, those of a full
collection take 25 MB, as much as half of all else that its lane holds (2026-11)."""


def mark(digest: str) -> int:
    """Return the number that stands for a digest, in every process: bodies come in their order."""
    said = digest.encode("utf-8", "surrogatepass")  # by whatever server
    return int.from_bytes(blake2b(said, digest_size=8).digest(), "big", signed=True)


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
        return {each: places for each, places in self._groups() if len(places) >= least}

    def _groups(self) -> Iterator[tuple[int, tuple[int, ...]]]:
        for part in range(_PARTS):
            pairs = zip(self._marks, self._places, strict=True)
            here = sorted(pair for pair in pairs if pair[0] % _PARTS == part)
            for each, group in groupby(here, key=itemgetter(0)):
                yield each, tuple(dict.fromkeys(place for _, place in group))
