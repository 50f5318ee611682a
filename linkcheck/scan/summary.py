"""What a collection's findings come to, counted while they pass."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

from linkcheck.model.finding import ArticleFindings, LinkFinding, Strikes
from linkcheck.model.noun import Noun
from linkcheck.model.verdict import ArchiveVerdict, ProofKind, Standing
from linkcheck.urls.parts import without_fragment

_S = Standing
WORRYING = (_S.LOST, _S.WITHHELD, _S.IMPAIRED, _S.FEARED_LOST, _S.AT_RISK)
"""The worst first: this is the order in which a person reads them."""

SHOWN = 10
"""Links of each worry that are named; the report has all."""

_GOOD = frozenset({ArchiveVerdict.CAPTURED, ArchiveVerdict.DRIFTED, ArchiveVerdict.REDIRECTED})


class Count(Noun, frozen=True, kw_only=True):
    """How much of the collection: in this order it is told."""

    originals: int
    articles: int
    occurrences: int


class Named(Noun, frozen=True, kw_only=True):
    """One original that somebody should look at, and where it is cited first."""

    standing: Standing
    original: str
    article: str
    line: int
    citations: int
    strikes: Strikes
    regressed: bool = False


class Summary(Noun, frozen=True, kw_only=True):
    """All that the closing table says."""

    articles: int
    links: int
    standings: tuple[tuple[Standing, Count], ...]  # in the order of the enumeration
    furniture: tuple[tuple[Standing, Count], ...]
    listed: int  # archive findings that rest on the index alone
    replayed: int
    regressed: Count
    named: tuple[Named, ...]
    failing: int  # originals whose standing is confirmed and named by --fail-on
    unresolved: tuple[tuple[str, int], ...]  # originals by the reason, most frequent first

    def count(self, standing: Standing) -> Count:
        """Return the count of one standing."""
        return dict(self.standings).get(standing, Count(originals=0, articles=0, occurrences=0))


@dataclass(slots=True)
class _Counter:
    originals: set[int] = field(default_factory=set)
    articles: int = 0
    occurrences: int = 0
    last: str = ""

    def add(self, original: int, article: str) -> None:
        self.originals.add(original)
        self.occurrences += 1
        if article != self.last:
            self.articles, self.last = self.articles + 1, article

    def done(self) -> Count:
        return Count(
            originals=len(self.originals), articles=self.articles, occurrences=self.occurrences
        )


@dataclass(slots=True)
class _Place:
    finding: LinkFinding
    citations: int = 1


class Tally:
    """Count findings; memory grows with the distinct originals alone."""

    def __init__(self, fail_on: Iterable[Standing] = (), *, everything: bool = False) -> None:
        self._shown = None if everything else SHOWN
        self._fail_on = frozenset(fail_on)
        self._articles = self._links = 0
        self._standings: dict[Standing, _Counter] = {}
        self._furniture: dict[Standing, _Counter] = {}
        self._regressed = _Counter()
        self._proofs: dict[int, bool] = {}
        self._worries: dict[Standing, dict[str, _Place]] = {}
        self._failing: set[int] = set()
        self._reasons: dict[str, set[int]] = {}

    def add(self, found: ArticleFindings) -> None:
        """Count one article's links."""
        self._articles += 1
        for finding in found.links:
            self._add(finding)

    def done(self) -> Summary:
        """Return what it came to."""
        reasons = Counter({reason: len(seen) for reason, seen in self._reasons.items()})
        return Summary(
            articles=self._articles,
            links=self._links,
            standings=_counts(self._standings),
            furniture=_counts(self._furniture),
            listed=sum(not replayed for replayed in self._proofs.values()),
            replayed=sum(self._proofs.values()),
            regressed=self._regressed.done(),
            named=tuple(self._named()),
            failing=len(self._failing),
            unresolved=tuple(reasons.most_common(SHOWN)),
        )

    def _add(self, finding: LinkFinding) -> None:
        self._links += 1
        link, standing = finding.link, finding.standing
        address = without_fragment(link.original) if link.original else link.raw
        original = hash(address)
        counters = self._furniture if finding.furniture else self._standings
        counter = counters.get(standing)
        if counter is None:
            counter = counters[standing] = _Counter()
        counter.add(original, link.article)
        self._weigh_proof(finding)
        if standing is Standing.UNRESOLVED:
            self._reasons.setdefault(_reason(finding), set()).add(original)
        if finding.archive_strikes.regressed or finding.live_strikes.regressed:
            self._regressed.add(original, link.article)
        if standing in self._fail_on and is_confirmed(finding):
            self._failing.add(original)
        if standing in WORRYING:
            places = self._worries.setdefault(standing, {})
            place = places.get(address)
            if place is not None:
                place.citations += 1
            else:
                places[address] = _Place(finding)

    def _weigh_proof(self, finding: LinkFinding) -> None:
        archive = finding.archive
        if archive is None or archive.finding.verdict not in _GOOD:
            return
        proof = archive.finding.proof
        mark = hash((archive.key, archive.want.timestamp))
        replayed = proof is not None and proof.kind is not ProofKind.LISTED
        self._proofs[mark] = self._proofs.get(mark, False) or replayed

    def _named(self) -> Iterable[Named]:
        for standing in WORRYING:
            places = self._worries.get(standing, {})
            ranked = sorted(
                places.items(),
                key=lambda item: (not _is_regressed(item[1].finding), -item[1].citations, item[0]),
            )
            for original, place in ranked[: self._shown]:
                finding = place.finding
                yield Named(
                    standing=standing,
                    original=original,
                    article=finding.link.article,
                    line=finding.link.line,
                    citations=place.citations,
                    strikes=max(
                        finding.archive_strikes, finding.live_strikes, key=lambda one: one.strikes
                    ),
                    regressed=_is_regressed(finding),
                )


def is_confirmed(finding: LinkFinding) -> bool:
    """Tell whether a standing is more than a suspicion: no side waits for more strikes."""
    sides = (finding.archive_strikes, finding.live_strikes)
    return all(side.strikes == 0 or side.strikes >= side.needed for side in sides)


def _is_regressed(finding: LinkFinding) -> bool:
    return finding.archive_strikes.regressed or finding.live_strikes.regressed


def _reason(finding: LinkFinding) -> str:
    for side in (finding.archive, finding.live):
        if side is not None and side.finding.verdict in {"unknown", "pending", "broken", "shell"}:
            return side.finding.reason or f"{side.finding.verdict}: {side.finding.rule}"
    return finding.reason or "not asked yet"


def _counts(counters: dict[Standing, _Counter]) -> tuple[tuple[Standing, Count], ...]:
    return tuple((one, counters[one].done()) for one in Standing if one in counters)
