"""The evidence of a link in rows: what was asked, what came back, and which record holds it."""

from collections.abc import Iterable
from datetime import datetime

from linkcheck.model.capture import Capture
from linkcheck.model.evidence import ArchiveEvidence, Listing, Text
from linkcheck.model.live import LiveAnswer
from linkcheck.model.observation import ArchiveObservation, LiveObservation
from linkcheck.model.playback import PlaybackReading
from linkcheck.reports.html.escaped import terms_of, text, words_of
from linkcheck.reports.speech import Speech, digits, moment

_AT_HAND = 64
"""Hosts whose evidence stays written: all originals of a dead host rest on the same answers."""

_Written = tuple[tuple[LiveAnswer, ...], datetime, str, str]


class Evidence:
    """Write the evidence of one language."""

    def __init__(self, speech: Speech) -> None:
        self._speech = speech
        self._dt = terms_of(speech)
        w = words_of(speech)
        self._titles = {kind: f"<h4>{w[f'ui.side_{kind}']}</h4>\n" for kind in ("archive", "live")}
        self._written: dict[int, _Written] = {}

    def archive(self, seen: ArchiveObservation) -> str:
        """Return what was seen in an archive."""
        evidence, dt, speech = seen.evidence, self._dt, self._speech
        listing = speech.words[f"listing.{evidence.listing}"]
        parts = [
            self._titles["archive"],
            f"<dl>{dt['ui.checked_at']}{moment(evidence.seen_at)}",
            f"{dt['ui.index']}{text(speech.labelled(evidence.archive, listing))}",
        ]
        if evidence.row is not None:
            parts += self._row(evidence.row)
        parts += [f"{dt['ui.record']}{text(record)}" for record in evidence.index_records]
        if evidence.before is not None or evidence.after is not None:
            parts.append(f"{dt['ui.neighbours']}{text(self._neighbours(evidence))}")
        parts += self._body(evidence)
        parts.append("</dl>\n")
        if evidence.chain:
            parts += ("<ol>", *map(self._played, evidence.chain), "</ol>\n")
        return "".join(parts)

    def live(self, seen: LiveObservation) -> str:
        """Return what was seen on the live web."""
        evidence = seen.evidence
        key = id(evidence.answers)
        answers, at, reason, written = self._written.get(key, (None, None, None, ""))
        if answers is evidence.answers and (at, reason) == (evidence.seen_at, evidence.reason):
            return written
        dt = self._dt
        parts = [self._titles["live"], f"<dl>{dt['ui.checked_at']}{moment(evidence.seen_at)}"]
        if evidence.reason:
            parts.append(f"{dt['ui.reason']}{text(evidence.reason)}")
        parts.append("</dl>\n")
        if evidence.answers:
            parts += ("<ol>", *map(self._answered, evidence.answers), "</ol>\n")
        written = "".join(parts)
        # The answers are held with it, so that no others can have their place in memory.
        self._written[key] = (evidence.answers, evidence.seen_at, evidence.reason, written)
        if len(self._written) > _AT_HAND:
            del self._written[next(iter(self._written))]
        return written

    def _row(self, row: Capture) -> Iterable[str]:
        dt = self._dt
        said = [digits(row.timestamp)]
        said += [str(each) for each in (row.status, row.media_type) if each is not None]
        yield f"{dt['ui.row']}{text(' · '.join(said))}"
        if row.digest is not None:
            yield f"{dt['ui.digest']}{text(row.digest)}"
        if row.source is not None:
            yield f"{dt['ui.source']}{text(row.source)}"
        if row.length is not None:
            yield f"{dt['ui.length']}{row.length:,}"

    def _neighbours(self, evidence: ArchiveEvidence) -> str:
        before, after, words = evidence.before, evidence.after, self._speech.words
        first = words["ui.none_before"] if before is None else digits(before.timestamp)
        last = words["ui.none_after"] if after is None else digits(after.timestamp)
        return f"{first} … {last}"

    def _body(self, evidence: ArchiveEvidence) -> Iterable[str]:
        dt, speech = self._dt, self._speech
        if evidence.content is not None:
            sniffed = evidence.content.sniffed
            form = f"{sniffed.medium} {sniffed.form}".rstrip()
            yield f"{dt['ui.body_size']}{text(speech.aside(f'{evidence.content.size:,}', form))}"
        fixity = evidence.fixity
        if fixity is not None and fixity.sha256 is not None:
            yield f"{dt['ui.own_digest']}{text(fixity.sha256)}"
        if evidence.text is not Text.NOT_COMPARED:
            score = "" if evidence.text_score is None else f"{evidence.text_score:.2f}"
            said = speech.aside(speech.words[f"text.{evidence.text}"], score)
            yield f"{dt['ui.text_compared']}{text(said)}"
        if evidence.sharing.articles > 1:
            yield f"{dt['ui.shared_by']}{evidence.sharing.articles:,}"
        if evidence.reason and evidence.listing in {Listing.UNTOLD, Listing.NOT_ASKED}:
            yield f"{dt['ui.reason']}{text(evidence.reason)}"

    def _played(self, reading: PlaybackReading) -> str:
        dt = self._dt
        asked = f"{digits(reading.asked.timestamp)} {reading.asked.inner}".strip()
        status = "" if reading.status is None else f" {reading.status}"
        facts = []
        if reading.timestamp is not None:
            facts.append(f"{dt['ui.capture_time']}{text(digits(reading.timestamp))}")
        facts += [
            f"{dt[key]}{text(value)}"
            for key, value in (
                ("ui.media_type", reading.media_type),
                ("ui.source", reading.source),
                ("ui.ends_at", reading.outside),
                ("ui.reason", reading.reason or reading.failure),
                ("ui.record", reading.record),
            )
            if value
        ]
        return _step(asked, f"{self._speech.words[f'answer.{reading.answer}']}{status}", facts)

    def _answered(self, answer: LiveAnswer) -> str:
        dt = self._dt
        facts = [f"{dt['ui.checked_at']}{moment(answer.at)}"]
        facts += [
            f"{dt['ui.redirects']}{text(f'{hop.status} {hop.url} → {hop.location}')}"
            for hop in answer.hops
        ]
        if answer.final_url is not None and answer.final_url != answer.asked:
            facts.append(f"{dt['ui.ends_at']}{text(answer.final_url)}")
        facts += [
            f"{dt[key]}{text(value)}"
            for key, value in (
                ("ui.media_type", answer.media_type),
                ("ui.page_title", answer.title),
                ("ui.own_digest", answer.body_sha256),
                ("ui.reason", answer.reason),
                ("ui.record", answer.record),
            )
            if value
        ]
        said = str(answer.status) if answer.status is not None else (answer.failure or "")
        return _step(f"{answer.method} {answer.asked}", said, facts)


def _step(asked: str, answer: str, facts: Iterable[str]) -> str:
    """Return one question and its answer."""
    return (
        f"<li><p><bdi>{text(asked)}</bdi> → <b>{text(answer)}</b></p>"
        f"<dl>{''.join(facts)}</dl>\n</li>"
    )
