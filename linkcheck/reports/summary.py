"""Findings to a summary, counted while they pass: memory grows with the distinct originals."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import product

from linkcheck.model.finding import ArticleFindings, LinkFinding
from linkcheck.model.summary import Count, Named, Place, Summary
from linkcheck.model.verdict import ArchiveVerdict, ProofKind, Standing
from linkcheck.reports.about import FAILING
from linkcheck.reports.addresses import capture_url
from linkcheck.reports.confirmed import WORRYING, is_confirmed, is_regressed, least_strikes
from linkcheck.reports.marks import mark
from linkcheck.urls.parts import without_fragment

_PLACES = 5  # of an original are named
_REASONS = 10
_LONGEST = 200  # of a reason: some name an address
_GOOD = frozenset({ArchiveVerdict.CAPTURED, ArchiveVerdict.DRIFTED, ArchiveVerdict.REDIRECTED})
_UNTOLD = frozenset(("unknown", "pending", "broken", "shell"))


def summarise(
    articles: Iterable[ArticleFindings],
    fail_on: Iterable[Standing] = FAILING,
    named: int | None = 10,
) -> Summary:
    """Count everything once, and name so many originals of each worrying standing; None: all."""
    tally = Tally(fail_on, named)
    for article in articles:
        tally.add(article)
    return tally.done()


@dataclass(slots=True)
class _Counter:
    originals: set[int] = field(default_factory=set)
    articles: int = 0
    occurrences: int = 0
    last: str | None = None

    def add(self, original: int, article: str) -> None:
        self.originals.add(original)
        self.occurrences += 1
        if article != self.last:
            self.articles, self.last = self.articles + 1, article

    def join(self, later: "_Counter") -> None:
        self.originals |= later.originals
        self.articles += later.articles
        self.occurrences += later.occurrences

    def done(self) -> Count:
        return Count(
            originals=len(self.originals), articles=self.articles, occurrences=self.occurrences
        )


@dataclass(slots=True)
class _Worry:
    finding: LinkFinding
    places: list[Place] = field(default_factory=list)
    articles: int = 0
    occurrences: int = 0
    last: str | None = None

    def add(self, article: str, line: int) -> None:
        self.occurrences += 1
        if article == self.last:
            return
        self.articles, self.last = self.articles + 1, article
        if len(self.places) < _PLACES:
            self.places.append(Place(article=article, line=line))

    def join(self, later: "_Worry") -> None:
        self.occurrences += later.occurrences
        self.articles += later.articles
        self.places += later.places[: _PLACES - len(self.places)]


@dataclass(slots=True)
class _Seen:
    articles: int = 0
    links: int = 0
    originals: set[int] = field(default_factory=set)
    standings: dict[Standing, _Counter] = field(default_factory=dict)
    furniture: dict[Standing, _Counter] = field(default_factory=dict)
    all_furniture: _Counter = field(default_factory=_Counter)
    regressed: _Counter = field(default_factory=_Counter)
    proofs: dict[int, bool] = field(default_factory=dict)
    worries: dict[tuple[Standing, bool], dict[str, _Worry]] = field(default_factory=dict)
    failing: set[int] = field(default_factory=set)
    reasons: dict[str, set[int]] = field(default_factory=dict)

    def join(self, later: "_Seen") -> None:
        self.articles += later.articles
        self.links += later.links
        self.originals |= later.originals
        self.failing |= later.failing
        self.all_furniture.join(later.all_furniture)
        self.regressed.join(later.regressed)
        for standing, counter in later.standings.items():
            self.standings.setdefault(standing, _Counter()).join(counter)
        for standing, counter in later.furniture.items():
            self.furniture.setdefault(standing, _Counter()).join(counter)
        for one, replayed in later.proofs.items():
            self.proofs[one] = self.proofs.get(one, False) or replayed
        for reason, seen in later.reasons.items():
            self.reasons.setdefault(reason, set()).update(seen)
        for kind, worries in later.worries.items():
            mine = self.worries.setdefault(kind, {})
            for address, worry in worries.items():
                known = mine.setdefault(address, worry)
                if known is not worry:
                    known.join(worry)


class Tally:
    """Count findings that come article by article."""

    def __init__(self, fail_on: Iterable[Standing] = FAILING, named: int | None = 10) -> None:
        self._shown = named
        self._fail_on = frozenset(fail_on)
        self._seen = _Seen()

    def add(self, found: ArticleFindings) -> None:
        """Count one article's links."""
        self._seen.articles += 1
        for finding in found.links:
            self._seen.links += 1
            self._add(finding)

    def join(self, later: "Tally") -> None:
        """Count what another one was told of the articles that follow."""
        self._seen.join(later._seen)  # noqa: SLF001 - of the same class

    def done(self) -> Summary:
        """Return what it came to."""
        reasons = Counter({reason: len(seen) for reason, seen in self._seen.reasons.items()})
        ranked = sorted(reasons.items(), key=lambda item: (-item[1], item[0]))
        left = {
            standing: max(0, len(worries) - self._shown) if self._shown is not None else 0
            for (standing, furniture), worries in self._seen.worries.items()
            if not furniture
        }
        return Summary(
            articles=self._seen.articles,
            links=self._seen.links,
            originals=len(self._seen.originals),
            standings=_counts(self._seen.standings),
            furniture=_counts(self._seen.furniture),
            furniture_total=self._seen.all_furniture.done(),
            listed=sum(not replayed for replayed in self._seen.proofs.values()),
            replayed=sum(self._seen.proofs.values()),
            regressed=self._seen.regressed.done(),
            named=tuple(self._named()),
            unnamed=tuple((one, left[one]) for one in WORRYING if left.get(one)),
            failing=len(self._seen.failing),
            unresolved=tuple(ranked[:_REASONS]),
        )

    def _add(self, finding: LinkFinding) -> None:
        link, standing = finding.link, finding.standing
        address = without_fragment(link.original) if link.original else link.raw
        original = mark(address)
        self._seen.originals.add(original)
        counters = self._seen.furniture if finding.furniture else self._seen.standings
        counters.setdefault(standing, _Counter()).add(original, link.article)
        if finding.furniture:
            self._seen.all_furniture.add(original, link.article)
        self._weigh_proof(finding)
        if standing is Standing.UNRESOLVED:
            self._seen.reasons.setdefault(_reason(finding)[:_LONGEST], set()).add(original)
        if is_regressed(finding) and not finding.furniture:
            self._seen.regressed.add(original, link.article)
        if standing in self._fail_on and is_confirmed(finding):
            self._seen.failing.add(original)
        if standing in WORRYING:
            worries = self._seen.worries.setdefault((standing, finding.furniture), {})
            worry = worries.get(address)
            if worry is None:
                worry = worries[address] = _Worry(finding)
            worry.add(link.article, link.line)

    def _weigh_proof(self, finding: LinkFinding) -> None:
        archive = finding.archive
        if archive is None or archive.finding.verdict not in _GOOD:
            return
        proof = archive.finding.proof
        one = mark(archive.evidence.archive, archive.key, archive.want.timestamp or "")
        replayed = proof is not None and proof.kind is not ProofKind.LISTED
        self._seen.proofs[one] = self._seen.proofs.get(one, False) or replayed

    def _named(self) -> Iterator[Named]:
        for kind in product(WORRYING, (False, True)):
            ranked = sorted(
                self._seen.worries.get(kind, {}).items(),
                key=lambda item: (
                    not is_regressed(item[1].finding),
                    -item[1].articles,
                    item[0],
                ),
            )
            for original, worry in ranked[: self._shown]:
                yield _name(kind[0], original, worry)


def _name(standing: Standing, original: str, worry: _Worry) -> Named:
    finding = worry.finding
    archive, live = finding.archive, finding.live
    suggestion = archive.suggestion if archive is not None else None
    return Named(
        standing=standing,
        original=original,
        count=Count(originals=1, articles=worry.articles, occurrences=worry.occurrences),
        places=tuple(worry.places),
        strikes=least_strikes(finding),
        confirmed=is_confirmed(finding),
        regressed=is_regressed(finding),
        furniture=finding.furniture,
        archive=f"{archive.finding.verdict} ({archive.finding.rule})" if archive else "",
        live=f"{live.finding.verdict} ({live.finding.rule})" if live else "",
        suggestion=capture_url(suggestion.archived) if suggestion else None,
    )


def _reason(finding: LinkFinding) -> str:
    for side in (finding.archive, finding.live):
        if side is not None and side.finding.verdict in _UNTOLD:
            return side.finding.reason or f"{side.finding.verdict}: {side.finding.rule}"
    return finding.reason or "not asked yet"


def _counts(counters: dict[Standing, _Counter]) -> tuple[tuple[Standing, Count], ...]:
    return tuple((one, counters[one].done()) for one in Standing if one in counters)
