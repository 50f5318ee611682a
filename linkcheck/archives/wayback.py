"""The Wayback Machine of the Internet Archive."""

import re
from dataclasses import dataclass

from linkcheck.model.archived import ArchivedUrl
from linkcheck.model.link import Repair

# The hosts under which captures were cited over the years, "/web" left out on some of them.
# Source: InternetArchiveBot, APII.php isArchive(), read 2026-11.
_REFERENCE = re.compile(
    r"(?:(?P<host>(?:https?:)?//(?:"
    r"(?:web|wayback|replay|liveweb|web-beta|classic-web)\.archive\.org(?::\d+)?(?:/web)?"
    r"|(?:www\.)?archive\.org(?::\d+)?/web"
    r"|(?:www\.)?waybackmachine\.org(?::\d+)?(?:/web)?"
    r")(?:/_embed)?)|/web)"
    r"/(?:(?P<timestamp>\d*)(?P<more>-\d+\*?|\*)?(?P<modifier>[a-z]{2}_)?/+)?(?P<inner>[^/].*)",
    re.IGNORECASE | re.DOTALL,
)
_ABSOLUTE = re.compile(r"https?(?::|%3A)/?", re.IGNORECASE)
_LOOKS_ABSOLUTE = re.compile(
    r"https?(?::|%3A)|www\d*\.|[a-z0-9-]+(?:\.[a-z0-9-]+)+/", re.IGNORECASE
)
_FULL_TIMESTAMP = 14
_SHORTEST_TIMESTAMP = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class Wayback:
    """The Wayback Machine."""

    name: str = "wayback"
    root: str = "https://web.archive.org"
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
