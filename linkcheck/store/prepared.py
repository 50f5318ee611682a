"""An article's links made ready for the store: pure, so that it can be done in other processes."""

from collections.abc import Sequence
from functools import lru_cache

from linkcheck.model.link import Kind, Link
from linkcheck.model.noun import Noun
from linkcheck.model.subject import Want
from linkcheck.plan.side import sides
from linkcheck.store.nouns import Footprint
from linkcheck.urls.parts import split, without_fragment
from linkcheck.urls.urlkey import urlkey

_PORTS = {"http": "80", "https": "443"}
_SCHEME = len("https://")


class Cited(Noun, frozen=True, kw_only=True, gc=False):
    """The archive side of one link, under the archive's own key."""

    archive: str
    key: str
    original: str
    want: Want


class Prepared(Noun, frozen=True, kw_only=True, gc=False):
    """One article, read: what `Shelf.put` takes."""

    footprint: Footprint
    links: tuple[Link, ...]
    archive_sides: tuple[Cited | None, ...]  # one for each link
    live_sides: tuple[str | None, ...]  # the original as it is asked


def prepare(footprint: Footprint, links: Sequence[Link], archive: str) -> Prepared:
    """Work out both sides of every link; `archive` is where plain live links are looked for.

    The keys cost most of it (20 microseconds each): do it where the article is read.
    """
    found = {
        id(link): Cited(
            archive=side.archive, key=urlkey(side.original), original=side.original, want=side.want
        )
        for link, side in sides(links, footprint.published, archive)
    }
    return Prepared(
        footprint=footprint,
        links=tuple(links),
        archive_sides=tuple(found.get(id(link)) for link in links),
        live_sides=tuple(_live_side(link) for link in links),
    )


def host_of(original: str) -> str | None:
    """Return the host of an address as live findings name it: scheme, name, port if unusual."""
    end = original.find("/", _SCHEME)
    return _host(original if end < 0 else original[:end])


@lru_cache(maxsize=8192)  # a hundred thousand addresses may stand on one host
def _host(front: str) -> str | None:
    parts = split(front)
    if parts is None or parts.scheme not in _PORTS or not parts.host:
        return None
    usual = parts.port in {None, "", _PORTS[parts.scheme]}
    return f"{parts.scheme}://{parts.host}" + ("" if usual else f":{parts.port}")


def _live_side(link: Link) -> str | None:
    if link.original is None or link.kind not in {Kind.ARCHIVED, Kind.LIVE}:
        return None
    asked = without_fragment(link.original)
    return asked if asked[:4].lower() == "http" and host_of(asked) is not None else None
