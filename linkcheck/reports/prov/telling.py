"""What a description of one article must know besides the article."""

from collections.abc import Callable
from dataclasses import dataclass

from linkcheck.model.manifest import Manifest
from linkcheck.reports.prov.identity import Observed, check_iri
from linkcheck.reports.prov.terms import Iri

Predecessor = Callable[[Observed], Observed | None]
"""Returns what was observed of the same before, as the store remembers it."""


def no_predecessor(_: Observed) -> None:
    """Know of nothing before."""


@dataclass(frozen=True, slots=True)
class Telling:
    """What is told with all articles of a stream."""

    manifest: Manifest
    before: Predecessor
    told: set[Iri]

    def is_new(self, seen: Observed) -> bool:
        """Tell a check that was not described before, and remember it."""
        check = check_iri(seen)
        new = check not in self.told
        self.told.add(check)
        return new
