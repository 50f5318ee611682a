"""What needs a person: the worries, and the originals that each is about."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from linkcheck.model.summary import Count, Summary
from linkcheck.reports.confirmed import WORRYING
from linkcheck.reports.html.overview import Overview, Worry
from linkcheck.reports.html.places import article_page, list_page
from linkcheck.reports.html.ranks import BAND
from linkcheck.reports.html.safe import brief, readable
from linkcheck.reports.speech import Speech

SHOWN = 15
"""Originals of each worry that the first page names: the lists have all."""


@dataclass(frozen=True, slots=True)
class Concern:
    """One original that needs somebody."""

    original: str
    href: str
    article: str
    articles: str
    told: list[str]  # both verdicts, how sure they are, whether there is something better


@dataclass(frozen=True, slots=True)
class Need:
    """All originals of one worry, the most cited first."""

    key: str
    band: str
    name: str
    says: str
    do: str
    count: Count
    counted: str
    concerns: list[Concern]
    left: str  # how many are not named
    more: str | None  # the list that names them


def needs(overview: Overview, summary: Summary, speech: Speech) -> list[Need]:
    """Return each worry that occurs, the gravest first."""
    words, fallen = speech.words, overview.worries.get("regressed", {})
    found = []
    if summary.regressed.occurrences:
        said = (words["ui.regressed"], words["ui.regressed_says"], words["ui.regressed_do"])
        found.append(_need("regressed", "worrying", said, summary.regressed, fallen, None, speech))
    for standing in WORRYING:
        worries = overview.worries.get(standing)
        if worries:
            keys = ("name", "says", "do")
            name, says, do = (words[f"standing.{standing}.{key}"] for key in keys)
            count, more = summary.count(standing), list_page(standing, 1)
            found.append(
                _need(standing, BAND[standing], (name, says, do), count, worries, more, speech)
            )
    return found


def _need(  # noqa: PLR0913, PLR0917 - what a section is made of
    key: str,
    band: str,
    said: tuple[str, str, str],
    count: Count,
    worries: Mapping[str, Worry],
    more: str | None,
    speech: Speech,
) -> Need:
    name, says, do = said
    left = max(len(worries) - SHOWN, 0)
    one = "ui.more_originals_one" if left == 1 else "ui.more_originals"
    return Need(
        key=key,
        band=band,
        name=name,
        says=says,
        do=do,
        count=count,
        counted=speech.many(count.originals, "original"),
        concerns=_concerns(worries, speech),
        left=speech.say(one, count=left) if left else "",
        more=more,
    )


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
            told=list(_told(one, speech)),
        )
        for one in ranked[:SHOWN]
    ]


def _told(worry: Worry, speech: Speech) -> Iterator[str]:
    for side, verdict in (("archive", worry.archive), ("live", worry.live)):
        if verdict is not None:
            yield speech.labelled(speech.words[f"ui.side_{side}"], speech.named(side, verdict))
    strikes = worry.strikes
    if strikes is not None and strikes.strikes:
        yield speech.say("ui.strikes", strikes=strikes.strikes, needed=strikes.needed)
    if worry.better:
        yield speech.words["ui.better"]
