"""What has become of a collection since an earlier run."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from linkcheck.model.finding import LinkFinding
from linkcheck.model.verdict import Standing

KINDS = {"regressed": 0, "new": 1, "fixed": 2}
"""Which changes the first page names one by one, the gravest first; the rest is counted."""


class Changed(Protocol):
    """One link that became better or worse."""

    @property
    def kind(self) -> str:
        """Return `new`, `regressed`, `still` or `fixed`."""
        ...

    @property
    def before(self) -> Standing | None:
        """Return how it stood."""
        ...

    @property
    def finding(self) -> LinkFinding:
        """Return how it stands."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Since:
    """An earlier run, and what has changed since."""

    at: datetime
    changes: Sequence[Changed] = ()
