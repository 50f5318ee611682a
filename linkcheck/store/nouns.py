"""What the store is given and hands out, besides the nouns of the model."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from linkcheck.model.evidence import ArchiveEvidence
from linkcheck.model.finding import LinkFinding, Strikes
from linkcheck.model.live import LiveEvidence
from linkcheck.model.manifest import Ended, Manifest
from linkcheck.model.noun import Noun
from linkcheck.model.verdict import ArchiveFinding, LiveFinding, Standing


class Footprint(Noun, frozen=True, kw_only=True, gc=False):
    """How one file of the collection looked when it was read."""

    name: str  # relative to the root, as `Input.name`
    size: int
    mtime_ns: int  # taken before the bytes were read
    sha256: str = ""  # of the file's bytes, in hex
    title: str | None = None
    published: date | None = None


class Sweep(Noun, frozen=True, kw_only=True):
    """What became of the articles that were there before."""

    kept: int
    read: int  # new ones and changed ones
    copied: int = 0  # new names of known content
    removed: tuple[str, ...] = ()
    renamed: tuple[tuple[str, str], ...] = ()  # from, to
    corpus: str = ""  # hash over all names and contents, for the manifest


@dataclass(frozen=True, slots=True, kw_only=True)
class Judges:
    """The rules of the day, handed in: they live beside the lanes that gather the evidence."""

    archive: Callable[[ArchiveEvidence], ArchiveFinding]
    live: Callable[[LiveEvidence], LiveFinding]
    host: Callable[[LiveEvidence], LiveFinding | None]
    rules: str  # changes whenever any of them would judge otherwise, settings included


class Rejudged(Noun, frozen=True, kw_only=True):
    """What new rules made of stored evidence."""

    judged: int = 0  # 0: the rules are those of the last run
    changed: int = 0  # verdicts that are others now


class Episode(Noun, frozen=True, kw_only=True):
    """One answer, from when to when it was the same."""

    first_seen: datetime
    last_seen: datetime
    count: int  # runs that saw it
    first_run: str
    last_run: str
    finding: ArchiveFinding | LiveFinding | None  # None: a host whose addresses differ
    evidence: ArchiveEvidence | LiveEvidence
    records: tuple[str, ...] = ()  # of the last time


class History(Noun, frozen=True, kw_only=True):
    """Everything that is known of one want, one original or one host, oldest first."""

    side: str  # "archive", "live", "host"
    subject: str  # the original, or the host
    archive: str | None = None
    timestamp: str | None = None
    role: str | None = None
    strikes: Strikes = Strikes()
    due: datetime | None = None  # None: at the next run
    articles: tuple[str, ...] = ()
    episodes: tuple[Episode, ...] = ()


class ChangeKind(StrEnum):
    """What became of a link since a run."""

    NEW = "new"  # bad, and nothing was known of it then
    REGRESSED = "regressed"  # bad, and was not then
    STILL = "still"  # bad then and now
    FIXED = "fixed"  # bad then, and is not now


class Change(Noun, frozen=True, kw_only=True):
    """One link whose standing is or was bad."""

    kind: ChangeKind
    before: Standing | None
    finding: LinkFinding


class RunRecord(Noun, frozen=True, kw_only=True):
    """One run as the store has it."""

    id: str
    started_at: datetime
    ended_at: datetime | None
    ended: Ended | None  # None: it is running
    digest: str | None
    manifest: Manifest | None


class Pruned(Noun, frozen=True, kw_only=True):
    """What was let go, and what evidence may be deleted."""

    episodes: int = 0
    evidence: int = 0
    needed: frozenset[str] = frozenset()  # WARC record ids that something still rests on
    dropped: frozenset[str] = frozenset()  # ids that nothing rests on any more
    runs: tuple[str, ...] = ()  # whose recordings nothing rests on: their files may go
