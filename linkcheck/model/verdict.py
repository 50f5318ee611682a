"""What is concluded: of either side, and of both together."""

from enum import StrEnum

from linkcheck.model.archived import ArchivedUrl
from linkcheck.model.noun import Noun


class ArchiveVerdict(StrEnum):
    """What the archive has of a link."""

    CAPTURED = "captured"
    DRIFTED = "drifted"  # good content from outside the tolerance
    REDIRECTED = "redirected"  # to another key whose capture is good
    HOLLOW = "hollow"  # a capture that is not the content
    SHELL = "shell"  # a player's page; the film was not seen
    DIFFERS = "differs"  # other bytes than twice before
    UNPLAYABLE = "unplayable"
    MISSING = "missing"
    EXCLUDED = "excluded"
    PENDING = "pending"
    UNKNOWN = "unknown"


class LiveVerdict(StrEnum):
    """What the live web has of a link."""

    ALIVE = "alive"
    MOVED = "moved"
    SOFT_GONE = "soft-gone"
    USURPED = "usurped"
    GONE = "gone"
    HOST_GONE = "host-gone"
    BLOCKED = "blocked"
    BROKEN = "broken"
    UNKNOWN = "unknown"


class ProofKind(StrEnum):
    """What a verdict of the archive rests on."""

    LISTED = "listed"
    REPLAYED = "replayed"
    DIGEST_MATCH = "digest-match"  # consistency, not independent proof
    UNCHANGED = "unchanged"
    BYTES_DIFFER = "bytes-differ"


class Whose(StrEnum):
    """Whose digest the bytes were compared with."""

    ARCHIVE = "archive"
    OWN = "own"


class Proof(Noun, frozen=True, kw_only=True):
    """How a verdict of the archive is known."""

    kind: ProofKind
    algorithm: str | None = None
    whose: Whose | None = None
    form: str | None = None  # of the bytes that matched


class Suggestion(Noun, frozen=True, kw_only=True):
    """A capture that would serve better."""

    archived: ArchivedUrl
    distance_seconds: int | None
    likeness: str  # of its URL to the asked one
    sibling: bool  # another address of what is probably the same thing


class ArchiveFinding(Noun, frozen=True, kw_only=True):
    """The conclusion about the archive side of a link."""

    verdict: ArchiveVerdict
    rule: str
    proof: Proof | None = None
    capture_timestamp: str | None = None
    captured_url: str | None = None  # what was really captured
    likeness: str | None = None  # of that to the asked original
    final_url: str | None = None  # where captured redirects end
    distance_seconds: int | None = None  # capture minus asked
    reason: str = ""


class LiveMethod(StrEnum):
    """What a verdict of the live web was reached by."""

    LINK = "link"  # this very address was asked
    HOST = "host"  # its host was judged once, for all of its addresses


class LiveFinding(Noun, frozen=True, kw_only=True):
    """The conclusion about the live side of a link."""

    verdict: LiveVerdict
    rule: str
    method: LiveMethod = LiveMethod.LINK
    final_url: str | None = None  # where redirects ended, if elsewhere
    permanent: bool | None = None  # of redirects: all of them said so
    reason: str = ""


class Standing(StrEnum):
    """Both sides together: the first thing the report says."""

    ARCHIVED_AND_LIVE = "archived-and-live"
    ARCHIVED_AND_LIVE_ELSEWHEN = "archived-and-live-elsewhen"
    ARCHIVED_AND_LIVE_ELSEWHERE = "archived-and-live-elsewhere"
    ARCHIVE_ONLY = "archive-only"
    ARCHIVE_ONLY_ELSEWHEN = "archive-only-elsewhen"
    ARCHIVE_ONLY_ELSEWHERE = "archive-only-elsewhere"
    ARCHIVED = "archived"
    ARCHIVED_ELSEWHEN = "archived-elsewhen"
    ARCHIVED_ELSEWHERE = "archived-elsewhere"
    AT_RISK = "at-risk"
    LOST = "lost"
    FEARED_LOST = "feared-lost"
    WITHHELD = "withheld"
    IMPAIRED = "impaired"
    UNRESOLVED = "unresolved"
    NOT_CHECKED = "not-checked"
