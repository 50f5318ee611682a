"""Everything that is drawn by lot: the same for the same seed, whatever else happens."""

import hashlib
import heapq
from collections.abc import Iterable

from linkcheck.model.live import LiveSubject

_IMPOSSIBLE = "/no-such-page-"
_SLASHES_OF_ROOT = 3


def token(seed: str, *words: object) -> str:
    """Return a word that nobody else uses."""
    return hashlib.sha256(" ".join(map(str, (seed, *words))).encode()).hexdigest()[:16]


def impossible(origin: str, seed: str, number: int) -> str:
    """Return an address of a host that cannot exist there."""
    return f"{origin}{_IMPOSSIBLE}{token(seed, origin, number)}"


def is_impossible(url: str) -> bool:
    """Tell an address that was made to be none."""
    return _IMPOSSIBLE in url


def is_yardstick(url: str) -> bool:
    """Tell an address whose answer others are laid beside: one that cannot exist, or `/`."""
    return is_impossible(url) or (url.count("/") == _SLASHES_OF_ROOT and url.endswith("/"))


def drawn(subject: LiveSubject, one_in: int, seed: str) -> bool:
    """Tell whether the lot falls on a link."""
    return int(token(seed, "look", subject.original), 16) % one_in == 0


def sample(subjects: Iterable[LiveSubject], size: int, seed: str) -> list[LiveSubject]:
    """Draw links of a host, in an order of their own."""
    return heapq.nsmallest(
        size, subjects, key=lambda one: (token(seed, one.original), one.original)
    )
