"""A link: one occurrence of a URL in an article, and what it resolves to."""

from enum import StrEnum

from linkcheck.model.noun import Noun


class Role(StrEnum):
    """What a URL is to the article that cites it."""

    URL = "url"  # the archive's copy of the article
    ORIGINAL_URL = "original_url"  # where the article stood on the web
    IMAGE = "image"
    VIDEO = "video"
    LINK = "link"


class Kind(StrEnum):
    """What sort of thing a URL names."""

    ARCHIVED = "archived"  # a capture in an archive
    LIVE = "live"  # a place on the live web
    LOCAL = "local"  # a file of the collection, or a place in the same page
    UNSUPPORTED = "unsupported"  # mailto, data, javascript and the like
    NOT_A_URL = "not-a-url"  # prose, or a URL damaged past repair


class Time(StrEnum):
    """Whose moment the timestamp of an archived link is."""

    ASSERTED = "asserted"  # somebody chose it for this very resource
    INHERITED = "inherited"  # it is just the page's own: says when the page was captured


class Repair(StrEnum):
    """What had to be mended before a URL could be read."""

    ARCHIVE_HOST_ADDED = "archive-host-added"  # `/web/2021…/https://…`, as archives write it
    SCHEME_ADDED = "scheme-added"  # `www.x.org`, `//x.org`
    SLASHES_MENDED = "slashes-mended"  # `http:/x.org`, `http:///x.org`
    SCHEME_UNDOUBLED = "scheme-undoubled"  # `http://http://x.org`
    ENTITIES_UNDONE = "entities-undone"  # `&amp;` where `&` was meant
    INNER_DECODED = "inner-decoded"  # `/web/2021/https%3A%2F%2Fx.org`
    UNWRAPPED = "unwrapped"  # a capture of a capture


class Target(Noun, frozen=True, kw_only=True, gc=False):
    """What a URL resolves to, wherever it stands."""

    kind: Kind
    original: str | None = None
    archive: str | None = None
    timestamp: str | None = None  # the digits as written
    modifier: str | None = None
    reason: str | None = None  # why it is unsupported or no URL
    repairs: tuple[Repair, ...] = ()


class Link(Noun, frozen=True, kw_only=True, gc=False):
    """One occurrence of a URL. The order of the fields is the order of the output: a promise."""

    article: str
    line: int  # 1-based
    column: int  # 1-based, in characters, of the URL itself
    role: Role
    raw: str  # as it is written in the article
    original: str | None
    archive: str | None
    timestamp: str | None
    modifier: str | None
    kind: Kind
    reason: str | None
    time: Time | None
    repairs: tuple[Repair, ...]
