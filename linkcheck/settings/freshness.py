"""How long findings hold before they are asked again: every span with its reason."""

from dataclasses import dataclass
from datetime import timedelta

_LONGEST = timedelta(days=36_525)
"""More, and a moment in the future could not be told."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FreshnessSettings:
    """How long each kind of finding holds."""

    archive_good: timedelta = timedelta(days=90)
    """Captures stay: a quarter of a year finds what is withdrawn without asking for all weekly."""

    live: timedelta = timedelta(days=6)
    """A weekly job asks each week, though it may start an hour earlier than the last time."""

    negative: timedelta = timedelta(days=3)
    """As far apart as strikes must be: asked sooner, it would not count as one."""

    excluded: timedelta = timedelta(days=180)
    """What an archive withholds is its decision; asking again soon would not be courteous."""

    pending: timedelta = timedelta(days=2)
    """Archives take hours to days to list and play what they have captured."""

    jitter: float = 0.2
    """Good captures come due spread over so much of their time, not all in one week."""

    def __post_init__(self) -> None:
        spans = (self.archive_good, self.live, self.negative, self.excluded, self.pending)
        if max(spans) > _LONGEST:
            raise ValueError("no finding holds longer than a hundred years")
        if not 0 <= self.jitter < 1:
            raise ValueError("jitter is a share: from 0 to below 1")
