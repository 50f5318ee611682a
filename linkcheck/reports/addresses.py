"""Where a reader can look at a capture."""

from functools import cache

from linkcheck.archives import archives
from linkcheck.model.archived import ArchivedUrl

_MOMENT = "20000101000000"


def capture_url(archived: ArchivedUrl) -> str | None:
    """Return the address of a capture; None of an archive that nobody knows any more."""
    prefix = _prefixes().get(archived.archive)
    if prefix is None:
        return None
    return f"{prefix}{archived.timestamp or ''}{archived.modifier or ''}/{archived.inner}"


@cache
def _prefixes() -> dict[str, str]:
    """Return what stands before the timestamp in the addresses of each archive."""
    found = {}
    for archive in archives():
        some = ArchivedUrl(
            archive=archive.name, timestamp=_MOMENT, modifier=None, inner="http://example.org/"
        )
        url = archive.playback_request(some).url
        found[archive.name] = url[: url.index(_MOMENT)]
    return found
