"""The charts of the first page, each with its figures as a table."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from markupsafe import Markup

from linkcheck.model.summary import Summary
from linkcheck.reports.html.buckets import DISTANCES, PUBLICATIONS
from linkcheck.reports.html.charts import Bar, draw, draw_ribbon
from linkcheck.reports.html.overview import Overview
from linkcheck.reports.html.ranks import BAND, BANDS
from linkcheck.reports.speech import Speech

HOSTS = 12
"""Hosts that have a bar of their own; the others share one."""

_MOST_YEARS = 60


@dataclass(frozen=True, slots=True)
class Chart:
    """A drawing, and the same figures as a table."""

    key: str
    title: str
    note: str
    drawing: Markup
    heads: list[str]
    rows: list[list[str]]
    legend: list[tuple[str, str]]


def charts(overview: Overview, speech: Speech) -> list[Chart]:
    """Return the five charts."""
    words = speech.words
    roles = [(speech.word("role", role), count) for role, count in overview.roles.items()]
    ranked = sorted(overview.hosts.items(), key=lambda item: (-item[1].total(), item[0]))
    others: Counter[str] = Counter()
    for _, count in ranked[HOSTS:]:
        others.update(count)
    hosts = ranked[:HOSTS] + ([(words["ui.other_hosts"], others)] if others else [])
    return [
        _stacked("role", roles, speech),
        _stacked("host", hosts, speech),
        _plain("distance", _stepped("distance", DISTANCES, overview.distances, speech), speech),
        _plain(
            "publication",
            _stepped("publication", PUBLICATIONS, overview.publications, speech),
            speech,
        ),
        _plain("years", _every_year(overview.years), speech, head="ui.year"),
    ]


def _stepped(
    kind: str, steps: Iterable[str], counts: Counter[str], speech: Speech
) -> list[tuple[str, int]]:
    if not counts:
        return []
    return [(speech.words[f"{kind}.{step}"], counts[step]) for step in steps]


def ribbon(summary: Summary, speech: Speech) -> Markup:
    """Return one bar of all that was checked, in its bands; the table below it names them."""
    counts: Counter[str] = Counter()
    for standing, count in summary.standings:
        counts[BAND[standing]] += count.originals
    parts = tuple((band, counts[band]) for band in BANDS if band != "unchecked")
    return draw_ribbon(parts, speech.words["ui.standings_chart"], "ribbon")


def _every_year(counts: Counter[str]) -> list[tuple[str, int]]:
    """Return the years from the first to the last, those without a capture too."""
    if not counts:
        return []
    first, last = int(min(counts)), int(max(counts))
    if last - first > _MOST_YEARS:  # what stands there is no year
        return sorted(counts.items())
    return [(f"{year:04}", counts[f"{year:04}"]) for year in range(first, last + 1)]


def _stacked(key: str, bars: list[tuple[str, Counter[str]]], speech: Speech) -> Chart:
    bands = [band for band in BANDS if any(count[band] for _, count in bars)]
    title = speech.words[f"ui.chart_{key}"]
    drawn = [Bar(label, tuple((band, count[band]) for band in bands)) for label, count in bars]
    names = [speech.words[f"band.{band}"] for band in bands]
    return Chart(
        key=key,
        title=title,
        note=speech.words[f"ui.chart_{key}_note"],
        drawing=draw(drawn, title, key),
        heads=[speech.words[f"ui.{key}"], *names, speech.words["ui.total"]],
        rows=[
            [label, *(f"{count[band]:,}" for band in bands), f"{count.total():,}"]
            for label, count in bars
        ],
        legend=list(zip(bands, names, strict=True)),
    )


def _plain(key: str, bars: list[tuple[str, int]], speech: Speech, head: str | None = None) -> Chart:
    title = speech.words[f"ui.chart_{key}"]
    drawn = [Bar(label, (("plain", count),)) for label, count in bars]
    return Chart(
        key=key,
        title=title,
        note=speech.words[f"ui.chart_{key}_note"],
        drawing=draw(drawn, title, key),
        heads=[speech.words[head or f"ui.{key}"], speech.words["ui.count"]],
        rows=[[label, f"{count:,}"] for label, count in bars],
        legend=[],
    )
