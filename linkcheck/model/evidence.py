"""Everything that the judge of the archive side needs, as data; conclusions stand elsewhere."""

from datetime import datetime
from enum import StrEnum

from linkcheck.model.capture import Capture
from linkcheck.model.content import ContentReading
from linkcheck.model.link import Role, Time
from linkcheck.model.noun import Noun
from linkcheck.model.playback import PlaybackReading


class Listing(StrEnum):
    """What the index said of the asked capture."""

    NOT_ASKED = "not-asked"
    LISTED = "listed"  # a row of the asked second
    NEARBY = "nearby"  # rows of the key, none of the asked second
    EMPTY = "empty"  # an exact query without bounds, and the archive's own form of "none"
    BULK_ABSENT = "bulk-absent"  # not among the rows of a wider query: provisional
    EXCLUDED = "excluded"
    UNTOLD = "untold"  # no answer, or one that tells nothing


class Fixity(StrEnum):
    """The raw bytes against the archive's digest."""

    UNTESTED = "untested"
    MATCH = "match"
    EXPLAINED = "explained"  # another digest, for a reason that honest captures have
    MISMATCH = "mismatch"


class ByteForm(StrEnum):
    """Which form of the bytes a digest was found to be of."""

    RAW = "raw"
    DECODED = "decoded"
    NEWLINE = "newline"  # with a line's end appended
    EMPTY = "empty"


class FixityReading(Noun, frozen=True, kw_only=True):
    """The outcome of a comparison of bytes with a digest."""

    fixity: Fixity
    form: ByteForm | None = None
    algorithm: str | None = None
    sha256: str | None = None  # our own, of the raw bytes: the baseline of later runs
    reason: str = ""


class Baseline(StrEnum):
    """The raw bytes against our own earlier SHA-256s of the same capture."""

    NONE = "none"
    UNCHANGED = "unchanged"
    UNPACKED = "unpacked"  # the same once unpacked: servers on the way may pack what was plain
    CHANGED = "changed"  # once: may be a fault on the way
    CHANGED_AGAIN = "changed-again"  # twice, a day apart


class Text(StrEnum):
    """The replayed page's text against the article's."""

    NOT_COMPARED = "not-compared"
    AGREES = "agrees"
    DISAGREES = "disagrees"
    UNDECIDED = "undecided"


class Sharing(Noun, frozen=True, kw_only=True):
    """How many unrelated articles rest on the same body, redirects and furniture left out."""

    articles: int = 1
    confirmed: bool = False  # one replay showed the body to be the shared one
    genuine: bool = False  # it showed a whole picture or file: used again, no placeholder


class ArchiveEvidence(Noun, frozen=True, kw_only=True):
    """What was seen of one original in one archive, and what was asked for."""

    archive: str
    original: str
    timestamp: str | None  # as asked; None: any good capture will do
    role: Role
    time: Time | None = None
    published: datetime | None = None  # the article's date
    seen_at: datetime
    listing: Listing = Listing.NOT_ASKED
    index_records: tuple[str, ...] = ()  # the WARC records of ours that hold the index's answers
    row: Capture | None = None  # the nearest one, of the asked second if there is one
    before: Capture | None = None  # the nearest good ones on either side of the asked moment
    after: Capture | None = None
    chain: tuple[PlaybackReading, ...] = ()  # every playback answer, in order
    content: ContentReading | None = None
    sharing: Sharing = Sharing()
    fixity: FixityReading | None = None
    baseline: Baseline = Baseline.NONE
    text: Text = Text.NOT_COMPARED
    text_score: float | None = None
    reason: str = ""  # why the index told nothing
