"""Which captures are replayed though nobody doubts them: drawn by hash, fair to every stratum."""

import hashlib
import heapq
from collections import defaultdict
from collections.abc import Iterable

from linkcheck.model.link import Role
from linkcheck.model.noun import Noun


class Candidate(Noun, frozen=True, kw_only=True, gc=False):
    """A capture that is only listed, and the stratum that it stands for."""

    key: str
    timestamp: str  # of the capture
    role: Role
    host: str

    @property
    def stratum(self) -> tuple[str, str, str]:
        """Return role, host and year of the capture."""
        return self.role, self.host, self.timestamp[:4]


def drawn(candidates: Iterable[Candidate], size: int, seed: str) -> tuple[Candidate, ...]:
    """Draw a sample; the same for the same candidates and seed, in whatever order they come.

    Every candidate has the same chance, and every stratum its share to within one: candidates
    stand in the order of their strata, by hash within each, and every n-th is taken from a
    start that the seed gives (systematic sampling). So the share of bad ones in the sample is an
    estimate of their share in the whole without weights.
    """
    if size < 1:
        return ()
    strata: dict[tuple[str, str, str], list[tuple[int, Candidate]]] = defaultdict(list)
    for one in candidates:
        strata[one.stratum].append((_rank(one, seed), one))
    total = sum(map(len, strata.values()))
    if total <= size:
        return tuple(one for name in sorted(strata) for _, one in _ordered(strata[name], total))
    start = int.from_bytes(hashlib.sha256(f"start {seed}".encode()).digest()[:8]) % total
    # Places of a circle of `total`: place n is taken where n * size + start crosses a multiple.
    found: list[Candidate] = []
    before = 0
    for name in sorted(strata):
        after = before + len(strata[name])
        share = (after * size + start) // total - (before * size + start) // total
        found += (one for _, one in _ordered(strata[name], share))
        before = after
    return tuple(found)


def _ordered(ranked: list[tuple[int, Candidate]], most: int) -> list[tuple[int, Candidate]]:
    return heapq.nsmallest(most, ranked, key=lambda item: (item[0], item[1].key))


def _rank(one: Candidate, seed: str) -> int:
    text = f"{seed} {one.key} {one.timestamp} {one.role}"
    return int.from_bytes(hashlib.sha256(text.encode("utf-8", "surrogateescape")).digest()[:8])
