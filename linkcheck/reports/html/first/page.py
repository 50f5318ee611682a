"""The first page: standings with their proof, what needs a person, charts, and the run."""

from dataclasses import dataclass

from markupsafe import Markup

from linkcheck.model.manifest import Manifest
from linkcheck.model.summary import Summary
from linkcheck.reports.confirmed import WORRYING
from linkcheck.reports.html.first import manifest as run
from linkcheck.reports.html.first.changes import (
    ChangeView,
    change_counts,
    changes,
    changes_left,
)
from linkcheck.reports.html.first.figures import Chart, charts, ribbon
from linkcheck.reports.html.first.needs import Need, needs
from linkcheck.reports.html.first.standings import Row, regressed, rows
from linkcheck.reports.html.overview import Overview
from linkcheck.reports.html.ranks import GRAVEST
from linkcheck.reports.html.since import Since
from linkcheck.reports.known import outlook, proofs
from linkcheck.reports.speech import Speech, moment


@dataclass(frozen=True, slots=True)
class FirstPage:
    """Everything that the first page shows."""

    collection: str
    as_of: str
    outlook: str
    judged: bool  # of anything at all: what nobody knows is no good news
    tiles: list[Row]
    ribbon: Markup
    rows: list[Row]
    proof: list[str]
    needs: list[Need]
    furniture: list[Row]
    charts: list[Chart]
    run: list[tuple[str, str]]
    completeness: list[str]
    causes: list[tuple[str, str, int]]
    settings: list[str]
    since: str
    changes: list[ChangeView]
    change_counts: list[tuple[str, int]]
    changes_left: str


def first_page(
    overview: Overview,
    summary: Summary,
    manifest: Manifest | None,
    previous: Since | None,
    speech: Speech,
) -> FirstPage:
    """Return the first page in words."""
    return FirstPage(
        collection=speech.say(
            "ui.collection",
            articles=speech.many(summary.articles, "article"),
            links=speech.many(summary.links, "link"),
        ),
        as_of="" if manifest is None else moment(manifest.ending.ended_at),
        outlook=outlook(summary, speech),
        judged=summary.held + summary.worrying > 0,
        tiles=[
            *rows(summary.standings, WORRYING, speech, empty=True),
            regressed(summary, speech),
        ],
        ribbon=ribbon(summary, speech),
        rows=rows(summary.standings, GRAVEST, speech),
        proof=proofs(summary, manifest, speech),
        needs=needs(overview, summary, speech),
        furniture=rows(summary.furniture, GRAVEST, speech, linked=False),
        charts=charts(overview, speech),
        run=[] if manifest is None else run.facts(manifest, speech),
        completeness=[] if manifest is None else run.completeness(manifest, speech),
        causes=[] if manifest is None else run.causes(manifest, speech),
        settings=[] if manifest is None else run.settings(manifest.beginning.configuration),
        since="" if previous is None else moment(previous.at),
        changes=[] if previous is None else changes(previous, speech),
        change_counts=[] if previous is None else change_counts(previous, speech),
        changes_left="" if previous is None else changes_left(previous, speech),
    )
