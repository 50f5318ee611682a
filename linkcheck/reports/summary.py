"""Findings to a summary, counted while they pass: memory grows with the distinct originals."""

from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import product

from msgspec.structs import replace

from linkcheck.model.finding import ArticleFindings, LinkFinding
from linkcheck.model.summary import Count, Named, Summary
from linkcheck.model.verdict import ArchiveVerdict, ProofKind, Standing
from linkcheck.reports.about import FAILING
from linkcheck.reports.addresses import capture_url
from linkcheck.reports.confirmed import WORRYING, is_confirmed, is_regressed, least_strikes
from linkcheck.reports.counting import Counted, Seen, Worry
from linkcheck.reports.marks import Marks, mark
from linkcheck.urls.parts import without_fragment

_REASONS = 10
_LONGEST = 200  # of a reason: some name an address
_GOOD = frozenset({ArchiveVerdict.CAPTURED, ArchiveVerdict.DRIFTED, ArchiveVerdict.REDIRECTED})
_HELD = tuple(
    one for one in Standing if one not in {*WORRYING, Standing.UNRESOLVED, Standing.NOT_CHECKED}
)
_UNCOUNTED = Count(originals=1, articles=0, occurrences=0)
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


class Tally:
    """Count findings that come article by article."""

    def __init__(self, fail_on: Iterable[Standing] = FAILING, named: int | None = 10) -> None:
        self._shown = named
        self._fail_on = frozenset(fail_on)
        self._seen = Seen()

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
        worrying, untold, held = self._parted()
        return Summary(
            articles=self._seen.articles,
            links=self._seen.links,
            originals=len(self._seen.originals),
            standings=_counts(self._seen.standings),
            furniture=_counts(self._seen.furniture),
            furniture_total=self._seen.all_furniture.done(),
            held=held,
            worrying=worrying,
            untold=untold,
            listed=self._seen.listed.beside(self._seen.replayed),
            replayed=len(self._seen.replayed),
            regressed=self._seen.regressed.done(),
            named=tuple(self._named()),
            unnamed=tuple((one, left[one]) for one in WORRYING if left.get(one)),
            failing=len(self._seen.failing),
            unresolved=tuple(ranked[:_REASONS]),
        )

    def _parted(self) -> tuple[int, int, int]:
        """Return how many originals are worrying, untold or held: each by its gravest link."""
        seen, counts = Marks(), []
        for kind in (WORRYING, (Standing.UNRESOLVED,), _HELD):
            before = len(seen)
            for standing in kind:
                if standing in self._seen.standings:
                    seen.join(self._seen.standings[standing].originals)
            counts.append(len(seen) - before)
        worrying, untold, held = counts
        return worrying, untold, held

    def _add(self, finding: LinkFinding) -> None:
        link, standing = finding.link, finding.standing
        address = without_fragment(link.original) if link.original else link.raw
        original = mark(address)
        self._seen.originals.add(original)
        counters = self._seen.furniture if finding.furniture else self._seen.standings
        counters.setdefault(standing, Counted()).add(original, link.article)
        if finding.furniture:
            self._seen.all_furniture.add(original, link.article)
        self._weigh_proof(finding)
        if standing is Standing.UNRESOLVED:
            self._seen.reasons.setdefault(_reason(finding)[:_LONGEST], Marks()).add(original)
        if is_regressed(finding) and not finding.furniture:
            self._seen.regressed.add(original, link.article)
        if standing in self._fail_on and is_confirmed(finding):
            self._seen.failing.add(original)
        if standing in WORRYING:
            worries = self._seen.worries.setdefault((standing, finding.furniture), {})
            worry = worries.get(address)
            if worry is None:
                # Not the finding itself: of thousands all evidence would be held to name ten.
                named = _named(standing, address, finding) if self._shown != 0 else None
                worry = worries[address] = Worry(named)
            worry.add(link.article, link.line)

    def _weigh_proof(self, finding: LinkFinding) -> None:
        archive = finding.archive
        if archive is None or archive.finding.verdict not in _GOOD:
            return
        proof = archive.finding.proof
        one = mark(archive.evidence.archive, archive.key, archive.finding.capture_timestamp or "")
        replayed = proof is not None and proof.kind is not ProofKind.LISTED
        (self._seen.replayed if replayed else self._seen.listed).add(one)

    def _named(self) -> Iterator[Named]:
        for kind in product(WORRYING, (False, True)):
            worries = self._seen.worries.get(kind, {}).values()
            told = [(one.named, one) for one in worries if one.named is not None]
            told.sort(key=lambda pair: _rank(*pair))
            for named, worry in told[: self._shown]:
                count = Count(originals=1, articles=worry.articles, occurrences=worry.occurrences)
                yield replace(named, count=count, places=tuple(worry.places))


def _rank(named: Named, worry: Worry) -> tuple[bool, int, str]:
    return not named.regressed, -worry.articles, named.original


def _named(standing: Standing, original: str, finding: LinkFinding) -> Named:
    """Return what is said of an original, before it is known how often it is cited."""
    archive, live = finding.archive, finding.live
    suggestion = archive.suggestion if archive is not None else None
    return Named(
        standing=standing,
        original=original,
        count=_UNCOUNTED,
        places=(),
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


def _counts(counters: dict[Standing, Counted]) -> tuple[tuple[Standing, Count], ...]:
    return tuple((one, counters[one].done()) for one in Standing if one in counters)
