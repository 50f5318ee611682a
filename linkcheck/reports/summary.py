"""Findings to a summary, counted while they pass: memory grows with the distinct originals."""

from collections.abc import Iterable, Iterator, Mapping
from itertools import product

from msgspec.structs import replace

from linkcheck.model.finding import ArticleFindings, LinkFinding
from linkcheck.model.summary import Count, Named, Summary
from linkcheck.model.verdict import Standing
from linkcheck.reports import slip as labels
from linkcheck.reports.about import FAILING
from linkcheck.reports.addresses import capture_url
from linkcheck.reports.confirmed import WORRYING, is_confirmed, is_regressed, least_strikes
from linkcheck.reports.counting import Counted, Seen, Worries, Worry, join_worries
from linkcheck.reports.slip import slip_of

KINDS = tuple(product(WORRYING, (False, True)))
"""In the order in which worries are named."""

_REASONS = 10
_UNTOLD, _UNCHECKED = Standing.UNRESOLVED, Standing.NOT_CHECKED
_PARTS = (
    [labels.STANDING[one] for one in WORRYING],
    [labels.STANDING[_UNTOLD]],
    [labels.STANDING[one] for one in Standing if one not in {*WORRYING, _UNTOLD, _UNCHECKED}],
    [labels.STANDING[_UNCHECKED], *labels.FURNITURE.values()],
)
_UNCOUNTED = Count(originals=1, articles=0, occurrences=0)
_NOTHING = Counted()


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
        self._worries: Worries = {}

    def add(self, found: ArticleFindings) -> None:
        """Count one article's links."""
        slip = slip_of(found, self._fail_on)
        self._seen.add(slip)
        for (kind, address), cited in slip.worries.items():
            worries = self._worries.setdefault(kind, {})
            worry = worries.get(address)
            if worry is None:
                # Not the finding itself: of thousands all evidence would be held to name ten.
                named = named_of(address, cited.finding) if self._shown != 0 else None
                worry = worries[address] = Worry(named)
            worry.add(cited)

    def join(self, later: "Tally") -> None:
        """Count what another one was told of the articles that follow."""
        self._seen.join(later._seen)  # noqa: SLF001 - of the same class
        join_worries(self._worries, later._worries)  # noqa: SLF001 - the same

    def done(self) -> Summary:
        """Return what it came to."""
        counts = {kind: len(worries) for kind, worries in self._worries.items()}
        return summary_of(self._seen, tuple(self._named()), unnamed(counts, self._shown))

    def _named(self) -> Iterator[Named]:
        for kind in KINDS:
            worries = self._worries.get(kind, {}).values()
            told = [(one.named, one) for one in worries if one.named is not None]
            told.sort(key=lambda pair: rank(pair[0].regressed, pair[1].articles, pair[0].original))
            for named, worry in told[: self._shown]:
                count = Count(originals=1, articles=worry.articles, occurrences=worry.occurrences)
                yield replace(named, count=count, places=tuple(worry.places))


def summary_of(
    seen: Seen, named: tuple[Named, ...], left: tuple[tuple[Standing, int], ...]
) -> Summary:
    """Return what was counted; `named` and how many were left out of it are known already."""
    counters = seen.counters
    worrying, untold, held, others = _parted(counters)
    replayed = counters.get(labels.REPLAYED, _NOTHING).originals
    return Summary(
        articles=seen.articles,
        links=seen.links,
        originals=worrying + untold + held + others,
        standings=_counts(counters, labels.STANDING),
        furniture=_counts(counters, labels.FURNITURE),
        furniture_total=counters.get(labels.ALL_FURNITURE, _NOTHING).done(),
        held=held,
        worrying=worrying,
        untold=untold,
        listed=counters.get(labels.LISTED, _NOTHING).originals.beside(replayed),
        replayed=len(replayed),
        regressed=counters.get(labels.REGRESSED, _NOTHING).done(),
        named=named,
        unnamed=left,
        failing=len(counters.get(labels.FAILING, _NOTHING).originals),
        unresolved=tuple(_reasons(counters)),
    )


def unnamed(
    counts: Mapping[tuple[Standing, bool], int], shown: int | None
) -> tuple[tuple[Standing, int], ...]:
    """Return how many originals of each worrying standing are not named, of so many."""
    if shown is None:
        return ()
    left = {one: counts.get((one, False), 0) - shown for one in WORRYING}
    return tuple((one, count) for one, count in left.items() if count > 0)


def rank(regressed: bool, articles: int, original: str) -> tuple[bool, int, str]:  # noqa: FBT001 a key of sorting
    """Return by what worries are sorted: what was good, then what is cited most."""
    return not regressed, -articles, original


def named_of(original: str, finding: LinkFinding) -> Named:
    """Return what is said of an original, before it is known how often it is cited."""
    archive, live = finding.archive, finding.live
    suggestion = archive.suggestion if archive is not None else None
    return Named(
        standing=finding.standing,
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


def _parted(counters: Mapping[str, Counted]) -> tuple[int, int, int, int]:
    """Return how many originals are worrying, untold, held or none of it: by their gravest link."""
    seen: set[int] = set()
    counts = []
    for names in _PARTS:
        before = len(seen)
        for name in names:
            if name in counters:
                counters[name].originals.into(seen)
        counts.append(len(seen) - before)
    worrying, untold, held, others = counts
    return worrying, untold, held, others


def _reasons(counters: Mapping[str, Counted]) -> list[tuple[str, int]]:
    reasons = [
        (name.removeprefix(labels.REASON), len(counter.originals))
        for name, counter in counters.items()
        if name.startswith(labels.REASON)
    ]
    return sorted(reasons, key=lambda item: (-item[1], item[0]))[:_REASONS]


def _counts(
    counters: Mapping[str, Counted], names: Mapping[Standing, str]
) -> tuple[tuple[Standing, Count], ...]:
    return tuple((one, counters[names[one]].done()) for one in Standing if names[one] in counters)
