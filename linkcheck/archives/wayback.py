"""The Wayback Machine of the Internet Archive."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from linkcheck.archives._dialect import WAYBACK
from linkcheck.archives._index import read_index
from linkcheck.archives._playback import absolute, aimed, read_playback
from linkcheck.archives._pywb import PLAIN
from linkcheck.model.archived import ArchivedUrl
from linkcheck.model.capture import Capture
from linkcheck.model.exchange import Failure, Purpose, Reply, Request
from linkcheck.model.index import IndexEnd, IndexQuery
from linkcheck.model.link import Repair
from linkcheck.model.pace import ArchivePace
from linkcheck.model.playback import PlaybackReading
from linkcheck.settings.pace import WAYBACK as WAYBACK_PACE
from linkcheck.urls.encoding import encode
from linkcheck.urls.parts import without_fragment

# The hosts under which captures were cited over the years, "/web" left out on some of them.
# Source: InternetArchiveBot, APII.php isArchive(), read 2026-11.
_REFERENCE = re.compile(
    r"(?:(?P<host>(?:https?:)?//(?:"
    r"(?:web|wayback|replay|replay\.web|liveweb|web-beta|classic-web)\.archive\.org"
    r"(?::[0-9]+)?(?:/web)?"
    r"|(?:www\.)?archive\.org(?::[0-9]+)?/web"
    r"|(?:(?:www|replay)\.)?waybackmachine\.org(?::[0-9]+)?(?:/web)?"
    r")(?:/_embed)?)|/web)"
    r"/(?:(?P<timestamp>[0-9]*)(?P<more>-[0-9]+\*?|\*)?(?P<modifier>[a-z]{2}_)?/+)?(?P<inner>[^/].*)",
    re.IGNORECASE | re.DOTALL,
)
_ABSOLUTE = re.compile(r"https?(?::|%3A)/?", re.IGNORECASE)
_LOOKS_ABSOLUTE = re.compile(
    r"https?(?::|%3A)|www\d*\.|[a-z0-9-]+(?:\.[a-z0-9-]+)+/", re.IGNORECASE
)
# Hard limits seen 2026-06 (EDGI wayback 0.5.1): index and timemap together 30 a minute, playback
# 600 a minute, per address. IA's staff ask clients to stay at 80%.
_FULL_TIMESTAMP = 14
_SHORTEST_TIMESTAMP = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class Wayback:
    """The Wayback Machine."""

    name: str = "wayback"
    root: str = "https://web.archive.org"  # https alone: port 80 was refused in 2026-09
    pace: ArchivePace = WAYBACK_PACE
    keyed: bool = True
    examples: tuple[str, ...] = (
        "https://web.archive.org/web/20210712023725/https://www.hkcnews.com/",
        "https://web.archive.org/web/20210712023725im_/https://www.hkcnews.com/a.jpg",
        "//web.archive.org/web/20211009012040if_/https://www.youtube.com/embed/x",
        "http://archive.org/web/2009/http://www.example.org/",
    )

    def recognise(self, url: str) -> ArchivedUrl | None:
        """Return the parts of any spelling under which a capture is cited."""
        match = _REFERENCE.fullmatch(url)
        if match is None:
            return None
        timestamp, more, inner = match["timestamp"] or "", match["more"] or "", match["inner"]
        if not _is_reference(match["host"], timestamp, more, inner):
            return None
        return ArchivedUrl(
            archive=self.name,
            timestamp=None if more else timestamp or None,
            modifier=match["modifier"],
            inner=inner,
            repairs=() if match["host"] else (Repair.ARCHIVE_HOST_ADDED,),
        )

    def index_request(self, query: IndexQuery) -> Request:
        """Return the request that asks the index, always for JSON: only `[]` says "none"."""
        return WAYBACK.request(f"{self.root}/cdx/search/cdx", query)

    def read_index(
        self, query: IndexQuery, answer: Reply | Failure
    ) -> Iterator[Capture | IndexEnd]:
        """Yield the rows of an answer, then how it ended: an empty body says nothing."""
        return read_index(query, answer, WAYBACK.says_none, keyed=WAYBACK.keyed)

    def playback_request(self, archived: ArchivedUrl) -> Request:
        """Return the request for the stored bytes (`id_`); without a moment, for the latest."""
        inner = without_fragment(encode(archived.inner))
        moment = "" if archived.timestamp is None else f"{archived.timestamp}id_/"
        url = f"{self.root}/web/{moment}{inner}"
        return Request(url=url, headers=PLAIN, purpose=Purpose.PLAYBACK, follow=False)

    def read_playback(self, asked: ArchivedUrl, answer: Reply | Failure) -> PlaybackReading:
        """Return what an answer says of the capture."""
        return read_playback(asked, answer, self.recognise, self._aim)

    def _aim(self, place: ArchivedUrl, location: str) -> str:
        """Return where a captured redirect leads.

        Rewritten in three shapes (2020-09 to 2020-11, EDGI): `https://web.archive.org/web/…`,
        `/web/…` and `//web.archive.org/web/…`. One that is not is the origin's own, as pywb has it.
        """
        return aimed(
            place,
            location,
            rewritten=absolute(f"{self.root}/", location),
            prefix=f"{self.root}/web/",
            recognise=self.recognise,
        )


def _is_reference(host: str | None, timestamp: str, more: str, inner: str) -> bool:
    """Tell a capture from the archive's own pages (/web/timemap/…) and from local paths."""
    if not timestamp and not more:
        return _ABSOLUTE.match(inner) is not None or (
            host is not None and inner.lower().startswith("www.")
        )
    if host is None:
        # "/web/2024/post.html" is somebody's own page; archives write 14 digits.
        return len(timestamp) >= _FULL_TIMESTAMP or (
            (len(timestamp) >= _SHORTEST_TIMESTAMP or bool(more))
            and _ABSOLUTE.match(inner) is not None
        )
    return _LOOKS_ABSOLUTE.match(inner) is not None or len(timestamp) >= _SHORTEST_TIMESTAMP


ARCHIVE = Wayback()
