"""The archive side of a link: which original, at which moment, in which archive."""

from collections.abc import Iterator, Sequence
from datetime import date

from linkcheck.model.link import Kind, Link, Role
from linkcheck.model.noun import Noun
from linkcheck.model.subject import Want


class Side(Noun, frozen=True, kw_only=True, gc=False):
    """What one link wants, and of what."""

    archive: str
    original: str
    want: Want


def sides(
    links: Sequence[Link], published: date | None, archive: str
) -> Iterator[tuple[Link, Side]]:
    """Yield the archive side of each link of one article that has one.

    `archive` is the one that plain live links are looked for in.
    """
    beside = next(
        (link for link in links if link.role is Role.URL and link.kind is Kind.ARCHIVED), None
    )
    for link in links:
        cited = beside if link.role is Role.ORIGINAL_URL and beside is not None else link
        if cited.original is None or cited.kind not in {Kind.ARCHIVED, Kind.LIVE}:
            continue
        want = Want(
            timestamp=cited.timestamp,
            role=cited.role,
            time=cited.time,
            published=published if cited.kind is Kind.ARCHIVED else None,
        )
        yield link, Side(archive=cited.archive or archive, original=cited.original, want=want)
