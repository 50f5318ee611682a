"""The nearest good capture among rows that were seen, siblings included."""

from collections.abc import Iterable

from linkcheck.fixity import is_of_nothing
from linkcheck.model.archived import ArchivedUrl
from linkcheck.model.capture import Capture
from linkcheck.model.link import Role
from linkcheck.model.verdict import Suggestion
from linkcheck.urls.encoding import encode
from linkcheck.urls.likeness import Likeness, likeness
from linkcheck.urls.places import sibling_key
from linkcheck.urls.urlkey import urlkey
from linkcheck.verdicts.distance import distance_seconds

_GOOD = range(200, 300)
_RANKS = {grade: rank for rank, grade in enumerate(Likeness)}
_FAR = 1 << 62


def suggest(
    asked: ArchivedUrl, role: Role, rows: Iterable[Capture], avoid: frozenset[str] = frozenset()
) -> Suggestion | None:
    """Return the capture that serves best in the place of the asked one.

    The same resource before a sibling, then the nearest moment, then the more alike address.
    `avoid` holds digests of placeholders and of captures already found to be hollow.
    """
    key, kin = urlkey(encode(asked.inner)), sibling_key(encode(asked.inner))
    best: tuple[tuple[bool, int, int], Suggestion] | None = None
    for row in rows:
        sibling = row.urlkey != key
        if not _is_good(row, role, avoid) or (row.timestamp == asked.timestamp and not sibling):
            continue
        if sibling and sibling_key(encode(row.original)) != kin:
            continue
        seconds = distance_seconds(asked.timestamp, row.timestamp)
        alike = likeness(asked.inner, row.original)
        rank = (sibling, _FAR if seconds is None else abs(seconds), _RANKS[alike])
        if best is None or rank < best[0]:
            best = rank, _suggestion(asked, row, seconds, alike, sibling=sibling)
    return None if best is None else best[1]


def _is_good(row: Capture, role: Role, avoid: frozenset[str]) -> bool:
    if row.status not in _GOOD or row.digest in avoid or is_of_nothing(row.digest):
        return False
    if row.moment is None:
        return False  # nobody can ask for it, nor say how far it is
    # Revisits carry no type of their own; a declared page is no image.
    return role is not Role.IMAGE or row.media_type is None or row.media_type.startswith("image/")


def _suggestion(
    asked: ArchivedUrl, row: Capture, seconds: int | None, alike: Likeness, *, sibling: bool
) -> Suggestion:
    return Suggestion(
        archived=ArchivedUrl(
            archive=asked.archive,
            timestamp=row.timestamp,
            modifier=asked.modifier,
            inner=row.original,
        ),
        distance_seconds=seconds,
        likeness=alike,
        sibling=sibling,
    )
