"""A finding that needs no network."""

from enum import StrEnum

from linkcheck.model.noun import Noun


class Severity(StrEnum):
    """How much a finding of the audit matters."""

    ERROR = "error"  # the provenance is wrong or lost
    WARNING = "warning"  # somebody should look
    INFO = "info"  # worth knowing, nothing to do


class AuditFinding(Noun, frozen=True, kw_only=True, gc=False):
    """One inconsistency. The first five fields and their order are a promise."""

    article: str
    line: int
    rule: str
    severity: Severity
    message: str
    advice: str | None = None
    url: str | None = None
