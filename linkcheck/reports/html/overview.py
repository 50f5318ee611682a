"""What the first page tells, counted while the articles pass."""

from collections import Counter
from dataclasses import dataclass, field
from typing import NamedTuple

from linkcheck.model.capture import instant, mended
from linkcheck.model.finding import ArticleFindings, LinkFinding
from linkcheck.model.link import Kind, Role
from linkcheck.model.verdict import ArchiveVerdict, ProofKind, Standing
from linkcheck.reports.html.buckets import distance_bucket, publication_bucket
from linkcheck.reports.html.ranks import BAND, WORRYING
from linkcheck.urls.parts import split, without_fragment

HELD = frozenset({ArchiveVerdict.CAPTURED, ArchiveVerdict.DRIFTED, ArchiveVerdict.REDIRECTED})
_MASK = (1 << 61) - 1


class Count(NamedTuple):
    """How much of a collection, in the order in which it is told."""

    originals: int
    articles: int
    occurrences: int


@dataclass(slots=True)
class Counting:
    """Count distinct originals, articles and occurrences."""

    originals: set[int] = field(default_factory=set)
    articles: int = 0
    occurrences: int = 0
    last: str = ""

    def add(self, original: int, article: str) -> None:
        """Count one link; the links of an article come together."""
        self.originals.add(original)
        self.occurrences += 1
        if article != self.last:
            self.articles, self.last = self.articles + 1, article

    def done(self) -> Count:
        """Return the counts."""
        return Count(len(self.originals), self.articles, self.occurrences)


@dataclass(slots=True)
class Worry:
    """One original that somebody should look at, and where it is cited first."""

    original: str
    article: str
    anchor: str
    title: str | None
    strikes: tuple[int, int]
    articles: int = 0
    last: str = ""


class Overview:
    """Take articles one by one; memory grows with distinct originals, not with links."""

    def __init__(self) -> None:
        self.articles = self.links = 0
        self.standings: dict[Standing, Counting] = {}
        self.furniture: dict[Standing, Counting] = {}
        self.regressed = Counting()
        self.worries: dict[str, dict[str, Worry]] = {}
        self.roles: dict[Role, Counter[str]] = {}
        self.hosts: dict[str, Counter[str]] = {}
        self.distances: Counter[str] = Counter()
        self.publications: Counter[str] = Counter()
        self.years: Counter[str] = Counter()
        self.verdicts: set[str] = set()  # for the handbook
        self._proofs: dict[int, bool] = {}
        self._captures: set[int] = set()
        self._stood: set[int] = set()
        self._hosts: dict[str, str] = {}

    def add(self, found: ArticleFindings) -> None:
        """Count one article."""
        self.articles += 1
        self.links += len(found.links)
        for finding in found.links:
            self._add(finding, found)

    @property
    def proofs(self) -> tuple[int, int]:
        """Return how many originals said to be held were replayed, and how many only listed."""
        replayed = sum(self._proofs.values())
        return replayed, len(self._proofs) - replayed

    def _add(self, finding: LinkFinding, found: ArticleFindings) -> None:
        link, standing = finding.link, finding.standing
        address = without_fragment(link.original) if link.original else link.raw
        original = hash(address) & _MASK
        counters = self.furniture if finding.furniture else self.standings
        counters.setdefault(standing, Counting()).add(original, found.article)
        regressed = finding.archive_strikes.regressed or finding.live_strikes.regressed
        if regressed:
            self.regressed.add(original, found.article)
            self._worry("regressed", address, finding, found)
        if standing in WORRYING:
            self._worry(standing, address, finding, found)
        self._weigh_proof(finding)
        if not finding.furniture:
            self._chart(finding, found, address)

    def _worry(
        self, kind: str, address: str, finding: LinkFinding, found: ArticleFindings
    ) -> None:
        worries = self.worries.setdefault(kind, {})
        worry = worries.get(address)
        if worry is None:
            link = finding.link
            waiting = [
                one
                for one in (finding.archive_strikes, finding.live_strikes)
                if 0 < one.strikes < one.needed
            ]
            least = min(waiting, key=lambda one: one.strikes, default=None)
            worry = worries[address] = Worry(
                original=address,
                article=found.article,
                anchor=f"L{link.line}-{link.column}",
                title=found.title,
                strikes=(0, 0) if least is None else (least.strikes, least.needed),
            )
        if worry.last != found.article:
            worry.articles, worry.last = worry.articles + 1, found.article

    def _weigh_proof(self, finding: LinkFinding) -> None:
        seen = finding.archive
        if seen is None or seen.finding.verdict not in HELD:
            return
        proof = seen.finding.proof
        mark = hash((seen.key, seen.want.timestamp)) & _MASK
        replayed = proof is not None and proof.kind is not ProofKind.LISTED
        self._proofs[mark] = self._proofs.get(mark, False) or replayed

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
