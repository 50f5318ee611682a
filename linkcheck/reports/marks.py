"""Texts as numbers, for counting distinct ones in little memory."""

import hashlib
from array import array
from functools import lru_cache


@lru_cache(maxsize=1_024)
def mark(*parts: str) -> int:
    """Return a number for some texts, the same in every process that counts.

    Of 343,109 links two share one once in 300 million reports.
    """
    joined = "\0".join(parts).encode("utf-8", "surrogatepass")
    return int.from_bytes(hashlib.blake2b(joined, digest_size=8).digest(), "big")


class Marks:
    """Marks as they come, eight bytes each: a set of them takes ten times the room."""

    __slots__ = ("_all", "add", "extend")

    def __init__(self, known: "array[int] | None" = None) -> None:
        self._all = array("Q") if known is None else known
        self.add = self._all.append
        self.extend = self._all.extend

    def __reduce__(self) -> tuple[type["Marks"], tuple["array[int]"]]:
        return Marks, (self._all,)

    def __len__(self) -> int:
        """Return how many different ones there are."""
        return len(set(self._all))

    @property
    def total(self) -> int:
        """Return how many there are, the same ones too."""
        return len(self._all)

    def into(self, others: set[int]) -> None:
        """Add them to others."""
        others.update(self._all)

    def join(self, later: "Marks") -> None:
        """Add all marks of another."""
        self._all.extend(later._all)  # noqa: SLF001 - of the same class

    def beside(self, others: "Marks") -> int:
        """Return how many different ones are not among others."""
        known = set(others._all)  # noqa: SLF001 - the same
        before = len(known)
        known.update(self._all)
        return len(known) - before
