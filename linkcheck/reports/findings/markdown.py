"""Markdown, fit for an issue that a bot writes anew after each scan: same store, same text."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from linkcheck.model.finding import ArticleFindings
from linkcheck.model.summary import Named, Summary
from linkcheck.model.verdict import Standing
from linkcheck.reports import wording
from linkcheck.reports._escape import for_terminal
from linkcheck.reports.about import About
from linkcheck.reports.confirmed import WORRYING

_LONGEST = 300  # of one address
_MOST = 60_000  # GitHub takes 65,536 characters of an issue
_TICKS = re.compile("`+")


@dataclass(frozen=True, slots=True)
class MarkdownReport:
    """Write the standings first, then what somebody should look at, with its articles.

    What comes from articles and servers stands in code, where no markup, no mention of a person
    and no direction of writing works.
    """

    name: str = "markdown"

    def write(self, articles: Iterable[ArticleFindings], about: About) -> Iterator[bytes]:
        """Yield the text; all of it is in the summary."""
        del articles
        size = 0
        for line in _lines(about):
            size += len(line) + 1
            if size > _MOST:
                yield b"\nThe rest is left out here: other formats have it.\n"
                return
            yield f"{line}\n".encode("utf-8", "replace")


def _lines(about: About) -> Iterator[str]:
    summary, manifest = about.summary, about.manifest
    yield from ("# Provenance of the links", "", f"{wording.headline(summary)}.", "")
    yield from ("| standing | originals | articles | links | meaning |", "|---|--:|--:|--:|---|")
    for standing, count in summary.standings:
        numbers = f"{count.originals:,} | {count.articles:,} | {count.occurrences:,}"
        yield f"| {standing} | {numbers} | {wording.meaning(standing)} |"
    if summary.furniture:
        count = summary.furniture_total
        numbers = f"{count.originals:,} | {count.articles:,} | {count.occurrences:,}"
        yield f"| furniture | {numbers} | navigation on most pages: checked once, counted apart |"
    yield ""
    yield from wording.proofs(summary, manifest)
    if manifest is not None:
        begun = manifest.beginning
        versions = ", ".join(" ".join(one) for one in begun.versions[:1])
        yield from ("", wording.run(manifest))
        yield f"{code(versions)}, rules {code(begun.rules)}, seed {manifest.seed}"
    yield from _regressed(summary)
    for standing in WORRYING:
        yield from _worry(standing, summary)
    furniture = [one for one in summary.named if one.furniture]
    if furniture:
        yield from (
            "",
            "## Furniture",
            "",
            "Navigation on most pages that is not as it should be.",
            "",
        )
        for one in furniture:
            yield from _named(one)
    if summary.unresolved:
        yield from ("", "## Why links are unresolved", "")
        for reason, originals in summary.unresolved:
            yield f"- {wording.many(originals, 'original')}: {code(reason)}"


def _regressed(summary: Summary) -> Iterator[str]:
    if summary.regressed.originals:
        yield from (
            "",
            "## Regressed",
            "",
            f"Good before and no longer: {wording.counted(summary.regressed)}.",
            "",
        )
        for named in summary.named:
            if named.regressed and not named.furniture:
                yield from _named(named)


def _worry(standing: Standing, summary: Summary) -> Iterator[str]:
    count = summary.count(standing)
    named = [one for one in summary.named if one.standing is standing and not one.furniture]
    if not named:
        return
    title = standing.replace("-", " ").capitalize()
    yield from (
        "",
        f"## {title}",
        "",
        f"{wording.counted(count)}: {wording.meaning(standing)}.",
        "",
    )
    for one in named:
        yield from _named(one)
    left = dict(summary.unnamed).get(standing, 0)
    if left:
        yield f"- and {left:,} more"


def _named(named: Named) -> Iterator[str]:
    doubt = wording.doubt(named)
    possible = (
        named.standing if named.furniture else "",
        f"suspicion: {doubt}" if doubt else "",
        "regressed" if named.regressed else "",
    )
    marks = ", ".join(mark for mark in possible if mark)
    yield f"- {code(named.original)}{f' ({marks})' if marks else ''}"
    sides = [
        f"{side} {code(said)}"
        for side, said in (("archive", named.archive), ("live", named.live))
        if said
    ]
    if sides:
        yield f"  - {', '.join(sides)}"
    places = ", ".join(code(f"{place.article}:{place.line}") for place in named.places)
    left = named.count.articles - len(named.places)
    yield f"  - {places}{f' and {left:,} more' if left > 0 else ''}"
    if named.suggestion:
        yield f"  - better: {code(named.suggestion)}"


def code(text: str) -> str:
    """Return text from elsewhere as code, so that it is shown and does nothing."""
    shown = for_terminal(text if len(text) <= _LONGEST else f"{text[:_LONGEST]}…").strip()
    longest = max((len(found) for found in _TICKS.findall(shown)), default=0)
    fence = "`" * (longest + 1)
    blank = " " if shown.startswith("`") or shown.endswith("`") or not shown else ""
    return f"{fence}{blank}{shown or ' '}{blank}{fence}"


REPORT = MarkdownReport()
