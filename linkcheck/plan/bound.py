"""What a sample says of the whole: an exact interval for a share (Clopper and Pearson, 1934)."""

from collections.abc import Callable
from math import exp, lgamma, log

from linkcheck.model.noun import Noun

_STEPS = 60  # halvings: the last moves a bound by less than a float can tell


class Bound(Noun, frozen=True, kw_only=True):
    """The shares between which the true one lies with the confidence that was asked for."""

    bad: int
    size: int
    low: float
    high: float
    confidence: float


def bound(bad: int, size: int, confidence: float = 0.95) -> Bound:
    """Return the exact two-sided interval; where none is bad, all of the doubt is above.

    It holds for every size and share, unlike Wald's, and never promises too much, unlike Wilson's.
    Of a systematic sample by strata it is on the safe side: those vary less than plain ones.
    """
    if not 0 <= bad <= size:
        raise ValueError(f"{bad} of {size} is no count")
    doubt = 1 - confidence
    each = doubt if bad in {0, size} else doubt / 2
    low = 0.0 if bad == 0 else _root(lambda share: 1 - _at_most(bad - 1, size, share) < each)
    high = 1.0 if bad == size else _root(lambda share: _at_most(bad, size, share) > each)
    return Bound(bad=bad, size=size, low=low, high=high, confidence=confidence)


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
