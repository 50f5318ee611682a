"""Archives in the manner of pywb: a prefix, a timestamp with modifier, a URL."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from linkcheck.archives._dialect import PYWB, Dialect
from linkcheck.archives._index import read_index
from linkcheck.archives._playback import aimed, joined, read_playback
from linkcheck.model.archived import ArchivedUrl
from linkcheck.model.capture import Capture
from linkcheck.model.exchange import Failure, Purpose, Reply, Request
from linkcheck.model.index import IndexEnd, IndexQuery
from linkcheck.model.pace import ArchivePace, Budget, EndpointPace
from linkcheck.model.playback import Answer, PlaybackReading
from linkcheck.urls.encoding import encode
from linkcheck.urls.parts import without_fragment

# pywb's own grammar: no timestamp asks for the latest capture, a star for the list of them.
# Source: pywb/rewrite/wburl.py, read 2026-11.
_REST = r"(?P<timestamp>[0-9]*)(?P<more>-[0-9]*\*?|\*)?(?P<modifier>[a-z]{2}_)?/+(?P<inner>.+)"
# Plain bytes are asked for: a server that packs them on the way would change their hash.
PLAIN = (("Accept-Encoding", "identity"),)


@dataclass(frozen=True, slots=True, kw_only=True)
class PywbArchive:
    """An archive whose every capture stands under one prefix."""

    name: str
    prefix: str  # "https://arquivo.pt/wayback/"; a group of it may name the collection
    examples: tuple[str, ...]
    pattern: str | None = None  # where the prefix is not one string
    replay: str | None = None  # where captures are asked for, if elsewhere
    index: str | None = None  # pywb's own place is `cdx` below the prefix
    dialect: Dialect = PYWB
    budget: Budget = Budget(requests=10, seconds=1.0)  # noqa: RUF009 - frozen
    index_budget: Budget | None = None
    connections: int = 4
    _regex: re.Pattern[str] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        prefixes = [self.pattern or "(?:https?:)?" + re.escape(self.prefix.partition(":")[2])]
        if self.replay is not None:
            prefixes.append("(?:https?:)?" + re.escape(self.replay.partition(":")[2]))
        prefix = f"(?:{'|'.join(prefixes)})"
        object.__setattr__(self, "_regex", re.compile(prefix + _REST, re.IGNORECASE | re.DOTALL))

    @property
    def pace(self) -> ArchivePace:
        """Return how fast it may be asked."""
        index = (self.index or f"{self.prefix}cdx").partition("://")[2].partition("/")[2]
        ends = (
            EndpointPace(
                name="index", paths=(f"/{index}",), budget=self.index_budget or self.budget
            ),
            EndpointPace(name="playback", paths=("/",), budget=self.budget),
        )
        return ArchivePace(
            name=self.name,
            hosts=(self.prefix.partition("://")[2].partition("/")[0].lower(),),
            endpoints=ends,
            connections=self.connections,
        )

    @property
    def keyed(self) -> bool:
        """Return whether its index gives a key to the next page."""
        return self.dialect.keyed

    def recognise(self, url: str) -> ArchivedUrl | None:
        """Return the parts of a URL under the prefix."""
        match = self._regex.fullmatch(url)
        if match is None:
            return None
        return ArchivedUrl(
            archive=self.name,
            timestamp=None if match["more"] else match["timestamp"] or None,
            modifier=match["modifier"],
            inner=match["inner"],
        )

    def index_request(self, query: IndexQuery) -> Request:
        """Return the request that asks the index."""
        return self.dialect.request(self.index or f"{self.prefix}cdx", query)

    def read_index(
        self, query: IndexQuery, answer: Reply | Failure
    ) -> Iterator[Capture | IndexEnd]:
        """Yield the rows of an answer, then how it ended: an empty 200 is pywb's "none"."""
        return read_index(query, answer, self.dialect.says_none, keyed=self.dialect.keyed)

    def playback_request(self, archived: ArchivedUrl) -> Request:
        """Return the request for the stored bytes of a capture.

        Always with a modifier: framed replay answers 200 without one, with the asked moment as
        Memento-Datetime, whether anything is archived or not (pywb 2.10).
        """
        inner = without_fragment(encode(archived.inner))
        url = f"{self.replay or self.prefix}{archived.timestamp or ''}id_/{inner}"
        return Request(url=url, headers=PLAIN, purpose=Purpose.PLAYBACK, follow=False)

    def read_playback(self, asked: ArchivedUrl, answer: Reply | Failure) -> PlaybackReading:
        """Return what an answer says of the capture."""
        reading = read_playback(asked, answer, self.recognise, self._aim)
        here = None if isinstance(answer, Failure) else self.recognise(answer.url)
        framed = here is not None and here.modifier is None
        if framed and reading.answer is Answer.CAPTURE:
            return PlaybackReading(
                asked=asked,
                answer=Answer.UNREADABLE,
                status=reading.status,
                reason="asked without a modifier: a frame answers 200 for everything",
                record=reading.record,
            )
        return reading

    def _aim(self, place: ArchivedUrl, location: str) -> str:
        """Return where a captured redirect leads: `id_` leaves its Location as it was captured.

        Seen with pywb 2.10: `/page`, `//other.org/page` and absolute ones as stored under `id_`,
        rewritten into the collection under `mp_`.
        """
        return aimed(
            place,
            location,
            rewritten="" if place.modifier == "id_" else joined(self.prefix, location),
            prefix=self.prefix,
            recognise=self.recognise,
        )


def pywb_at(url: str, *, name: str | None = None) -> PywbArchive:
    """Return the pywb collection at a URL that somebody names at run time."""
    prefix = url if url.endswith("/") else f"{url}/"
    return PywbArchive(
        name=name or prefix.partition("://")[2].rstrip("/"),
        prefix=prefix,
        examples=(f"{prefix}20200101000000/http://www.example.org/",),
    )
