"""What a sample says of the whole: an exact bound of a share (Clopper and Pearson, 1934)."""

from collections.abc import Callable
from math import exp, lgamma, log

from linkcheck.model.noun import Noun

_STEPS = 60  # halvings: the last moves a bound by less than a float can tell


class Bound(Noun, frozen=True, kw_only=True):
    """The share that the true one is at most, with the confidence that was asked for."""

    bad: int
    size: int
    high: float
    confidence: float


def bound(bad: int, size: int, confidence: float = 0.95) -> Bound:
    """Return the exact upper bound: all of the doubt is on the side of more bad ones.

    It holds for every size and share, unlike Wald's and Wilson's. Of a systematic sample by strata
    it is on the safe side: those vary less than plain ones.
    """
    if not 0 <= bad <= size:
        raise ValueError(f"{bad} of {size} is no count")
    doubt = 1 - confidence
    high = 1.0 if bad == size else _root(lambda share: _at_most(bad, size, share) > doubt)
    return Bound(bad=bad, size=size, high=high, confidence=confidence)


def _root(below: Callable[[float], bool]) -> float:
    low, high = 0.0, 1.0
    for _ in range(_STEPS):
        middle = (low + high) / 2
        low, high = (middle, high) if below(middle) else (low, middle)
    return (low + high) / 2


def _at_most(most: int, size: int, share: float) -> float:
    """Return the chance of at most so many among so many."""
    if not 0 < share < 1:
        return 1.0 if share <= 0 else float(most >= size)
    known = lgamma(size + 1)
    return sum(
        exp(
            known
            - lgamma(count + 1)
            - lgamma(size - count + 1)
            + count * log(share)
            + (size - count) * log(1 - share)
        )
        for count in range(most + 1)
    )
