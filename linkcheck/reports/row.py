"""One finding as one flat row: what `report -f ndjson` and `csv` print of each link."""

from datetime import datetime

from linkcheck.model.finding import LinkFinding
from linkcheck.model.link import Kind, Repair, Role, Time
from linkcheck.model.live import LiveEvidence
from linkcheck.model.noun import Noun
from linkcheck.model.observation import ArchiveObservation
from linkcheck.model.verdict import (
    ArchiveVerdict,
    LiveMethod,
    LiveVerdict,
    ProofKind,
    Standing,
)
from linkcheck.reports.addresses import capture_url
from linkcheck.reports.confirmed import is_confirmed, is_regressed, least_strikes


class FindingRow(Noun, frozen=True, kw_only=True, gc=False):
    """One link with both sides. The fields up to `checked_at` and their order are a promise."""

    article: str
    line: int
    column: int
    role: Role
    raw: str
    original: str | None
    archive: str | None
    timestamp: str | None
    modifier: str | None
    kind: Kind
    reason: str | None  # why it is no link of two sides, or why it is not known better
    archive_verdict: ArchiveVerdict | None
    archive_rule: str | None
    archive_proof: ProofKind | None
    capture_timestamp: str | None
    distance_seconds: int | None  # capture minus asked
    live_verdict: LiveVerdict | None
    live_rule: str | None
    live_method: LiveMethod | None
    live_final_url: str | None
    standing: Standing
    strikes: int  # scans that agree on the bad side that fewest agree on
    checked_at: datetime | None
    strikes_needed: int
    confirmed: bool
    regressed: bool
    furniture: bool
    time: Time | None
    repairs: tuple[Repair, ...]
    archive_reason: str | None
    archive_checked_at: datetime | None
    archive_record: str | None  # the WARC record that the verdict rests on
    captured_url: str | None  # what was really captured
    likeness: str | None
    archive_final_url: str | None
    digest: str | None  # as the archive's index has it
    text: str | None  # the page's text against the article's
    text_score: float | None
    suggestion: str | None  # a capture that would serve better
    live_reason: str | None
    live_checked_at: datetime | None
    live_record: str | None
    index_records: tuple[str, ...]  # the WARC records of the index's answers


def row_of(finding: LinkFinding) -> FindingRow:
    """Return a finding as a row."""
    link, archive, live = finding.link, finding.archive, finding.live
    strikes = least_strikes(finding)
    one = archive.finding if archive is not None else None
    other = live.finding if live is not None else None
    evidence = archive.evidence if archive is not None else None
    suggestion = archive.suggestion if archive is not None else None
    return FindingRow(
        article=link.article,
        line=link.line,
        column=link.column,
        role=link.role,
        raw=link.raw,
        original=link.original,
        archive=link.archive,
        timestamp=link.timestamp,
        modifier=link.modifier,
        kind=link.kind,
        reason=link.reason or finding.reason or None,
        archive_verdict=one.verdict if one else None,
        archive_rule=one.rule if one else None,
        archive_proof=one.proof.kind if one and one.proof else None,
        capture_timestamp=one.capture_timestamp if one else None,
        distance_seconds=one.distance_seconds if one else None,
        live_verdict=other.verdict if other else None,
        live_rule=other.rule if other else None,
        live_method=other.method if other else None,
        live_final_url=other.final_url if other else None,
        standing=finding.standing,
        strikes=strikes.strikes,
        checked_at=finding.checked_at,
        strikes_needed=strikes.needed,
        confirmed=is_confirmed(finding),
        regressed=is_regressed(finding),
        furniture=finding.furniture,
        time=link.time,
        repairs=link.repairs,
        archive_reason=one.reason or None if one else None,
        archive_checked_at=evidence.seen_at if evidence else None,
        archive_record=_archive_record(archive) if archive else None,
        captured_url=one.captured_url if one else None,
        likeness=one.likeness if one else None,
        archive_final_url=one.final_url if one else None,
        digest=evidence.row.digest if evidence and evidence.row else None,
        text=evidence.text if evidence else None,
        text_score=evidence.text_score if evidence else None,
        suggestion=capture_url(suggestion.archived) if suggestion else None,
        live_reason=other.reason or None if other else None,
        live_checked_at=live.evidence.seen_at if live else None,
        live_record=_live_record(live.evidence) if live else None,
        index_records=evidence.index_records if evidence else (),
    )


def _archive_record(seen: ArchiveObservation) -> str | None:
    """Return the last answer of playback, or else of the index."""
    evidence = seen.evidence
    for reading in reversed(evidence.chain):
        if reading.record:
            return reading.record
    return next(filter(None, reversed(evidence.index_records)), None)


def _live_record(evidence: LiveEvidence) -> str | None:
    for answer in reversed(evidence.answers):
        if answer.record:
            return answer.record
    return None
