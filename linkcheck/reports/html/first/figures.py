"""The charts of the first page, each with its figures as a table."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from markupsafe import Markup

from linkcheck.reports.html.buckets import DISTANCES, PUBLICATIONS
from linkcheck.reports.html.charts import Bar, draw
from linkcheck.reports.html.overview import Overview
from linkcheck.reports.html.ranks import BANDS
from linkcheck.reports.html.speech import Speech

HOSTS = 12
"""Hosts that have a bar of their own; the others share one."""


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
    years = sorted(overview.years.items())
    return [
        _stacked("role", roles, speech),
        _stacked("host", hosts, speech, note=words["ui.chart_host_note"]),
        _plain("distance", _stepped("distance", DISTANCES, overview.distances, speech), speech),
        _plain(
            "publication",
            _stepped("publication", PUBLICATIONS, overview.publications, speech),
            speech,
        ),
        _plain("years", years, speech, head="ui.year"),
    ]


def _stepped(
    kind: str, steps: Iterable[str], counts: Counter[str], speech: Speech
) -> list[tuple[str, int]]:
    if not counts:
        return []
    return [(speech.words[f"{kind}.{step}"], counts[step]) for step in steps]


def _stacked(
    key: str, bars: list[tuple[str, Counter[str]]], speech: Speech, note: str = ""
) -> Chart:
    bands = [band for band in BANDS if any(count[band] for _, count in bars)]
    title = speech.words[f"ui.chart_{key}"]
    drawn = [Bar(label, tuple((band, count[band]) for band in bands)) for label, count in bars]
    names = [speech.words[f"band.{band}"] for band in bands]
    return Chart(
        key=key,
        title=title,
        note=note,
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
