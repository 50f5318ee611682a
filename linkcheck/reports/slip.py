"""What one article adds to a summary: everything that is counted there has a label and marks."""

from collections.abc import Container
from dataclasses import dataclass, field

from linkcheck.model.finding import ArticleFindings, LinkFinding
from linkcheck.model.verdict import ArchiveVerdict, ProofKind, Standing
from linkcheck.reports.confirmed import WORRYING, is_confirmed, is_regressed
from linkcheck.reports.marks import mark
from linkcheck.urls.parts import without_fragment

STANDING = {one: f"standing {one}" for one in Standing}
"""Labels of originals by their standing; furniture apart."""

FURNITURE = {one: f"furniture {one}" for one in Standing}
ALL_FURNITURE = "furniture"
REGRESSED = "regressed"
FAILING = "failing"
LISTED = "listed"  # captures, as the next one
REPLAYED = "replayed"
REASON = "reason "
"""What the labels of unresolved originals begin with."""

_LONGEST = 200  # of a reason: some name an address
_GOOD = frozenset({ArchiveVerdict.CAPTURED, ArchiveVerdict.DRIFTED, ArchiveVerdict.REDIRECTED})
_UNTOLD = frozenset(("unknown", "pending", "broken", "shell"))

Kind = tuple[Standing, bool]
"""A worrying standing, and whether it is furniture's."""


@dataclass(slots=True)
class Cited:
    """An original that an article cites and somebody should look at."""

    finding: LinkFinding  # of its first link there
    occurrences: int = 0


@dataclass(slots=True)
class Slip:
    """What one article adds."""

    links: int = 0
    marks: dict[str, list[int]] = field(default_factory=dict)  # by their labels
    worries: dict[tuple[Kind, str], Cited] = field(default_factory=dict)  # by kind and original

    def add(self, label: str, one: int) -> None:
        """Count one mark under a label."""
        self.marks.setdefault(label, []).append(one)


def slip_of(found: ArticleFindings, fail_on: Container[Standing]) -> Slip:
    """Count one article's links."""
    slip = Slip(len(found.links))
    for finding in found.links:
        _count(slip, finding, fail_on)
    return slip


def _count(slip: Slip, finding: LinkFinding, fail_on: Container[Standing]) -> None:
    link, standing = finding.link, finding.standing
    address = without_fragment(link.original) if link.original else link.raw
    original = mark(address)
    if finding.furniture:
        slip.add(FURNITURE[standing], original)
        slip.add(ALL_FURNITURE, original)
    else:
        slip.add(STANDING[standing], original)
        if is_regressed(finding):
            slip.add(REGRESSED, original)
    _weigh_proof(slip, finding)
    if standing is Standing.UNRESOLVED:
        slip.add(REASON + _reason(finding)[:_LONGEST], original)
    if standing in fail_on and is_confirmed(finding):
        slip.add(FAILING, original)
    if standing in WORRYING:
        kind = standing, finding.furniture
        cited = slip.worries.get((kind, address))
        if cited is None:
            cited = slip.worries[kind, address] = Cited(finding)
        cited.occurrences += 1


def _weigh_proof(slip: Slip, finding: LinkFinding) -> None:
    archive = finding.archive
    if archive is None or archive.finding.verdict not in _GOOD:
        return
    proof = archive.finding.proof
    one = mark(archive.evidence.archive, archive.key, archive.finding.capture_timestamp or "")
    replayed = proof is not None and proof.kind is not ProofKind.LISTED
    slip.add(REPLAYED if replayed else LISTED, one)


def _reason(finding: LinkFinding) -> str:
    for side in (finding.archive, finding.live):
        if side is not None and side.finding.verdict in _UNTOLD:
            return side.finding.reason or f"{side.finding.verdict}: {side.finding.rule}"
    return finding.reason or "not asked yet"
