"""The evidence of a link in rows: what was asked, what came back, and which record holds it."""

from dataclasses import dataclass

from linkcheck.model.capture import Capture
from linkcheck.model.evidence import ArchiveEvidence, Listing, Text
from linkcheck.model.live import LiveAnswer
from linkcheck.model.observation import ArchiveObservation, LiveObservation
from linkcheck.model.playback import PlaybackReading
from linkcheck.reports.html.speech import Speech, digits, moment

Row = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Step:
    """One question and its answer."""

    asked: str
    answer: str
    facts: list[Row]


@dataclass(frozen=True, slots=True)
class Seen:
    """What was seen of one side."""

    facts: list[Row]
    steps: list[Step]


@dataclass(frozen=True, slots=True)
class Evidence:
    """What was seen of both."""

    archive: Seen | None
    live: Seen | None


def archive_evidence(seen: ArchiveObservation, speech: Speech) -> Seen:
    """Return what was seen in an archive."""
    evidence, words = seen.evidence, speech.words
    facts = [(words["ui.checked_at"], moment(evidence.seen_at))]
    listing = words[f"listing.{evidence.listing}"]
    facts.append((words["ui.index"], speech.labelled(evidence.archive, listing)))
    if evidence.row is not None:
        facts += _row(evidence.row, speech)
    facts += [(words["ui.record"], record) for record in evidence.index_records]
    if evidence.before is not None or evidence.after is not None:
        facts.append((words["ui.neighbours"], _neighbours(evidence, speech)))
    facts += _body(evidence, speech)
    return Seen(facts, [_played(reading, speech) for reading in evidence.chain])


def live_evidence(seen: LiveObservation, speech: Speech) -> Seen:
    """Return what was seen on the live web."""
    evidence, words = seen.evidence, speech.words
    facts = [(words["ui.checked_at"], moment(evidence.seen_at))]
    if evidence.reason:
        facts.append((words["ui.reason"], evidence.reason))
    return Seen(facts, [_answered(answer, speech) for answer in evidence.answers])


def _row(row: Capture, speech: Speech) -> list[Row]:
    words = speech.words
    said = [digits(row.timestamp)]
    said += [str(each) for each in (row.status, row.media_type) if each is not None]
    facts = [(words["ui.row"], " · ".join(said))]
    if row.digest is not None:
        facts.append((words["ui.digest"], row.digest))
    if row.source is not None:
        facts.append((words["ui.source"], row.source))
    if row.length is not None:
        facts.append((words["ui.length"], f"{row.length:,}"))
    return facts


def _neighbours(evidence: ArchiveEvidence, speech: Speech) -> str:
    before, after = evidence.before, evidence.after
    first = speech.words["ui.none_before"] if before is None else digits(before.timestamp)
    last = speech.words["ui.none_after"] if after is None else digits(after.timestamp)
    return f"{first} … {last}"


def _body(evidence: ArchiveEvidence, speech: Speech) -> list[Row]:
    words, facts = speech.words, []
    if evidence.content is not None:
        sniffed = evidence.content.sniffed
        form = f"{sniffed.medium} {sniffed.form}".rstrip()
        facts.append((words["ui.body_size"], speech.aside(f"{evidence.content.size:,}", form)))
    fixity = evidence.fixity
    if fixity is not None and fixity.sha256 is not None:
        facts.append((words["ui.own_digest"], fixity.sha256))
    if evidence.text is not Text.NOT_COMPARED:
        score = "" if evidence.text_score is None else f"{evidence.text_score:.2f}"
        said = speech.aside(words[f"text.{evidence.text}"], score)
        facts.append((words["ui.text_compared"], said))
    if evidence.sharing.articles > 1:
        facts.append((words["ui.shared_by"], f"{evidence.sharing.articles:,}"))
    if evidence.reason and evidence.listing in {Listing.UNTOLD, Listing.NOT_ASKED}:
        facts.append((words["ui.reason"], evidence.reason))
    return facts


def _played(reading: PlaybackReading, speech: Speech) -> Step:
    words = speech.words
    asked = f"{digits(reading.asked.timestamp)} {reading.asked.inner}".strip()
    status = "" if reading.status is None else f" {reading.status}"
    facts = []
    if reading.timestamp is not None:
        facts.append((words["ui.capture_time"], digits(reading.timestamp)))
    for key, value in (
        ("ui.media_type", reading.media_type),
        ("ui.source", reading.source),
        ("ui.ends_at", reading.outside),
        ("ui.reason", reading.reason or reading.failure),
        ("ui.record", reading.record),
    ):
        if value:
            facts.append((words[key], value))
    return Step(asked, f"{words[f'answer.{reading.answer}']}{status}", facts)


def _answered(answer: LiveAnswer, speech: Speech) -> Step:
    words = speech.words
    facts = [(words["ui.checked_at"], moment(answer.at))]
    facts += [
        (words["ui.redirects"], f"{hop.status} {hop.url} → {hop.location}") for hop in answer.hops
    ]
    if answer.final_url is not None and answer.final_url != answer.asked:
        facts.append((words["ui.ends_at"], answer.final_url))
    for key, value in (
        ("ui.media_type", answer.media_type),
        ("ui.page_title", answer.title),
        ("ui.own_digest", answer.body_sha256),
        ("ui.reason", answer.reason),
        ("ui.record", answer.record),
    ):
        if value:
            facts.append((words[key], value))
    said = str(answer.status) if answer.status is not None else (answer.failure or "")
    return Step(f"{answer.method} {answer.asked}", said, facts)
