"""Where pages stand in the folder, and where links lead."""

import hashlib

from linkcheck.model.archived import ArchivedUrl
from linkcheck.model.link import Kind, Link
from linkcheck.reports import addresses


def article_page(article: str) -> str:
    """Return the page of an article: named by a hash, so that no file name can do harm."""
    name = hashlib.blake2b(article.encode("utf-8", "surrogatepass"), digest_size=10).hexdigest()
    return f"articles/{name[:2]}/{name[2:]}.html"


def list_page(standing: str | None, number: int) -> str:
    """Return one page of the list of articles with a standing; of all without one."""
    return f"lists/{standing or 'all'}-{number:04}.html"


def archived_url(link: Link) -> str | None:
    """Return the archived URL that a link names, whole."""
    if link.kind is not Kind.ARCHIVED or link.archive is None or link.original is None:
        return None
    if link.raw.startswith(("https://", "http://")) and not link.repairs:
        return link.raw
    return capture_url(link.archive, link.timestamp, link.original, link.modifier)


def capture_url(
    archive: str, timestamp: str | None, original: str, modifier: str | None = None
) -> str | None:
    """Return the address of a capture for a reader; None of an archive that nobody knows."""
    return addresses.capture_url(
        ArchivedUrl(archive=archive, timestamp=timestamp, modifier=modifier, inner=original)
    )
