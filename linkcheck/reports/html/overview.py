"""What the first page tells, counted while the articles pass."""

from collections import Counter
from dataclasses import dataclass

from linkcheck.model.capture import instant, mended
from linkcheck.model.finding import ArticleFindings, LinkFinding, Strikes
from linkcheck.model.link import Kind, Role
from linkcheck.reports.confirmed import WORRYING, is_confirmed, is_regressed, least_strikes
from linkcheck.reports.html.buckets import distance_bucket, publication_bucket
from linkcheck.reports.html.ranks import BAND
from linkcheck.urls.parts import split, without_fragment

_MASK = (1 << 61) - 1


@dataclass(slots=True)
class Worry:
    """One original that somebody should look at, and where it is cited first."""

    original: str
    article: str
    anchor: str
    title: str | None
    strikes: Strikes | None  # None: confirmed
    articles: int = 0
    last: str = ""


class Overview:
    """Take articles one by one; memory grows with distinct originals, not with links."""

    def __init__(self) -> None:
        self.worries: dict[str, dict[str, Worry]] = {}
        self.roles: dict[Role, Counter[str]] = {}
        self.hosts: dict[str, Counter[str]] = {}
        self.distances: Counter[str] = Counter()
        self.publications: Counter[str] = Counter()
        self.years: Counter[str] = Counter()
        self._captures: set[int] = set()
        self._stood: set[int] = set()
        self._hosts: dict[str, str] = {}

    def add(self, found: ArticleFindings) -> None:
        """Count one article."""
        for finding in found.links:
            if not finding.furniture:
                self._add(finding, found)

    def _add(self, finding: LinkFinding, found: ArticleFindings) -> None:
        link = finding.link
        address = without_fragment(link.original) if link.original else link.raw
        if is_regressed(finding):
            self._worry("regressed", address, finding, found)
        if finding.standing in WORRYING:
            self._worry(finding.standing, address, finding, found)
        self._chart(finding, found, address)

    def _worry(self, kind: str, address: str, finding: LinkFinding, found: ArticleFindings) -> None:
        worries = self.worries.setdefault(kind, {})
        worry = worries.get(address)
        if worry is None:
            link = finding.link
            worry = worries[address] = Worry(
                original=address,
                article=found.article,
                anchor=f"L{link.line}-{link.column}",
                title=found.title,
                strikes=None if is_confirmed(finding) else least_strikes(finding),
            )
        if worry.last != found.article:
            worry.articles, worry.last = worry.articles + 1, found.article

    def _chart(self, finding: LinkFinding, found: ArticleFindings, address: str) -> None:
        link, band = finding.link, BAND[finding.standing]
        stood = hash((address, link.role, band)) & _MASK
        if stood not in self._stood:
            self._stood.add(stood)
            self.roles.setdefault(link.role, Counter())[band] += 1
            host = self._host(link.original or "")
            if host:
                self.hosts.setdefault(host, Counter())[band] += 1
        seen = finding.archive
        if seen is None or seen.finding.capture_timestamp is None:
            return
        captured, seconds = seen.finding.capture_timestamp, seen.finding.distance_seconds
        if seconds is not None and link.kind is Kind.ARCHIVED:
            self.distances[distance_bucket(seconds)] += 1
        capture = hash((seen.key, captured)) & _MASK
        if capture not in self._captures:
            self._captures.add(capture)
            if captured[:4].isdecimal():
                self.years[captured[:4]] += 1
        if link.role is Role.URL and found.published is not None:
            moment = instant(mended(captured))
            if moment is not None:
                days = (moment.date() - found.published).days
                self.publications[publication_bucket(days)] += 1

    def _host(self, url: str) -> str:
        """Return the host of an address, one string for all addresses of it."""
        parts = split(url)
        host = parts.host if parts is not None else ""
        return self._hosts.setdefault(host, host)
