"""Findings as flat rows: the fields and their order are a promise, other tools read them."""

from collections.abc import Iterator
from datetime import datetime

from linkcheck.model.finding import ArticleFindings, LinkFinding
from linkcheck.model.noun import Noun


class FindingRow(Noun, frozen=True, kw_only=True):
    """One link and all that is concluded about it."""

    article: str
    line: int
    column: int
    role: str
    raw: str
    original: str | None
    archive: str | None
    timestamp: str | None
    modifier: str | None
    kind: str
    reason: str | None
    archive_verdict: str | None
    archive_rule: str | None
    archive_proof: str | None
    capture_timestamp: str | None
    distance_seconds: int | None  # capture minus asked
    live_verdict: str | None
    live_rule: str | None
    live_method: str | None
    live_final_url: str | None
    standing: str
    strikes: int
    checked_at: datetime | None
    furniture: bool
    regressed: bool


class ChangeRow(FindingRow, frozen=True, kw_only=True):
    """One link whose standing is bad, or was."""

    change: str
    before: str | None


def rows_of(found: ArticleFindings) -> Iterator[FindingRow]:
    """Yield the rows of one article."""
    for finding in found.links:
        yield FindingRow(**_fields(finding))  # type: ignore[arg-type]  # as they are named below


def change_row(finding: LinkFinding, change: str, before: str | None) -> ChangeRow:
    """Return the row of a change."""
    return ChangeRow(**_fields(finding), change=change, before=before)  # type: ignore[arg-type]  # the same


def _fields(finding: LinkFinding) -> dict[str, object]:
    link = finding.link
    archive = finding.archive.finding if finding.archive is not None else None
    live = finding.live.finding if finding.live is not None else None
    proof = archive.proof if archive is not None else None
    strikes = (finding.archive_strikes, finding.live_strikes)
    reasons = (
        finding.reason,
        archive.reason if archive is not None else "",
        live.reason if live is not None else "",
        link.reason or "",
    )
    return {
        "article": link.article,
        "line": link.line,
        "column": link.column,
        "role": link.role,
        "raw": link.raw,
        "original": link.original,
        "archive": link.archive,
        "timestamp": link.timestamp,
        "modifier": link.modifier,
        "kind": link.kind,
        "reason": "; ".join(dict.fromkeys(filter(None, reasons))) or None,
        "archive_verdict": archive.verdict if archive is not None else None,
        "archive_rule": archive.rule if archive is not None else None,
        "archive_proof": proof.kind if proof is not None else None,
        "capture_timestamp": archive.capture_timestamp if archive is not None else None,
        "distance_seconds": archive.distance_seconds if archive is not None else None,
        "live_verdict": live.verdict if live is not None else None,
        "live_rule": live.rule if live is not None else None,
        "live_method": live.method if live is not None else None,
        "live_final_url": live.final_url if live is not None else None,
        "standing": finding.standing,
        "strikes": max(one.strikes for one in strikes),
        "checked_at": finding.checked_at,
        "furniture": finding.furniture,
        "regressed": any(one.regressed for one in strikes),
    }
