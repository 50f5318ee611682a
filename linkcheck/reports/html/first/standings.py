"""Standings and how much of the collection has each: the headline and its table."""

from collections.abc import Iterable
from dataclasses import dataclass

from linkcheck.model.summary import Count, Summary
from linkcheck.model.verdict import Standing
from linkcheck.reports.html.places import list_page
from linkcheck.reports.html.ranks import BAND
from linkcheck.reports.speech import Speech


@dataclass(frozen=True, slots=True)
class Row:
    """One standing and how much of the collection has it."""

    standing: str
    band: str
    name: str
    says: str
    count: Count
    href: str | None


def rows(
    counts: Iterable[tuple[Standing, Count]],
    order: Iterable[Standing],
    speech: Speech,
    *,
    empty: bool = False,
    linked: bool = True,
) -> list[Row]:
    """Return the standings that occur, in an order; with `empty`, all of it."""
    known = dict(counts)
    return [
        Row(
            standing=standing,
            band=BAND[standing],
            name=speech.named("standing", standing),
            says=speech.words[f"standing.{standing}.says"],
            count=known.get(standing, Count()),
            href=list_page(standing, 1) if standing in known and linked else None,
        )
        for standing in order
        if standing in known or empty
    ]


def regressed(summary: Summary, speech: Speech) -> Row:
    """Return what was good before and no longer is."""
    return Row(
        standing="regressed",
        band="worrying",
        name=speech.words["ui.regressed"],
        says=speech.words["ui.regressed_says"],
        count=summary.regressed,
        href="#need-regressed" if summary.regressed.occurrences else None,
    )
