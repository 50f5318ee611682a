"""A finding: one link with both of its sides, as reports show it."""

from datetime import date, datetime

from linkcheck.model.link import Link
from linkcheck.model.noun import Noun
from linkcheck.model.observation import ArchiveObservation, LiveObservation
from linkcheck.model.verdict import Standing


class Strikes(Noun, frozen=True, kw_only=True, gc=False):
    """How often in a row one side was found bad, and how it stood before."""

    strikes: int = 0
    needed: int = 3
    regressed: bool = False
    first_seen: datetime | None = None  # when the present verdict was first reached
    last_good: datetime | None = None


class LinkFinding(Noun, frozen=True, kw_only=True):
    """Everything that is known of one link."""

    link: Link
    standing: Standing
    archive: ArchiveObservation | None = None  # None: the link has no such side, or was not asked
    live: LiveObservation | None = None
    archive_strikes: Strikes = Strikes()
    live_strikes: Strikes = Strikes()
    checked_at: datetime | None = None  # the older one of both sides
    furniture: bool = False  # on most pages: counted apart
    reason: str = ""


class ArticleFindings(Noun, frozen=True, kw_only=True):
    """One article and the findings of its links, in their order."""

    article: str  # its path, relative to the collection's root
    sha256: str
    title: str | None = None
    published: date | None = None
    links: tuple[LinkFinding, ...] = ()
