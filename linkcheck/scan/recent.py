"""The summary of a scan, at the price of what has changed: the rest was counted before."""

import hashlib
from array import array
from contextlib import closing
from dataclasses import dataclass

from msgspec.structs import replace

from linkcheck.collection.spread import apart
from linkcheck.model.summary import Named, Summary
from linkcheck.reports.roll import Roll
from linkcheck.reports.slip import slip_of
from linkcheck.reports.splice import spliced
from linkcheck.reports.summary import named_of, summary_of, unnamed
from linkcheck.reports.worst import Worst, ranking
from linkcheck.scan.api import read_store
from linkcheck.scan.job import Job, Outcome
from linkcheck.scan.kept import (
    Basis,
    KeptCount,
    KeptSummary,
    Popular,
    keep_count,
    keep_summary,
    kept_count,
    kept_summary,
)
from linkcheck.scan.rubbish import give_back
from linkcheck.scan.rules import as_json, extraction_rules, judging_rules
from linkcheck.settings.settings import Settings
from linkcheck.store import Shelved, Store, least_articles

_NAMED = 10
"""Links of each worry that are named; reports have all."""

_ALONE = 8_000
"""Articles up to which one process counts: another one takes a second to start."""

_NEARLY = 0.5
"""Of the articles that make furniture: what stands in fewer cannot soon be some."""

_SHARES = 2
"""Of each process, for one may take longer than another."""


def summed_up(job: Job, outcome: Outcome, *, everything: bool = False) -> Summary:
    """Return what all findings come to, counted anew only where something may be new."""
    settings, folder = job.settings, job.settings.scan.store
    with read_store(settings) as store:
        basis = _basis(settings, store, outcome.run.id)
        if outcome.unchanged_since and not everything:
            known = kept_summary(folder)
            if known is not None and known.basis == _basis(
                settings, store, outcome.unchanged_since
            ):
                keep_summary(folder, KeptSummary(basis=basis, summary=known.summary))
                return known.summary
        kept = kept_count(folder)
        if kept is not None and not _holds(settings, store, kept.basis):
            kept = None
        plan = _planned(store, kept)
    roll = _roll(job, plan)
    ranked = ranking(roll, None if everything else _NAMED)
    with read_store(settings) as store:
        named = _named(settings, store, plan, ranked.worst)
        calm = store.is_last(basis.run) and store.upheaval() == basis.upheaval
    seen = roll.seen()
    calm = calm and len(roll) == len(plan.articles)
    if calm:  # else another scan has written meanwhile: nobody knows what was counted
        keep_count(folder, _to_keep(basis, plan, roll, named))
    del roll, plan  # what is told apart now takes as much memory
    counts = unnamed(ranked.counts, None if everything else _NAMED)
    summary = summary_of(seen, named, counts)
    if calm and not everything:
        keep_summary(folder, KeptSummary(basis=basis, summary=summary))
    return summary


@dataclass(frozen=True, slots=True, kw_only=True)
class _Plan:
    """What there is, and what of it is counted anew."""

    kept: KeptCount | None = None  # None: nothing that holds
    articles: tuple[Shelved, ...]  # by path
    anew: tuple[int, ...]  # in the same order
    popular: Popular
    furniture: frozenset[int]
    hosts: dict[int, int]


def _basis(settings: Settings, store: Store, run: str) -> Basis:
    return Basis(
        run=run, seal=store.seal_of(run), rules=_rules(settings), upheaval=store.upheaval()
    )


def _holds(settings: Settings, store: Store, basis: Basis) -> bool:
    """Tell that what was counted then still counts, but for what has been asked since."""
    return bool(basis.seal) and basis == _basis(settings, store, basis.run)


def _planned(store: Store, kept: KeptCount | None) -> _Plan:
    """Find what may be other than it was counted; where that is not known, everything is."""
    articles = tuple(store.shelved())
    least = least_articles(len(articles))
    if kept is None:
        popular = _popular(store, least)
        return _Plan(
            articles=articles,
            anew=tuple(one.number for one in articles),
            popular=popular,
            furniture=popular.surely(least),
            hosts=store.hosts_asked(-1),
        )
    known = kept.unchanged()
    anew = {one.number for one in articles if known.get(one.path) != one.content}
    gone = len(known.keys() - {one.path for one in articles})
    popular = replace(kept.popular, since=kept.popular.since + len(anew) + gone)
    if not popular.holds(least):
        popular = _popular(store, least)
    furniture = _furniture(store, popular, least)
    since = store.place_of(kept.basis.run)
    hosts = store.hosts_asked(since)
    anew |= store.touched(
        since,
        hosts=[host for host, said in hosts.items() if said != kept.hosts.get(host, 0)],
        subjects=furniture.symmetric_difference(kept.furniture),
    )
    return _Plan(
        kept=kept,
        articles=articles,
        anew=tuple(one.number for one in articles if one.number in anew),
        popular=popular,
        furniture=furniture,
        hosts=kept.hosts | hosts,
    )


def _popular(store: Store, least: float) -> Popular:
    return Popular(counts=store.popular(least * _NEARLY), others=least * _NEARLY)


def _furniture(store: Store, popular: Popular, least: float) -> frozenset[int]:
    """Return what is furniture; what may or may not be is counted."""
    sure = popular.surely(least)
    counts = store.standing_in(popular.maybe(least) - sure)
    return sure | {one for one, count in counts.items() if count >= least}


@dataclass(frozen=True, slots=True)
class _Counting:
    """Count some of the articles, in whichever process."""

    settings: Settings
    furniture: frozenset[int]

    def __call__(self, share: tuple[int, ...]) -> Roll:
        roll, fail_on = Roll(), frozenset(self.settings.scan.fail_on)
        with read_store(self.settings) as store:
            for found in store.findings_of(share, self.furniture):
                roll.add(found.article, slip_of(found, fail_on))
        return roll


def _counted(job: Job, plan: _Plan) -> list[Roll]:
    """Count what is to be counted anew, many articles on all cores."""
    count = len(plan.anew)
    processes = job.collection.processes if count > _ALONE else 1
    if processes > 1:
        give_back()  # what the scan has left: the others need some
    each = -(-count // (_SHARES * processes)) or 1
    shares = [plan.anew[first : first + each] for first in range(0, count, each)]
    with closing(apart(_Counting(job.settings, plan.furniture), shares, processes)) as counted:
        return list(counted)


def _roll(job: Job, plan: _Plan) -> Roll:
    """Return what all articles add."""
    rolls = [] if plan.kept is None else [plan.kept.roll]
    rolls += _counted(job, plan)
    return spliced((one.path for one in plan.articles), rolls)


def _named(
    settings: Settings, store: Store, plan: _Plan, worst: tuple[Worst, ...]
) -> tuple[Named, ...]:
    """Return what is said of the worst; what was said of an article that is as it was is known."""
    numbers = {one.path: one.number for one in plan.articles}
    anew = set(plan.anew)
    said = {
        ((one.standing, one.furniture), one.original, one.places[0].article): one
        for one in (() if plan.kept is None else plan.kept.named)
        if numbers.get(one.places[0].article) not in anew
    }
    unsaid = {
        numbers[one.places[0].article]
        for one in worst
        if (one.kind, one.original, one.places[0].article) not in said
    }
    for found in store.findings_of(sorted(unsaid), plan.furniture):
        slip = slip_of(found, settings.scan.fail_on)
        for (kind, original), cited in slip.worries.items():
            said[kind, original, found.article] = named_of(original, cited.finding)
    return tuple(
        replace(known, count=one.count, places=tuple(one.places))
        for one in worst
        if (known := said.get((one.kind, one.original, one.places[0].article))) is not None
    )


def _to_keep(basis: Basis, plan: _Plan, roll: Roll, named: tuple[Named, ...]) -> KeptCount:
    return KeptCount(
        basis=basis,
        popular=plan.popular,
        furniture=sorted(plan.furniture),
        hosts={host: said for host, said in plan.hosts.items() if said},
        named=named,
        contents=array("Q", (one.content for one in plan.articles)).tobytes(),
        articles=roll.packed(),
    )


def _rules(settings: Settings) -> str:
    said = as_json((extraction_rules(settings), judging_rules(settings), settings.scan.fail_on))
    return hashlib.sha256(said).hexdigest()
