"""What is wrong with a collection's provenance that needs no network to be seen."""

from collections.abc import Iterator

from linkcheck.audit.addresses import address_findings
from linkcheck.audit.local import local_findings
from linkcheck.audit.pair import pair_findings
from linkcheck.audit.publication import publication_findings
from linkcheck.audit.subject import Subject
from linkcheck.audit.timestamps import timestamp_findings
from linkcheck.model.audit import AuditFinding

_RULES = (
    pair_findings,
    publication_findings,
    timestamp_findings,
    address_findings,
    local_findings,
)


def audit(subject: Subject) -> Iterator[AuditFinding]:
    """Yield every finding about one article by itself."""
    yield from subject.article.findings
    for rule in _RULES:
        yield from rule(subject)
