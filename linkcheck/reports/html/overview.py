"""What the first page tells, counted while the articles pass."""

from collections import Counter
from dataclasses import dataclass

from linkcheck.model.capture import instant, mended
from linkcheck.model.finding import ArticleFindings, LinkFinding, Strikes
from linkcheck.model.link import Kind, Role
from linkcheck.model.verdict import ArchiveVerdict, LiveVerdict
from linkcheck.reports.confirmed import WORRYING, is_confirmed, is_regressed, least_strikes
from linkcheck.reports.html.buckets import distance_bucket, publication_bucket
from linkcheck.reports.html.ranks import BAND
from linkcheck.reports.marks import Marks, mark
from linkcheck.urls.parts import split, without_fragment

_SCHEME = len("https://")


@dataclass(slots=True)
class Worry:
    """One original that somebody should look at, and where it is cited first."""

    original: str
    article: str
    anchor: str
    title: str | None
    strikes: Strikes | None  # None: confirmed
    archive: ArchiveVerdict | None
    live: LiveVerdict | None
    better: bool  # another capture would serve better
    articles: int = 0
    last: str = ""


class Overview:
    """Take articles one by one; memory grows with worries, by 20 bytes for any other link."""

    def __init__(self) -> None:
        self.worries: dict[str, dict[str, Worry]] = {}
        self.distances: Counter[str] = Counter()
        self.publications: Counter[str] = Counter()
        self._originals: dict[tuple[Role, str, str], Marks] = {}  # role, band, host
        self._captures: dict[str, Marks] = {}  # of each year
        self._hosts: dict[str, str] = {}  # by what stands before the path

    @property
    def roles(self) -> dict[Role, Counter[str]]:
        """Return how many originals of each role stand in each band."""
        counts: dict[Role, Counter[str]] = {}
        for (role, band, _), seen in self._originals.items():
            counts.setdefault(role, Counter())[band] += len(seen)
        return counts

    @property
    def hosts(self) -> dict[str, Counter[str]]:
        """Return the same of each host."""
        counts: dict[str, Counter[str]] = {}
        for (_, band, host), seen in self._originals.items():
            if host:
                counts.setdefault(host, Counter())[band] += len(seen)
        return counts

    @property
    def years(self) -> Counter[str]:
        """Return how many captures there are of each year."""
        return Counter({year: len(seen) for year, seen in self._captures.items()})

    def add(self, found: ArticleFindings) -> None:
        """Count one article."""
        for finding in found.links:
            if not finding.furniture:
                self._add(finding, found)

    def join(self, later: "Overview") -> None:
        """Count what another one was told of the articles that follow."""
        for kind, theirs in later.worries.items():
            worries = self.worries.setdefault(kind, {})
            for address, worry in theirs.items():
                known = worries.setdefault(address, worry)
                if known is not worry:
                    known.articles += worry.articles
        self.distances.update(later.distances)
        self.publications.update(later.publications)
        for key, seen in later._originals.items():  # noqa: SLF001 - of the same class
            self._originals.setdefault(key, Marks()).join(seen)
        for year, captures in later._captures.items():  # noqa: SLF001 - of the same class
            self._captures.setdefault(year, Marks()).join(captures)

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
            link, archive = finding.link, finding.archive
            worry = worries[address] = Worry(
                original=address,
                article=found.article,
                anchor=f"L{link.line}-{link.column}",
                title=found.title,
                strikes=None if is_confirmed(finding) else least_strikes(finding),
                archive=None if archive is None else archive.finding.verdict,
                live=None if finding.live is None else finding.live.finding.verdict,
                better=archive is not None and archive.suggestion is not None,
            )
        if worry.last != found.article:
            worry.articles, worry.last = worry.articles + 1, found.article

    def _chart(self, finding: LinkFinding, found: ArticleFindings, address: str) -> None:
        link = finding.link
        key = (link.role, BAND[finding.standing], self._host(link.original or ""))
        originals = self._originals.get(key)
        if originals is None:
            originals = self._originals[key] = Marks()
        originals.add(mark(address))
        seen = finding.archive
        if seen is None or seen.finding.capture_timestamp is None:
            return
        captured, seconds = seen.finding.capture_timestamp, seen.finding.distance_seconds
        if seconds is not None and link.kind is Kind.ARCHIVED:
            self.distances[distance_bucket(seconds)] += 1
        year = captured[:4]
        if year.isdecimal():
            captures = self._captures.get(year)
            if captures is None:
                captures = self._captures[year] = Marks()
            captures.add(mark(seen.key, captured))
        if link.role is Role.URL and found.published is not None:
            moment = instant(mended(captured))
            if moment is not None:
                days = (moment.date() - found.published).days
                self.publications[publication_bucket(days)] += 1

    def _host(self, url: str) -> str:
        """Return the host of an address; what stands before the path is taken apart once."""
        slash = url.find("/", _SCHEME)
        origin = url if slash < 0 else url[:slash]
        host = self._hosts.get(origin)
        if host is None:
            parts = split(origin)
            host = self._hosts[origin] = parts.host if parts is not None else ""
        return host
