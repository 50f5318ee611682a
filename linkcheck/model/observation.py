"""An observation: evidence of one side as a lane saw it, and the conclusion drawn at once.

Evidence is kept with it, so that later rules can judge it again without a request.
"""

from datetime import datetime

from linkcheck.model.evidence import ArchiveEvidence
from linkcheck.model.index import IndexQuery
from linkcheck.model.live import LiveEvidence
from linkcheck.model.noun import Noun
from linkcheck.model.subject import Want
from linkcheck.model.verdict import ArchiveFinding, LiveFinding, Suggestion
from linkcheck.model.visit import Heard, Visited


class ArchiveObservation(Noun, frozen=True, kw_only=True):
    """What one want of a subject came to. A later one of the same run takes its place."""

    key: str  # of the subject
    want: Want
    evidence: ArchiveEvidence
    finding: ArchiveFinding
    suggestion: Suggestion | None = None


class LiveObservation(Noun, frozen=True, kw_only=True):
    """What one original of the live web came to. A later one of the same run takes its place."""

    evidence: LiveEvidence
    finding: LiveFinding


class Headway(Noun, frozen=True, kw_only=True):
    """How far the bulk queries of a host have come: committed with the rows before it."""

    archive: str
    host: str  # in urlkey space
    at: datetime
    query: IndexQuery | None  # what to ask next; None: the host is done
    key: str = ""  # the greatest seen: every subject before it has passed
    rows_each: float | None = None  # rows a subject, for the next run's prices
    record: str | None = None  # of the last page, in the evidence of the run that asked for it


class HostObservation(Noun, frozen=True, kw_only=True):
    """What one host of the live web came to: the one finding that stands for its originals."""

    host: str  # with its scheme and port: "https://www.hkcnews.com"
    evidence: LiveEvidence  # of `/`, the impossible page, and the sample
    finding: LiveFinding | None  # None: its originals answer each for itself


Observation = ArchiveObservation | LiveObservation | HostObservation | Headway | Heard | Visited
