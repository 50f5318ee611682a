"""A store of the real size with findings of every kind: what reports are made from.

The links are those of the store's benchmark: 49,118 articles, four of five originals on one dead
host. One original in fourteen is not well kept, one answer of an archive in twenty was replayed.
"""

import random
import sys
from collections.abc import Iterator
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from msgspec.structs import replace

from benchmarks.store import DEAD, NOW, article, batched_range, begin, chunked, dead_host
from linkcheck.model.link import Role
from linkcheck.model.manifest import Ended, Ending, Sampled
from linkcheck.model.observation import ArchiveObservation, LiveObservation
from linkcheck.model.subject import Subject, Want
from linkcheck.store import Store
from linkcheck.store.names import context_of
from tests import findings as made_up

TITLES = made_up.TITLES


def fill(place: Path, articles: int) -> int:
    """Make a store that one run has filled, and return how many links it has."""
    with Store.open(place, extraction="bench") as store:
        writer = begin(store, "20261102T030000Z", NOW)
        for numbers in batched_range(articles, 256):
            made = [article(number, articles) for number in numbers]
            writer.put(
                [
                    replace(
                        one,
                        footprint=replace(
                            one.footprint, title=f"{TITLES[number % len(TITLES)]} · {number}"
                        ),
                    )
                    for number, one in zip(numbers, made, strict=True)
                ]
            )
        writer.commit([dead_host(NOW)])
        for part in chunked(answers(store), 1_000):
            writer.commit(part)
        sample = Sampled(size=400, bad=2, bound=0.0156)
        writer.end(Ending(ended=Ended.COMPLETE, ended_at=NOW, sample=sample))
        return store.counts()["link"]


def answers(store: Store) -> Iterator[ArchiveObservation | LiveObservation]:
    """Answer everything that is due, the same way each time."""
    for archive, subjects in store.due_archive(NOW).items():
        for subject in subjects:
            for want in subject.wants:
                yield _archive(archive, subject, want)
    for live in store.due_live(NOW):
        if not live.original.startswith(DEAD):  # it was judged with its host
            yield _live(live.original)


def _archive(archive: str, subject: Subject, want: Want) -> ArchiveObservation:
    draw = random.Random(f"{subject.key} {want.timestamp} {want.role}")  # noqa: S311 - an example
    good = draw.random() < 0.93
    rule = draw.choice(made_up._GOOD_ARCHIVE if good else made_up.ARCHIVE_RULES)  # noqa: SLF001 - the tests' own
    cited = made_up._link("x", 1, role=want.role, original=subject.original)  # noqa: SLF001 - the same
    cited = replace(cited, timestamp=want.timestamp)
    seen = made_up._archive(draw, cited, rule.name, rule.verdict, NOW, "")  # noqa: SLF001 - the same
    evidence = replace(seen.evidence, **context_of(archive, subject.original, want))
    if evidence.chain and draw.random() < 0.75:
        evidence = replace(evidence, chain=(), content=None, fixity=None)
    if evidence.row is not None:
        row = replace(evidence.row, urlkey=subject.key)
        evidence = replace(evidence, row=row, before=row)
    return replace(seen, key=subject.key, want=want, evidence=evidence)


def _live(original: str) -> LiveObservation:
    draw = random.Random(original)  # noqa: S311 - the same
    rule = draw.choice(made_up.LIVE_RULES)
    cited = made_up._link("x", 1, role=Role.ORIGINAL_URL, original=original)  # noqa: SLF001 - the same
    return made_up._live(draw, cited, rule.name, rule.verdict, NOW, "")  # noqa: SLF001 - the same
