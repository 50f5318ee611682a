"""Originals by the host that has them: the busiest first, so that the scan ends when it does."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from linkcheck.model.live import LiveSubject
from linkcheck.urls.parts import split

_PORTS = {"http": "80", "https": "443"}
_SCHEME = len("https://")


@dataclass(frozen=True, slots=True)
class Site:
    """One scheme, name and port, and what is wanted there."""

    origin: str  # "https://www.hkcnews.com"
    subjects: tuple[LiveSubject, ...]  # by address

    @property
    def root(self) -> str:
        """Return the address of its front page."""
        return f"{self.origin}/"

    @property
    def other_door(self) -> str:
        """Return the front page behind the other scheme, or behind the usual port of this one."""
        scheme, _, name = self.origin.partition("://")
        if ":" in name.rpartition("]")[2]:
            return f"{scheme}://{name.rpartition(':')[0]}/"
        return f"{'http' if scheme == 'https' else 'https'}://{name}/"


@dataclass(frozen=True, slots=True)
class House:
    """All sites of one name: they share a machine, a pace, and whether the name exists."""

    name: str
    sites: tuple[Site, ...]  # the busiest first

    @property
    def size(self) -> int:
        """Return how many originals it has."""
        return sum(len(site.subjects) for site in self.sites)


def origin_of(url: str) -> tuple[str, str] | None:
    """Return name and origin of an address; None where it has none."""
    end = url.find("/", _SCHEME)
    return _origin(url if end < 0 else url[:end])


@lru_cache(maxsize=8192)  # a hundred thousand addresses may stand on one host
def _origin(front: str) -> tuple[str, str] | None:
    parts = split(front)
    if parts is None or not parts.host or parts.scheme not in _PORTS:
        return None
    port = parts.port or _PORTS[parts.scheme]
    tail = "" if port == _PORTS[parts.scheme] else f":{port}"
    return parts.host.rstrip("."), f"{parts.scheme}://{parts.host}{tail}"


def houses(subjects: Iterable[LiveSubject]) -> tuple[list[House], list[LiveSubject]]:
    """Return the hosts, and the originals that have none."""
    found: dict[str, dict[str, list[LiveSubject]]] = {}
    homeless = []
    for subject in subjects:
        place = origin_of(subject.original)
        if place is None:
            homeless.append(subject)
        else:
            name, origin = place
            found.setdefault(name, {}).setdefault(origin, []).append(subject)
    made = [House(name, _sites(found.pop(name))) for name in list(found)]
    return sorted(made, key=lambda house: (-house.size, house.name)), homeless


def _sites(origins: dict[str, list[LiveSubject]]) -> tuple[Site, ...]:
    made = [
        Site(origin, tuple(sorted(subjects, key=lambda one: one.original)))
        for origin, subjects in origins.items()
    ]
    return tuple(sorted(made, key=lambda site: (-len(site.subjects), site.origin)))
