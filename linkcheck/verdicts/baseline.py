"""A capture's bytes over the years: our own SHA-256s are the fixity value."""

from collections.abc import Iterable
from datetime import datetime

from linkcheck.model.evidence import Baseline
from linkcheck.model.noun import Noun
from linkcheck.settings.judging import JudgingSettings


class Observation(Noun, frozen=True, kw_only=True):
    """The raw bytes of one capture as they were replayed once, whole."""

    urlkey: str
    timestamp: str
    source: str | None  # WARC file; another one is another capture to us
    sha256: str
    at: datetime


def compare_baseline(
    past: Iterable[Observation], settings: JudgingSettings, unpacked: str | None = None
) -> Baseline:
    """Compare the latest observation with the earlier ones of the same capture.

    `unpacked` is the SHA-256 of what the latest one says, if it came packed.
    A source without a slash is a temporary file of Save Page Now that is packed later
    (sandcrawler): its new name begins a new history and is no tampering.
    """
    ordered = sorted(past, key=lambda seen: seen.at)
    if not ordered:
        return Baseline.NONE
    latest = ordered[-1]
    same = [seen for seen in ordered if _identity(seen) == _identity(latest)]
    others = [seen for seen in same if seen.sha256 != same[0].sha256]
    if len(same) == 1:
        return Baseline.NONE
    if latest.sha256 == same[0].sha256:
        return Baseline.UNCHANGED
    if unpacked == same[0].sha256:
        return Baseline.UNPACKED
    apart = latest.at - others[0].at >= settings.change_gap
    return Baseline.CHANGED_AGAIN if apart else Baseline.CHANGED


def _identity(seen: Observation) -> tuple[str, str, str | None]:
    return seen.urlkey, seen.timestamp, seen.source
