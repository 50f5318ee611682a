"""What checks and findings are named by: the same one has the same name in every report."""

from linkcheck.model.observation import ArchiveObservation, LiveObservation
from linkcheck.reports.prov.names import hashed
from linkcheck.reports.prov.terms import Iri, Literal, moment

Observed = ArchiveObservation | LiveObservation


def check_iri(seen: Observed) -> Iri:
    """Return the name of a check: which side of what, asked for which moment, and when."""
    return hashed("check", *_identity(seen))


def finding_iri(seen: Observed) -> Iri:
    """Return the name of a finding: what was checked, and what was concluded by which rule."""
    return hashed("finding", *_identity(seen), seen.finding.verdict, seen.finding.rule)


def archive_iri(archive: str) -> Iri:
    """Return the name of an archive."""
    return hashed("archive", archive)


def side(seen: Observed) -> str:
    """Return which side of a link was looked at."""
    return "archive" if isinstance(seen, ArchiveObservation) else "live"


def times(seen: Observed) -> tuple[Literal, Literal]:
    """Return when a check began and ended."""
    at = seen.evidence.seen_at
    if isinstance(seen, LiveObservation):
        seen_at = [answer.at for answer in seen.evidence.answers] + [at]
        return moment(min(seen_at)), moment(max(seen_at))
    return moment(at), moment(at)


def records(seen: Observed) -> tuple[str, ...]:
    """Return the WARC records that a finding rests on."""
    if isinstance(seen, ArchiveObservation):
        listed, came = seen.evidence.index_records, seen.evidence.chain
        return (*listed, *(one.record for one in came if one.record is not None))
    named: list[str | None] = []
    for answer in seen.evidence.answers:
        named += (hop.record for hop in answer.hops)
        named.append(answer.record)
    return tuple(dict.fromkeys(record for record in named if record is not None))


def _identity(seen: Observed) -> tuple[object, ...]:
    evidence = seen.evidence
    if isinstance(seen, ArchiveObservation):
        asked = (seen.evidence.archive, seen.want.timestamp, seen.want.role)
        return "archive", evidence.original, *asked, evidence.seen_at.isoformat()
    return "live", evidence.original, evidence.seen_at.isoformat()
