"""The manifest of a run: what a reader years later needs to know of how its findings came about."""

import hashlib
from datetime import datetime
from enum import StrEnum

import msgspec

from linkcheck.model.noun import Noun

Counts = tuple[tuple[str, int], ...]
"""How many of what, sorted by name."""


class Ended(StrEnum):
    """How a run came to its end."""

    COMPLETE = "complete"  # everything that was due has been asked
    BUDGET = "budget"  # its time or its requests were spent
    INTERRUPTED = "interrupted"  # somebody stopped it in order
    PAUSED = "paused"  # an archive asked for a rest longer than the run
    OFFLINE = "offline"  # there was no network
    FAILED = "failed"  # the tool's own fault
    KILLED = "killed"  # it left no word; the next run noted it


class Completeness(Noun, frozen=True, kw_only=True):
    """Whether a run can speak of the whole: `total` is the sum of the four parts.

    What is counted are wants of archives and originals of the live web, each once however many
    links cite it.
    """

    total: int = 0
    judged: int = 0  # asked and answered in this run
    carried: int = 0  # an earlier answer still holds
    oldest_carried: datetime | None = None
    skipped: Counts = ()  # due and not asked, by the reason
    unknown: Counts = ()  # asked without an answer, by the reason


class Sampled(Noun, frozen=True, kw_only=True):
    """What the playback sample says of the captures that were only listed."""

    size: int
    bad: int
    bound: float  # at most this share of them is bad
    confidence: float = 0.95


class Beginning(Noun, frozen=True, kw_only=True):
    """What is known of a run before it asks anybody."""

    versions: tuple[tuple[str, str], ...]  # linkcheck first, then its dependencies by name
    rules: str  # hash of the rule tables
    configuration: str  # as JSON, without secrets
    vantage: str = "{}"  # from where it looks at the web, as JSON
    corpus: str = ""  # hash of the articles' paths and contents


class Ending(Noun, frozen=True, kw_only=True):
    """What a run came to."""

    ended: Ended
    ended_at: datetime
    completeness: Completeness = Completeness()
    requests: Counts = ()  # on the wire, by endpoint
    clock_skew_seconds: float | None = None  # by which our clock is ahead of the servers' Date
    clocks: int = 0  # servers that it was compared with
    sample: Sampled | None = None
    corpus: str = ""  # hash of the articles' paths and contents
    evidence: tuple[tuple[str, str], ...] = ()  # files that it rests on, and their SHA-256


class Manifest(Noun, frozen=True, kw_only=True):
    """One link of the chain: it names the hash of the manifest before it."""

    run: str
    previous: str | None
    started_at: datetime
    seed: int
    beginning: Beginning
    ending: Ending

    @property
    def digest(self) -> str:
        """Return the hash by which the next manifest names this one."""
        return digest_of(encoded(self))


def encoded(manifest: Manifest) -> bytes:
    """Return a manifest as the JSON that is hashed: names sorted, nothing left out."""
    return msgspec.json.encode(manifest, order="sorted")


def digest_of(document: bytes) -> str:
    """Return the hash of a manifest's JSON, as it was kept."""
    return "sha256:" + hashlib.sha256(document).hexdigest()
