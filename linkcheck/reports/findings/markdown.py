"""Markdown, fit for an issue that a bot writes anew after each scan: same store, same text."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from linkcheck.model.finding import ArticleFindings
from linkcheck.model.summary import Count, Named, Summary
from linkcheck.model.verdict import Standing
from linkcheck.reports._escape import for_terminal
from linkcheck.reports.about import About
from linkcheck.reports.confirmed import WORRYING
from linkcheck.reports.known import outlook, proofs
from linkcheck.reports.wording import Wording, wording

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
    summed: bool = True

    def write(self, articles: Iterable[ArticleFindings], about: About) -> Iterator[bytes]:
        """Yield the text; all of it is in the summary."""
        del articles
        said, size = wording(about.lang), 0
        for line in _Text(said).lines(about):
            size += len(line) + 1
            if size > _MOST:
                yield f"\n{said.words['plain.left_out']}\n".encode()
                return
            yield f"{line}\n".encode("utf-8", "replace")


@dataclass(frozen=True, slots=True)
class _Text:
    said: Wording

    def lines(self, about: About) -> Iterator[str]:
        said, summary, manifest = self.said, about.summary, about.manifest
        words = said.words
        yield from (f"# {words['plain.title']}", "", said.headline(summary), "")
        heads = ("standing", "originals", "articles", "links", "meaning")
        yield f"| {' | '.join(words[f'ui.{head}'] for head in heads)} |"
        yield "|---|--:|--:|--:|---|"
        for standing, count in summary.standings:
            yield f"| {said.label(standing)} | {_numbers(count)} | {said.meaning(standing)} |"
        if summary.furniture:
            numbers = _numbers(summary.furniture_total)
            yield f"| {words['plain.furniture']} | {numbers} | {words['plain.furniture_says']} |"
        yield ""
        yield from (outlook(summary, said), *proofs(summary, manifest, said))
        if manifest is not None:
            begun = manifest.beginning
            software = ", ".join(" ".join(one) for one in begun.versions[:1])
            yield from ("", said.run(manifest, code(manifest.run)))
            # The seed is a name, not a figure: no commas in it.
            rules, seed = code(begun.rules), str(manifest.seed)
            yield said.say("plain.with_rules", software=code(software), rules=rules, seed=seed)
        yield from self._regressed(summary)
        for standing in WORRYING:
            yield from self._worry(standing, summary)
        furniture = [one for one in summary.named if one.furniture]
        if furniture:
            yield from ("", f"## {words['plain.furniture_title']}", "")
            yield from (words["plain.furniture_bad"], "")
            for one in furniture:
                yield from self._named(one)
        if summary.unresolved:
            yield from ("", f"## {words['plain.why_unresolved']}", "")
            for reason, originals in summary.unresolved:
                yield f"- {said.labelled(said.many(originals, 'original'), code(reason))}"

    def _regressed(self, summary: Summary) -> Iterator[str]:
        if not summary.regressed.originals:
            return
        said = self.said
        counted = said.counted(summary.regressed)
        yield from ("", f"## {said.words['plain.regressed_title']}", "")
        yield from (said.say("plain.regressed_counted", counted=counted), "")
        for named in summary.named:
            if named.regressed and not named.furniture:
                yield from self._named(named)

    def _worry(self, standing: Standing, summary: Summary) -> Iterator[str]:
        said, count = self.said, summary.count(standing)
        named = [one for one in summary.named if one.standing is standing and not one.furniture]
        if not named:
            return
        yield from ("", f"## {said.title(standing)}", "")
        meaning = said.meaning(standing)
        yield from (said.say("plain.said", what=said.counted(count), meaning=meaning), "")
        for one in named:
            yield from self._named(one)
        left = dict(summary.unnamed).get(standing, 0)
        if left:
            yield f"- {said.say('plain.more', count=left)}"

    def _named(self, named: Named) -> Iterator[str]:
        said, words = self.said, self.said.words
        possible = (
            named.standing if named.furniture else "",
            said.doubt(named),
            words["plain.regressed_mark"] if named.regressed else "",
        )
        marks = words["plain.list"].join(mark for mark in possible if mark)
        yield f"- {code(named.original)}{said.say('plain.note', said=marks) if marks else ''}"
        sides = [
            f"{words[f'plain.side_{side}']} {code(told)}"
            for side, told in (("archive", named.archive), ("live", named.live))
            if told
        ]
        if sides:
            yield f"  - {words['plain.list'].join(sides)}"
        places = ", ".join(code(f"{place.article}:{place.line}") for place in named.places)
        left = named.count.articles - len(named.places)
        more = f" {said.say('plain.more', count=left)}" if left > 0 else ""
        yield f"  - {places}{more}"
        if named.suggestion:
            yield f"  - {said.say('plain.better', url=code(named.suggestion))}"


def _numbers(count: Count) -> str:
    return f"{count.originals:,} | {count.articles:,} | {count.occurrences:,}"


def code(text: str) -> str:
    """Return text from elsewhere as code, so that it is shown and does nothing."""
    shown = for_terminal(text if len(text) <= _LONGEST else f"{text[:_LONGEST]}…").strip()
    longest = max((len(found) for found in _TICKS.findall(shown)), default=0)
    fence = "`" * (longest + 1)
    blank = " " if shown.startswith("`") or shown.endswith("`") or not shown else ""
    return f"{fence}{blank}{shown or ' '}{blank}{fence}"


REPORT = MarkdownReport()
