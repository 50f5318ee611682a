"""Which captures are replayed though nobody doubts them: drawn by hash, fair to every stratum."""

import hashlib
import heapq
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from linkcheck.model.link import Role
from linkcheck.model.noun import Noun


class Candidate(Noun, frozen=True, kw_only=True, gc=False):
    """A capture that is only listed, and the stratum that it stands for."""

    key: str
    timestamp: str  # of the capture
    role: Role
    host: str
    moment: str | None = None  # as cited: two of them may lead to one capture

    @property
    def stratum(self) -> tuple[str, str, str]:
        """Return role, host and year of the capture."""
        return self.role, self.host, self.timestamp[:4]


def drawn(candidates: Iterable[Candidate], size: int, seed: str) -> tuple[Candidate, ...]:
    """Draw a sample; the same for the same candidates and seed, in whatever order they come."""
    draw = Draw(size, seed)
    for one in candidates:
        draw.add(one)
    return draw.taken()


class Draw:
    """Draw while candidates come by, in memory that depends on strata and size alone.

    Every candidate has the same chance, and every stratum its share to within one: candidates
    stand in the order of their strata, by hash within each, and every n-th is taken from a
    start that the seed gives (systematic sampling). So the share of bad ones in the sample is an
    estimate of their share in the whole without weights.
    """

    def __init__(self, size: int, seed: str) -> None:
        self._size = size
        self._seed = seed
        self._strata: dict[tuple[str, str, str], _Stratum] = defaultdict(_Stratum)

    @property
    def total(self) -> int:
        """Return how many came by."""
        return sum(stratum.count for stratum in self._strata.values())

    def add(self, one: Candidate) -> None:
        """Take in a candidate."""
        self._strata[one.stratum].add(one, _rank(one, self._seed), self._size)

    def taken(self) -> tuple[Candidate, ...]:
        """Return the sample."""
        size, strata, total = self._size, self._strata, self.total
        if size < 1:
            return ()
        if total <= size:
            return tuple(one for name in sorted(strata) for one in strata[name].first(total))
        start = int.from_bytes(hashlib.sha256(f"start {self._seed}".encode()).digest()[:8]) % total
        # Places of a circle of `total`: place n is taken where n * size + start crosses a multiple.
        found: list[Candidate] = []
        before = 0
        for name in sorted(strata):
            after = before + strata[name].count
            share = (after * size + start) // total - (before * size + start) // total
            found += strata[name].first(share)
            before = after
        return tuple(found)


@dataclass(slots=True)
class _Stratum:
    """Count all, and keep those that can be drawn: never more than the whole sample."""

    count: int = 0
    _kept: list[tuple[int, str, str, Candidate]] = field(default_factory=list)

    def add(self, one: Candidate, rank: int, most: int) -> None:
        """Take in a candidate; the greatest rank stands first in the heap and goes first."""
        self.count += 1
        entry = (-rank, one.key, one.moment or "", one)
        if most < 1:
            return
        if len(self._kept) < most:
            heapq.heappush(self._kept, entry)
        elif entry > self._kept[0]:
            heapq.heapreplace(self._kept, entry)

    def first(self, most: int) -> list[Candidate]:
        """Return so many of the lowest rank."""
        return [entry[-1] for entry in sorted(self._kept, key=_order)[:most]]


def _order(entry: tuple[int, str, str, Candidate]) -> tuple[int, str, str]:
    return -entry[0], entry[1], entry[2]


def _rank(one: Candidate, seed: str) -> int:
    text = f"{seed} {one.key} {one.timestamp} {one.role} {one.moment}"
    return int.from_bytes(hashlib.sha256(text.encode("utf-8", "surrogateescape")).digest()[:8])
