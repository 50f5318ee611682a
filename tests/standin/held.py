"""What the stand-in holds: captures as plain data, in the index's order."""

import base64
import hashlib
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from enum import Enum, auto
from http import HTTPStatus

from linkcheck.model.capture import mended
from linkcheck.urls.urlkey import urlkey

LAST = "\U0010ffff"


class Shape(Enum):
    """How the Location of a captured redirect is written into the archive (2020-09 to 2020-11)."""

    ABSOLUTE = auto()
    ROOTED = auto()
    SCHEMELESS = auto()


class Exclusion(Enum):
    """How playback says that something is withheld."""

    PAGE = auto()  # status 200 and a page of words (recorded 2020-06)
    FORBIDDEN = auto()  # status 403 and a runtime error


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """One capture: its record, its row, and what playback makes of it."""

    original: str
    timestamp: str
    status: int = 200
    reason: str = ""  # the origin's own phrase; the usual one where it is empty
    media: str = "text/html"
    body: bytes = b""
    headers: tuple[tuple[str, str], ...] = ()  # of the origin
    location: str | None = None  # of a captured redirect, as the origin sent it
    shape: Shape = Shape.ABSOLUTE
    digest: str | None = None  # of the row, where it is not the body's
    row_media: str | None = None  # of the row, where it differs: `warc/revisit`, `unk`
    row_status: str | None = None  # of the row, where it differs: `-`
    revisit: bool = False
    rows: int = 1  # in the index: none, or the same one several times
    playable: bool = True
    error: str | None = None  # the archive's own about this capture
    chunked: bool = False  # the origin sent no length
    source: str = "made-up-crawl/made-up-00000.warc.gz"

    @property
    def key(self) -> str:
        return urlkey(self.original)

    @property
    def phrase(self) -> str:
        return self.reason or HTTPStatus(self.status).phrase

    @property
    def moment(self) -> str:
        """Return the digits of the true moment."""
        return mended(self.timestamp)

    @property
    def row(self) -> Mapping[str, str]:
        """Return the columns of its row."""
        media, status = self.media, str(self.status)
        if self.revisit:
            media, status = "warc/revisit", "-"
        return {
            "urlkey": self.key,
            "timestamp": self.timestamp,
            "original": self.original,
            "mimetype": media if self.row_media is None else self.row_media,
            "statuscode": status if self.row_status is None else self.row_status,
            "digest": sha1(self.body) if self.digest is None else self.digest,
            "length": "614" if self.revisit else str(len(self.body) + 400),
        }


def sha1(body: bytes) -> str:
    """Return a digest in the index's form."""
    return base64.b32encode(hashlib.sha1(body).digest()).decode()  # noqa: S324 - the archive's


@dataclass(frozen=True, slots=True)
class Holdings:
    """All captures, sorted as the index is."""

    captures: tuple[Held, ...]
    exclusions: Mapping[str, Exclusion] = field(default_factory=dict)  # by prefix of the key
    _keys: tuple[str, ...] = field(init=False)

    def __post_init__(self) -> None:
        ordered = sorted(self.captures, key=lambda one: (one.key, one.timestamp))
        object.__setattr__(self, "captures", tuple(ordered))
        object.__setattr__(self, "_keys", tuple(one.key for one in ordered))

    def under(self, prefix: str) -> range:
        """Return the places of all captures whose key begins so."""
        first = bisect_left(self._keys, prefix)
        return range(first, bisect_left(self._keys, prefix + LAST, first))

    def of(self, key: str) -> tuple[Held, ...]:
        """Return the captures of one key."""
        first = bisect_left(self._keys, key)
        return self.captures[first : bisect_left(self._keys, key + "\0", first)]

    def exclusion(self, key: str) -> Exclusion | None:
        """Return how a key is withheld."""
        found = (how for prefix, how in self.exclusions.items() if key.startswith(prefix))
        return next(found, None)


def holdings(
    captures: Iterable[Held], exclusions: Mapping[str, Exclusion] | None = None
) -> Holdings:
    """Return holdings of captures in any order."""
    return Holdings(tuple(captures), exclusions or {})


def rows(captures: Iterable[Held]) -> Iterator[Mapping[str, str]]:
    """Yield the rows of captures, those that are repeated as often as they are."""
    for one in captures:
        for _ in range(one.rows):
            yield one.row
