"""Digests that several keys share: the mark of error pages and placeholders."""

from collections import Counter
from dataclasses import dataclass, field

from linkcheck.fixity import is_of_nothing
from linkcheck.model.holding import Holding

_GOOD = range(200, 300)


@dataclass(slots=True)
class Shares:
    """Count the keys among the wanted ones that hold one body."""

    _keys: Counter[str] = field(default_factory=Counter)

    def add(self, holding: Holding) -> None:
        """Count the bodies of a key's good rows that matter, each once; redirects are left out."""
        self._keys.update(
            {
                row.digest
                for row in holding.rows
                if row.digest is not None and (row.status in _GOOD or row.revisit)
            }
        )

    def keys(self, digest: str | None) -> int:
        """Return how many keys hold this body; of an empty one that says nothing."""
        return 0 if digest is None or is_of_nothing(digest) else self._keys[digest]

    def shared(self, least: int) -> dict[str, int]:
        """Return the digests that at least so many keys hold."""
        return {
            digest: count
            for digest, count in self._keys.items()
            if count >= least and not is_of_nothing(digest)
        }
