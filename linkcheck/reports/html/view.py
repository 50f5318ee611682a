"""One link as its page shows it: every word chosen, nothing escaped yet."""

from dataclasses import dataclass

from linkcheck.model.finding import ArticleFindings, LinkFinding, Strikes, Untold
from linkcheck.model.link import Time
from linkcheck.model.observation import ArchiveObservation, LiveObservation
from linkcheck.model.verdict import Proof
from linkcheck.reports import addresses
from linkcheck.reports.confirmed import is_regressed
from linkcheck.reports.html.evidence import Evidence, archive_evidence, live_evidence
from linkcheck.reports.html.places import archived_url, capture_url
from linkcheck.reports.html.ranks import BAND
from linkcheck.reports.html.safe import language, web_address
from linkcheck.reports.html.speech import Speech, digits, moment

Fact = tuple[str, str, str | None]
"""A label, what it says, and where it leads."""


@dataclass(frozen=True, slots=True)
class SideView:
    """One side of a link."""

    kind: str  # of the handbook: "archive" or "live"
    verdict: str
    name: str
    rule: str
    because: str
    strikes: str
    reason: str
    facts: list[Fact]
    untold: str


@dataclass(frozen=True, slots=True)
class LinkView:
    """One link with both sides."""

    anchor: str
    band: str
    standing: str
    name: str
    role: str
    place: str
    raw: str
    regressed: bool
    archive: SideView | None
    live: SideView | None
    archived_href: str | None
    live_href: str | None
    suggestion: tuple[str, str | None, str] | None
    notes: list[str]
    checked: str
    evidence: Evidence


@dataclass(frozen=True, slots=True)
class ArticleView:
    """One article: its links first, those of every page apart."""

    article: str
    title: str | None
    lang: str | None
    published: str
    sha256: str
    counts: list[tuple[str, str, str, int]]  # standing, band, name, links
    links: list[LinkView]
    furniture: list[LinkView]


def view_article(found: ArticleFindings, speech: Speech) -> ArticleView:
    """Return an article as its page shows it."""
    counts: dict[str, int] = {}
    for finding in found.links:
        counts[finding.standing] = counts.get(finding.standing, 0) + 1
    return ArticleView(
        article=found.article,
        title=found.title or None,
        lang=language(found.title or ""),
        published=moment(found.published),
        sha256=found.sha256,
        counts=[
            (standing, BAND[standing], speech.named("standing", standing), counts[standing])
            for standing in BAND
            if standing in counts
        ],
        links=[view_link(one, speech) for one in found.links if not one.furniture],
        furniture=[view_link(one, speech) for one in found.links if one.furniture],
    )


def view_link(finding: LinkFinding, speech: Speech) -> LinkView:
    """Return a link as its page shows it."""
    link, words = finding.link, speech.words
    archive, live = finding.archive, finding.live
    return LinkView(
        anchor=f"L{link.line}-{link.column}",
        band=BAND[finding.standing],
        standing=finding.standing,
        name=words[f"standing.{finding.standing}.name"],
        role=words[f"role.{link.role}"],
        place=speech.say("ui.line_column", line=link.line, column=link.column),
        raw=link.raw,
        regressed=is_regressed(finding),
        archive=None if archive is None else _archive_side(finding, archive, speech),
        live=None if live is None else _live_side(finding, live, speech),
        archived_href=web_address(_archived(finding)),
        live_href=web_address(link.original),
        suggestion=_suggestion(archive, speech),
        notes=_notes(finding, speech),
        checked=moment(finding.checked_at),
        evidence=Evidence(
            archive=None if archive is None else archive_evidence(archive, speech),
            live=None if live is None else live_evidence(live, speech),
        ),
    )


def _archive_side(finding: LinkFinding, seen: ArchiveObservation, speech: Speech) -> SideView:
    found, words = seen.finding, speech.words
    facts: list[Fact] = []
    asked = seen.want.timestamp
    if asked is not None:
        inherited = seen.want.time is Time.INHERITED
        note = words["ui.inherited"] if inherited else ""
        facts.append((words["ui.asked_time"], speech.aside(digits(asked), note), None))
    if found.capture_timestamp is not None:
        url = found.captured_url or seen.evidence.original
        href = web_address(capture_url(seen.evidence.archive, found.capture_timestamp, url))
        far = found.distance_seconds
        how = "" if far is None else speech.distance(far)
        said = speech.aside(digits(found.capture_timestamp), how)
        facts.append((words["ui.capture_time"], said, href))
    if found.captured_url is not None and found.captured_url != seen.evidence.original:
        facts.append((words["ui.captured_url"], found.captured_url, None))
    if found.final_url is not None:
        facts.append((words["ui.ends_at"], found.final_url, web_address(found.final_url)))
    facts.append((words["ui.known_by"], _proof(found.proof, speech), None))
    return SideView(
        kind="archive",
        verdict=found.verdict,
        name=speech.named("archive", found.verdict),
        rule=found.rule,
        because=speech.word("archive_rule", found.rule),
        strikes=_strikes(finding.archive_strikes, speech),
        reason=found.reason,
        facts=facts + _past(finding.archive_strikes, speech),
        untold=_untold(finding.archive_untold, speech),
    )


def _live_side(finding: LinkFinding, seen: LiveObservation, speech: Speech) -> SideView:
    found, words = seen.finding, speech.words
    facts: list[Fact] = []
    if found.final_url is not None:
        how = {True: words["ui.permanent"], False: words["ui.temporary"], None: ""}
        said = speech.aside(found.final_url, how[found.permanent])
        facts.append((words["ui.ends_at"], said, web_address(found.final_url)))
    facts.append((words["ui.method"], words[f"method.{found.method}"], None))
    return SideView(
        kind="live",
        verdict=found.verdict,
        name=speech.named("live", found.verdict),
        rule=found.rule,
        because=speech.word("live_rule", found.rule),
        strikes=_strikes(finding.live_strikes, speech),
        reason=found.reason,
        facts=facts + _past(finding.live_strikes, speech),
        untold=_untold(finding.live_untold, speech),
    )


def _archived(finding: LinkFinding) -> str | None:
    """Return the archived copy to show beside the original: as cited, else the one that answers."""
    cited = archived_url(finding.link)
    if cited is not None or finding.archive is None:
        return cited
    seen = finding.archive
    if seen.finding.capture_timestamp is None:
        return None
    url = seen.finding.captured_url or seen.evidence.original
    return capture_url(seen.evidence.archive, seen.finding.capture_timestamp, url)


def _suggestion(
    seen: ArchiveObservation | None, speech: Speech
) -> tuple[str, str | None, str] | None:
    if seen is None or seen.suggestion is None:
        return None
    better = seen.suggestion
    far = better.distance_seconds
    parts = [digits(better.archived.timestamp)]
    if far is not None:
        parts.append(speech.distance(far))
    label = speech.words["ui.suggestion_sibling" if better.sibling else "ui.suggestion"]
    url = addresses.capture_url(better.archived)
    said = speech.aside(better.archived.inner, ", ".join(filter(None, parts)))
    return label, web_address(url), said


def _notes(finding: LinkFinding, speech: Speech) -> list[str]:
    notes = [finding.reason] if finding.reason else []
    if finding.link.reason and finding.link.reason != finding.reason:
        notes.append(finding.link.reason)
    if finding.link.repairs:
        mended = ", ".join(finding.link.repairs)
        notes.append(speech.labelled(speech.words["ui.repaired"], mended))
    return notes


def _proof(proof: Proof | None, speech: Speech) -> str:
    """Return how a verdict is known, with the algorithm and the form of the bytes."""
    if proof is None:
        return speech.words["proof.none"]
    how = ", ".join(filter(None, (proof.algorithm, proof.form)))
    return speech.aside(speech.words[f"proof.{proof.kind}"], how)


def _strikes(strikes: Strikes, speech: Speech) -> str:
    if not strikes.strikes:
        return ""
    shown = min(strikes.strikes, strikes.needed)
    return speech.say("ui.strikes", strikes=shown, needed=strikes.needed)


def _past(strikes: Strikes, speech: Speech) -> list[Fact]:
    facts: list[Fact] = []
    if strikes.first_seen is not None:
        facts.append((speech.words["ui.first_seen"], moment(strikes.first_seen), None))
    if strikes.last_good is not None:
        facts.append((speech.words["ui.last_good"], moment(strikes.last_good), None))
    if strikes.flaps:
        facts.append((speech.words["ui.flaps"], str(strikes.flaps), None))
    return facts


def _untold(untold: Untold | None, speech: Speech) -> str:
    if untold is None:
        return ""
    return speech.say(
        "ui.untold_since",
        count=untold.count,
        since=moment(untold.since),
        reason=untold.reason or speech.word("live_rule", untold.rule),
    )
