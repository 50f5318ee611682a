"""Which originals of a roll are named: of each kind those that somebody should look at first."""

from dataclasses import dataclass, field
from heapq import nsmallest

from linkcheck.model.summary import Count, Place
from linkcheck.reports.counting import PLACES
from linkcheck.reports.roll import Roll
from linkcheck.reports.slip import Kind
from linkcheck.reports.summary import KINDS, rank

_REGRESSED = 1 << 62
"""Beside a count of articles, in one number: there may be a hundred thousand of them."""


@dataclass(slots=True)
class Worst:
    """An original that is to be named, and where it is cited."""

    kind: Kind
    original: str
    articles: int
    occurrences: int = 0
    places: list[Place] = field(default_factory=list)

    @property
    def count(self) -> Count:
        """Return how often it is cited."""
        return Count(originals=1, articles=self.articles, occurrences=self.occurrences)


@dataclass(frozen=True, slots=True)
class Ranking:
    """The worst ones, in the order in which they are named, and how many there are in all."""

    worst: tuple[Worst, ...]
    counts: dict[Kind, int]


def ranking(roll: Roll, shown: int | None) -> Ranking:
    """Find so many of each kind, or all, and where they are cited."""
    every: list[dict[int, int]] = [{} for _ in KINDS]
    for kind, original, regressed in zip(roll.kinds, roll.worried, roll.regressed, strict=True):
        known = every[kind].get(original)
        # What its first link says of it is what will be said.
        every[kind][original] = 1 + (known if known is not None else regressed * _REGRESSED)
    found: dict[tuple[int, int], Worst] = {}
    for number, counts in enumerate(every):
        for original in _first(counts, roll.addresses, shown):
            found[number, original] = Worst(
                KINDS[number], roll.addresses[original], counts[original] % _REGRESSED
            )
    _place(roll, found)
    return Ranking(
        worst=tuple(found.values()),
        counts={kind: len(counts) for kind, counts in zip(KINDS, every, strict=True) if counts},
    )


def _first(counts: dict[int, int], addresses: dict[int, str], shown: int | None) -> list[int]:
    def key(original: int) -> tuple[bool, int, str]:
        said = counts[original]
        return rank(said >= _REGRESSED, said % _REGRESSED, addresses[original])

    return sorted(counts, key=key) if shown is None else nsmallest(shown, counts, key=key)


def _place(roll: Roll, found: dict[tuple[int, int], Worst]) -> None:
    worries = zip(roll.kinds, roll.worried, roll.lines, roll.times, strict=True)
    for path, count in zip(roll.paths, roll.worries, strict=True):
        for _ in range(count):
            kind, original, line, times = next(worries)
            one = found.get((kind, original))
            if one is not None:
                one.occurrences += times
                if len(one.places) < PLACES:
                    one.places.append(Place(article=path, line=line))
