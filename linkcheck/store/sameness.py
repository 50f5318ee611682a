"""Which answers count as the same: they make an episode longer instead of beginning another."""

import hashlib

from linkcheck.model.observation import ArchiveObservation, HostObservation, LiveObservation
from linkcheck.model.verdict import ArchiveFinding, ArchiveVerdict, LiveFinding, LiveVerdict
from linkcheck.store.legible import encoded


def same_archive(observation: ArchiveObservation) -> bytes:
    """Return equal bytes for answers with one verdict, rule, proof, capture and content.

    Times, records, words and the captures around it do not count: a neighbour that the archive
    gained changes nothing about this one.
    """
    evidence, finding = observation.evidence, observation.finding
    row, fixity = evidence.row, evidence.fixity
    return _digest(
        (
            finding.verdict,
            finding.rule,
            finding.proof,
            finding.capture_timestamp,
            finding.captured_url,
            finding.final_url,
            evidence.listing,
            None if row is None else (row.timestamp, row.status, row.digest),
            None if fixity is None else (fixity.fixity, fixity.sha256),
            evidence.baseline,
            [(each.answer, each.status, each.timestamp, each.failure) for each in evidence.chain],
        )
    )


def same_live(observation: LiveObservation | HostObservation) -> bytes:
    """Return equal bytes for answers with one verdict, rule, way and statuses.

    The bytes of a page do not count: live pages greet every visitor with others.
    """
    finding = observation.finding
    told = (
        None
        if finding is None
        else (finding.verdict, finding.rule, finding.method, finding.final_url, finding.permanent)
    )
    return _digest(
        (
            told,
            [
                (answer.method, answer.status, answer.failure, [hop.status for hop in answer.hops])
                for answer in observation.evidence.answers
            ],
        )
    )


def is_untold(finding: ArchiveFinding | LiveFinding | None) -> bool:
    """Tell an answer that says nothing."""
    return finding is not None and finding.verdict in {ArchiveVerdict.UNKNOWN, LiveVerdict.UNKNOWN}


def _digest(parts: object) -> bytes:
    return hashlib.blake2b(encoded(parts), digest_size=12).digest()
