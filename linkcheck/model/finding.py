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
    flaps: int = 0  # times that it went from good to bad or back


class Untold(Noun, frozen=True, kw_only=True, gc=False):
    """Asked without an answer: beside what is known, never in its place."""

    reason: str
    rule: str
    since: datetime  # the first time in a row, for this reason
    at: datetime  # the last time
    count: int = 1


class LinkFinding(Noun, frozen=True, kw_only=True):
    """Everything that is known of one link."""

    link: Link
    standing: Standing
    archive: ArchiveObservation | None = None  # None: the link has no such side, or was not asked
    live: LiveObservation | None = None
    archive_strikes: Strikes = Strikes()
    live_strikes: Strikes = Strikes()
    archive_untold: Untold | None = None  # asked since, without an answer: `archive` is older
    live_untold: Untold | None = None
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
