"""Observations made ready for the store: those of an archive in whichever process saw them."""

import msgspec

from linkcheck.model.noun import Noun
from linkcheck.model.observation import ArchiveObservation
from linkcheck.model.playback import Answer
from linkcheck.store.legible import encoded, legible
from linkcheck.store.moments import number
from linkcheck.store.names import WantValues, context_of, want_values
from linkcheck.store.packing import Packed, decode_trace, encode_trace, pack_archive
from linkcheck.store.recall import written
from linkcheck.store.sameness import is_untold, same_archive
from linkcheck.verdicts.strikes import Verdict


class Replayed(Noun, frozen=True, kw_only=True, gc=False):
    """A capture whose bytes were seen."""

    timestamp: str
    source: str  # empty: not known
    sha256: str  # empty: not seen whole


class Sighting(Noun, frozen=True, kw_only=True, gc=False):
    """One observation, as it will be kept."""

    at: int
    verdict: Verdict | None  # None: a host whose addresses differ
    untold: bool
    sameness: bytes
    finding: str  # JSON
    packed: Packed


class ArchiveSighting(Sighting, frozen=True, kw_only=True, gc=False):
    """What one want of a subject came to."""

    archive: str
    key: str
    original: str
    want: WantValues
    replayed: Replayed | None = None

    @property
    def name(self) -> str:
        """Return from what jitter comes."""
        return f"{self.key} {self.want[0] or None}"

    def spelled(self, original: str) -> "ArchiveSighting":
        """Return the same for a subject that the store knows by another spelling."""
        if original == self.original:
            return self
        finding, trace = msgspec.json.decode(self.finding), decode_trace(self.packed.trace)
        captured = finding.get("captured_url")
        if captured is True:
            finding["captured_url"] = self.original
        elif captured == original:
            finding["captured_url"] = True
        trace = {"context": {**trace.pop("context", {}), "original": self.original}, **trace}
        packed = msgspec.structs.replace(self.packed, trace=encode_trace(trace))
        return msgspec.structs.replace(self, finding=encoded(finding).decode(), packed=packed)


def sighted(seen: ArchiveObservation | ArchiveSighting) -> ArchiveSighting:
    """Make an observation ready, if it is not. Pure."""
    if isinstance(seen, ArchiveSighting):
        return seen
    evidence, finding = seen.evidence, seen.finding
    return ArchiveSighting(
        archive=evidence.archive,
        key=seen.key,
        original=evidence.original,
        want=want_values(seen.want),
        at=number(evidence.seen_at),
        verdict=finding.verdict,
        untold=is_untold(finding),
        sameness=same_archive(seen),
        finding=written(finding, evidence.original, seen.suggestion),
        packed=pack_archive(evidence, context_of(evidence.archive, evidence.original, seen.want)),
        replayed=_replayed(seen),
    )


def _replayed(seen: ArchiveObservation) -> Replayed | None:
    chain = seen.evidence.chain
    if not chain or chain[-1].answer is not Answer.CAPTURE:
        return None
    reading, fixity, content = chain[-1], seen.evidence.fixity, seen.evidence.content
    stamp = reading.timestamp or seen.finding.capture_timestamp
    if stamp is None:
        return None
    whole = fixity is not None and not (content is not None and content.cut)
    return Replayed(
        timestamp=stamp,
        source=legible(reading.source or ""),
        sha256=(fixity.sha256 or "") if fixity is not None and whole else "",
    )
