"""What a description of one article must know besides the article."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from linkcheck.model.manifest import Manifest
from linkcheck.model.noun import Noun
from linkcheck.reports.prov.identity import Observed, check_iri
from linkcheck.reports.prov.terms import Iri


class Former(Noun, frozen=True, kw_only=True):
    """A finding that another one took the place of."""

    seen: Observed
    rules: str | None = None  # by which it was judged; None: by those of today


Predecessor = Callable[[Observed], Former | None]
"""Returns the finding that this one took the place of, as the store remembers it."""


def no_predecessor(_: Observed) -> None:
    """Know of nothing before."""


@dataclass(frozen=True, slots=True)
class Telling:
    """What is told with all articles of a stream."""

    manifest: Manifest  # of the last run: what it let stand is judged by its rules
    earlier: Sequence[Manifest] = ()  # oldest first
    before: Predecessor = no_predecessor
    told: set[Iri] = field(default_factory=set)
    runs: dict[str, Manifest] = field(default_factory=dict)  # that were spoken of

    def is_new(self, seen: Observed) -> bool:
        """Tell a check that was not described before, and remember it."""
        check = check_iri(seen)
        new = check not in self.told
        self.told.add(check)
        return new

    def checked_by(self, seen: Observed) -> Manifest:
        """Return the run that made a check: the last one that had begun by then."""
        at = seen.evidence.seen_at
        runs = (*self.earlier, self.manifest)
        run = next((one for one in reversed(runs) if one.started_at <= at), runs[0])
        return self.runs.setdefault(run.run, run)

    def judged_by(self, checked: Manifest) -> Manifest:
        """Return the run that judged what a run has seen: itself, or the first by new rules."""
        rules = self.manifest.beginning.rules
        run = checked
        if checked.beginning.rules != rules:
            run = self.manifest
            for one in reversed(self.earlier):
                if one.beginning.rules != rules:
                    break
                run = one
        return self.runs.setdefault(run.run, run)
