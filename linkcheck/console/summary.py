"""The table at a scan's end: the standings, how they are known, what is lost, what to do next."""

from collections.abc import Iterable, Iterator
from datetime import UTC, datetime

from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from linkcheck.console.fitting import Fitting
from linkcheck.console.words import clock, many, paused
from linkcheck.lanes.live import Ended as LiveEnded
from linkcheck.model.manifest import Ended
from linkcheck.model.summary import Count, Named, Summary
from linkcheck.model.verdict import Standing
from linkcheck.reports import for_terminal
from linkcheck.reports.confirmed import WORRYING
from linkcheck.reports.known import outlook, proofs
from linkcheck.reports.wording import wording
from linkcheck.scan.job import Outcome

_S = Standing
_STYLES = {
    _S.LOST: "bold red",
    _S.WITHHELD: "red",
    _S.IMPAIRED: "red",
    _S.FEARED_LOST: "yellow",
    _S.AT_RISK: "yellow",
}


_AS_WISHED = {Ended.COMPLETE, Ended.BUDGET, Ended.INTERRUPTED}
"""Ends that somebody has asked for."""

_TABLE = 72
"""Columns that the table needs before its last one gets too narrow to be read."""


def closing(summary: Summary, outcome: Outcome | None, next_steps: list[str]) -> RenderableType:
    """Return what is shown at the end."""
    parts: list[RenderableType] = [Text(_headline(summary, outcome), style="bold"), Text()]
    parts.append(_standings(summary))
    parts += [Text(line) for line in _proofs(summary, outcome)]
    for standing in WORRYING:
        named = [one for one in summary.named if one.standing is standing]
        if named:
            parts += [Text(), *_worry(standing, named, summary)]
    if summary.unresolved:
        why = "; ".join(f"{reason} ({count:,})" for reason, count in summary.unresolved[:3])
        parts += [Text(), Text(for_terminal(f"Not resolved because of: {why}"))]
    if next_steps:
        parts += [Text(), Text("Next", style="bold")]
        parts += [Text(for_terminal(f"  {step}")) for step in next_steps]
    return Group(*parts)


def steps(
    summary: Summary, outcome: Outcome | None, *, replayed: bool = False, kept: bool = True
) -> list[str]:
    """Return what to do next, the most urgent first; not `kept` is the store of a replay."""
    found: list[str] = []
    if summary.count(_S.AT_RISK).originals:
        count = many(summary.count(_S.AT_RISK).originals, "original")
        found.append(f"Save {count} at risk while they are there: https://web.archive.org/save")
    if summary.count(_S.LOST).originals:
        found.append("Look for the lost in other archives, or ask their authors")
    if summary.count(_S.FEARED_LOST).originals:
        found.append("Scan again in three days or later: a suspicion needs three scans that agree")
    if outcome is not None and outcome.ended is not Ended.COMPLETE and not replayed:
        found.append(_again(outcome))
    if not kept:
        found.append(
            "linkcheck scan FOLDER --dry-run says what a scan of your own would ask;"
            " it sends nothing"
        )
    elif outcome is not None:
        found.append("linkcheck report -f html -o FOLDER writes all of it down")
        found.append("linkcheck show URL tells everything that is known of one link")
    return found


def brief(summary: Summary, outcome: Outcome, fail_on: Iterable[Standing]) -> Iterator[str]:
    """Yield what somebody must hear who wants to hear nothing: losses, and what was in the way."""
    if summary.failing:
        count = many(summary.failing, "original")
        yield (
            f"{count} confirmed as {' or '.join(fail_on)}:"
            " linkcheck report --since last tells what is new"
        )
    if outcome.ended not in _AS_WISHED:
        yield _early(outcome)


def _headline(summary: Summary, outcome: Outcome | None) -> str:
    said = (
        f"{many(summary.articles, 'article')}, {many(summary.links, 'link')},"
        f" {many(summary.originals, 'original')}"
    )
    if outcome is None or outcome.ended is Ended.COMPLETE:
        return said
    return for_terminal(f"{said}. {_early(outcome)}")


def _early(outcome: Outcome) -> str:
    now = datetime.now(UTC)
    said = [*(paused(one, now) for one in outcome.pauses), outcome.words]
    words = "; ".join(filter(None, said))
    if outcome.ended not in {Ended.PAUSED, Ended.OFFLINE} or not words:
        words = f"{outcome.ended}: {words}" if words else str(outcome.ended)
    return f"The run ended before its end ({words})"


def _again(outcome: Outcome) -> str:
    """Return how the run is gone on with."""
    live = outcome.live
    match outcome.ended:
        case Ended.PAUSED if outcome.pauses:
            until = max(one.until for one in outcome.pauses)
            when = f" after {clock(until, datetime.now(UTC))}"
        case Ended.OFFLINE if live is not None and live.ended is LiveEnded.OFFLINE:
            when = " when this machine has a network"
        case Ended.OFFLINE:
            when = " when the archive answers"
        case _:
            when = ""
    return f"Run the same command again{when}: it goes on where this one stopped"


def _standings(summary: Summary) -> RenderableType:
    table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0))
    table.add_column("standing", no_wrap=True)
    for head in ("originals", "articles", "links"):
        table.add_column(head, justify="right", no_wrap=True)
    table.add_column("", style="dim", overflow="fold")
    lines = []
    counted: list[tuple[str, str, Count, str]] = [
        (standing, _STYLES.get(standing, ""), count, wording().meaning(standing))
        for standing, count in summary.standings
    ]
    if summary.furniture:
        words = wording().words["plain.furniture_says"]
        counted.append(("furniture", "dim", summary.furniture_total, words))
    for name, style, count, words in counted:
        counts = [f"{one:,}" for one in (count.originals, count.articles, count.occurrences)]
        table.add_row(Text(name, style=style), *counts, words)
        said = f"{many(count.originals, 'original')}, {many(count.articles, 'article')}"
        lines.append(Text(f"{name}: {said}, {many(count.occurrences, 'link')}", style=style))
    return Fitting(table, Group(*lines), _TABLE)


def _proofs(summary: Summary, outcome: Outcome | None) -> Iterator[str]:
    if not summary.listed and not summary.replayed:
        return
    yield ""
    yield outlook(summary, wording())
    yield from proofs(summary, None if outcome is None else outcome.manifest, wording())


def _worry(standing: Standing, named: list[Named], summary: Summary) -> Iterator[Text]:
    count = summary.count(standing).originals
    head = Text(f"{standing}: ", style=_STYLES.get(standing, ""))
    head.append(
        f"{many(count, 'original')}; {wording().meaning(standing)}", style="not bold default"
    )
    yield head
    for one in named:
        first = one.places[0]
        place = for_terminal(f"{first.article}:{first.line}")
        others = one.count.occurrences - 1
        more = f" and {others:,} more" if others else ""
        strikes = one.strikes
        doubt = (
            f" ({strikes.strikes} of {strikes.needed})"
            if 0 < strikes.strikes < strikes.needed
            else ""
        )
        fallen = " regressed" if one.regressed else ""
        yield Text(f"  {for_terminal(one.original)}{fallen}{doubt}")
        yield Text(f"    {place}{more}", style="dim")
        if one.suggestion is not None:
            yield Text(f"    better: {for_terminal(one.suggestion)}", style="dim")
    left = dict(summary.unnamed).get(standing, 0)
    if left:
        yield Text(f"  and {left:,} more", style="dim")
