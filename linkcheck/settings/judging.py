"""How evidence is judged: every threshold with its reason."""

from dataclasses import dataclass
from datetime import date, timedelta

WriteOnce = tuple[tuple[str, str], ...]
HostEnds = tuple[tuple[str, date], ...]

# A name with its upload's second and a hash is never given twice: all 11,848 figures of the sample
# end so (`…-20180612131835_2c72_large.jpg`, 2026-11).
STAMPED = r"[-_](?:19|20)\d{12}[-_][0-9a-f]{4,}(?:_[a-z0-9]+)?\.(?:jpe?g|png|gif|webp|avif)$"


@dataclass(frozen=True, slots=True, kw_only=True)
class JudgingSettings:
    """How the archive side is judged."""

    tolerance: timedelta = timedelta(hours=24)
    """For an asserted time: what EDGI's client takes for the same capture."""

    inherited_margin: timedelta = timedelta(days=90)
    """Either side of the time from the article's date to the page's capture."""

    too_young: timedelta = timedelta(days=2)
    """A capture may be absent from index and playback for hours to days (seen 2026-08)."""

    write_once: WriteOnce = (("*", STAMPED),)
    """Host pattern and expression: file names that only ever had one content."""

    host_ends: HostEnds = ()
    """Host pattern and last day of a site; what was captured later needs its text compared."""

    shared_by: int = 3
    """So many unrelated articles with one body make a placeholder of it."""

    hops: int = 5
    """Redirects that are followed within an archive; honest chains have three."""

    strikes: int = 3
    """Scans that must agree before a bad verdict is more than a suspicion (IABot's practice)."""

    strike_gap: timedelta = timedelta(days=3)
    """Scans nearer to each other than that count as one."""

    change_gap: timedelta = timedelta(days=1)
    """Other bytes twice within it may be one fault of a cache."""
