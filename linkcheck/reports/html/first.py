"""The first page: standings with their proof, what needs a person, charts, and the run."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import islice

import msgspec
from markupsafe import Markup

from linkcheck.model.link import Link
from linkcheck.model.manifest import Manifest
from linkcheck.model.summary import Count, Summary
from linkcheck.model.verdict import Standing
from linkcheck.reports.confirmed import WORRYING
from linkcheck.reports.html.buckets import DISTANCES, PUBLICATIONS
from linkcheck.reports.html.charts import Bar, draw
from linkcheck.reports.html.overview import Overview, Worry
from linkcheck.reports.html.places import article_page, list_page
from linkcheck.reports.html.ranks import BAND, BANDS, GRAVEST
from linkcheck.reports.html.safe import brief
from linkcheck.reports.html.since import KINDS, Since
from linkcheck.reports.html.speech import Speech, moment, percent

SHOWN = 15
"""Originals of each worry that the first page names: the lists have all."""
HOSTS = 12
CHANGES = 200
_SHARES = 0.95


@dataclass(frozen=True, slots=True)
class Row:
    """One standing and how much of the collection has it."""

    standing: str
    band: str
    name: str
    says: str
    count: Count
    href: str | None


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


@dataclass(frozen=True, slots=True)
class FirstPage:
    """Everything that the first page shows."""

    collection: str
    as_of: str
    tiles: list[Row]
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
    changes: list["ChangeView"]
    change_counts: list[tuple[str, int]]


@dataclass(frozen=True, slots=True)
class ChangeView:
    """One link that became better or worse."""

    kind: str
    before: str
    now: str
    band: str
    href: str
    original: str


def first_page(
    overview: Overview,
    summary: Summary,
    manifest: Manifest | None,
    previous: Since | None,
    speech: Speech,
) -> FirstPage:
    """Return the first page in words."""
    articles, links = summary.articles, summary.links
    return FirstPage(
        collection=speech.say("ui.collection", articles=articles, links=links),
        as_of="" if manifest is None else moment(manifest.ending.ended_at),
        tiles=[
            *_rows(summary.standings, WORRYING, speech, empty=True),
            _regressed(summary, speech),
        ],
        rows=_rows(summary.standings, GRAVEST, speech),
        proof=_proof(summary, manifest, speech),
        needs=_needs(overview, summary, speech),
        furniture=_rows(summary.furniture, GRAVEST, speech, linked=False),
        charts=_charts(overview, speech),
        run=[] if manifest is None else _run(manifest, speech),
        completeness=[] if manifest is None else _completeness(manifest, speech),
        causes=[] if manifest is None else _causes(manifest, speech),
        settings=[] if manifest is None else _settings(manifest.beginning.configuration),
        since="" if previous is None else moment(previous.at),
        changes=[] if previous is None else _changes(previous, speech),
        change_counts=[] if previous is None else _change_counts(previous, speech),
    )


def _rows(
    counts: Iterable[tuple[Standing, Count]],
    order: Iterable[Standing],
    speech: Speech,
    *,
    empty: bool = False,
    linked: bool = True,
) -> list[Row]:
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


def _regressed(summary: Summary, speech: Speech) -> Row:
    return Row(
        standing="regressed",
        band="worrying",
        name=speech.words["ui.regressed"],
        says=speech.words["ui.regressed_says"],
        count=summary.regressed,
        href="#need-regressed" if summary.regressed.occurrences else None,
    )


def _proof(summary: Summary, manifest: Manifest | None, speech: Speech) -> list[str]:
    replayed, listed = summary.replayed, summary.listed
    if not replayed + listed:
        return [speech.words["ui.proof_none"]]
    said = [
        speech.say("ui.proof_counts", total=replayed + listed, replayed=replayed, listed=listed)
    ]
    sample = None if manifest is None else manifest.ending.sample
    if sample is None:
        return [*said, speech.words["ui.no_sample"]]
    usual = sample.confidence == _SHARES
    said.append(
        speech.say(
            "ui.sample" if usual else "ui.sample_confidence",
            size=sample.size,
            bad=sample.bad,
            bound=percent(sample.bound),
            confidence=percent(sample.confidence),
        )
    )
    return said


def _needs(overview: Overview, summary: Summary, speech: Speech) -> list[Need]:
    needs = []
    words = speech.words
    if summary.regressed.occurrences:
        needs.append(
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
        needs.append(
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
    return needs


def _concerns(worries: Mapping[str, Worry], speech: Speech) -> list[Concern]:
    ranked = sorted(worries.values(), key=lambda one: (-one.articles, one.original))
    return [
        Concern(
            original=brief(one.original),
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


def _charts(overview: Overview, speech: Speech) -> list[Chart]:
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


def _run(manifest: Manifest, speech: Speech) -> list[tuple[str, str]]:
    words, beginning, ending = speech.words, manifest.beginning, manifest.ending
    facts = [
        (words["ui.run"], manifest.run),
        (words["ui.started"], moment(manifest.started_at)),
        (words["ui.ended"], moment(ending.ended_at)),
        (words["ui.how_ended"], words[f"ended.{ending.ended}"]),
        (words["ui.requests"], _counted(ending.requests)),
        (words["ui.seed"], str(manifest.seed)),
        (words["ui.versions"], ", ".join(f"{name} {one}" for name, one in beginning.versions)),
        (words["ui.rules"], beginning.rules),
        (words["ui.corpus"], ending.corpus or beginning.corpus),
        (words["ui.vantage"], "" if beginning.vantage == "{}" else beginning.vantage),
        (words["ui.manifest_digest"], manifest.digest),
        (words["ui.previous_run"], manifest.previous or ""),
    ]
    return [(label, said) for label, said in facts if said]


def _counted(counts: Iterable[tuple[str, int]]) -> str:
    return ", ".join(f"{name} {count:,}" for name, count in counts)


def _completeness(manifest: Manifest, speech: Speech) -> list[str]:
    whole = manifest.ending.completeness
    said = [
        speech.say(
            "ui.complete_total", total=whole.total, judged=whole.judged, carried=whole.carried
        )
    ]
    if whole.oldest_carried is not None:
        said.append(speech.say("ui.oldest_carried", when=moment(whole.oldest_carried)))
    return said


def _causes(manifest: Manifest, speech: Speech) -> list[tuple[str, str, int]]:
    whole = manifest.ending.completeness
    skipped = [(speech.words["ui.skipped"], reason, count) for reason, count in whole.skipped]
    return skipped + [
        (speech.words["ui.unknown"], reason, count) for reason, count in whole.unknown
    ]


def _changes(previous: Since, speech: Speech) -> list[ChangeView]:
    told = sorted(
        (one for one in previous.changes if one.kind in KINDS), key=lambda one: KINDS[one.kind]
    )
    return [
        ChangeView(
            kind=speech.word("change", one.kind),
            before="" if one.before is None else speech.named("standing", one.before),
            now=speech.named("standing", one.finding.standing),
            band=BAND[one.finding.standing],
            href=_place(one.finding.link),
            original=brief(one.finding.link.original or one.finding.link.raw),
        )
        for one in islice(told, CHANGES)
    ]


def _change_counts(previous: Since, speech: Speech) -> list[tuple[str, int]]:
    counts = Counter(one.kind for one in previous.changes)
    return [(speech.word("change", kind), count) for kind, count in sorted(counts.items())]


def _place(link: Link) -> str:
    return f"{article_page(link.article)}#L{link.line}-{link.column}"


def _settings(configuration: str) -> list[str]:
    """Return a configuration line by line; as it is where it is no JSON."""
    try:
        tables = msgspec.json.decode(configuration)
    except msgspec.DecodeError:
        return [configuration]
    return list(_lines("", tables))


def _lines(prefix: str, value: object) -> Iterable[str]:
    if isinstance(value, dict) and value:
        for key, inner in value.items():
            yield from _lines(f"{prefix}.{key}" if prefix else str(key), inner)
    elif prefix:
        yield f"{prefix} = {msgspec.json.encode(value).decode()}"
