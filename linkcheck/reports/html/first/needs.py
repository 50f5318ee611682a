"""What needs a person: the worries, and the originals that each is about."""

from collections.abc import Mapping
from dataclasses import dataclass

from linkcheck.model.summary import Count, Summary
from linkcheck.reports.confirmed import WORRYING
from linkcheck.reports.html.overview import Overview, Worry
from linkcheck.reports.html.places import article_page, list_page
from linkcheck.reports.html.ranks import BAND
from linkcheck.reports.html.safe import brief, readable
from linkcheck.reports.html.speech import Speech

SHOWN = 15
"""Originals of each worry that the first page names: the lists have all."""


@dataclass(frozen=True, slots=True)
class Concern:
    """One original that needs somebody."""

    original: str
    href: str
    article: str
    articles: str
    strikes: str


@dataclass(frozen=True, slots=True)
class Need:
    """All originals of one worry, the most cited first."""

    key: str
    band: str
    name: str
    says: str
    do: str
    count: Count
    concerns: list[Concern]
    more: str | None


def needs(overview: Overview, summary: Summary, speech: Speech) -> list[Need]:
    """Return each worry that occurs, the gravest first."""
    found = []
    words = speech.words
    if summary.regressed.occurrences:
        found.append(
            Need(
                key="regressed",
                band="worrying",
                name=words["ui.regressed"],
                says=words["ui.regressed_says"],
                do=words["ui.regressed_do"],
                count=summary.regressed,
                concerns=_concerns(overview.worries["regressed"], speech),
                more=None,
            )
        )
    for standing in WORRYING:
        worries = overview.worries.get(standing)
        if not worries:
            continue
        found.append(
            Need(
                key=standing,
                band=BAND[standing],
                name=speech.named("standing", standing),
                says=words[f"standing.{standing}.says"],
                do=words[f"standing.{standing}.do"],
                count=summary.count(standing),
                concerns=_concerns(worries, speech),
                more=list_page(standing, 1),
            )
        )
    return found


def _concerns(worries: Mapping[str, Worry], speech: Speech) -> list[Concern]:
    ranked = sorted(worries.values(), key=lambda one: (-one.articles, one.original))
    return [
        Concern(
            original=brief(readable(one.original)),
            href=f"{article_page(one.article)}#{one.anchor}",
            article=brief(one.title or one.article),
            articles=speech.words["ui.cited_once"]
            if one.articles == 1
            else speech.say("ui.cited_by", count=one.articles),
            strikes=""
            if one.strikes is None
            else speech.say("ui.strikes", strikes=one.strikes.strikes, needed=one.strikes.needed),
        )
        for one in ranked[:SHOWN]
    ]
