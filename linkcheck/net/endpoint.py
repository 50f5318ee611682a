"""Which budget a URL draws on: the archives' tables first, then one lane for each host."""

import re
from collections import deque
from fnmatch import fnmatchcase
from urllib.parse import unquote

from linkcheck.model.pause import Pause
from linkcheck.net.gate import Gate, Moment
from linkcheck.net.lane import Lane, Site
from linkcheck.net.window import worst_past
from linkcheck.settings.pace import ArchivePace, Budget, HostPace, PaceSettings

_URL = re.compile(r"[^:/?#]*://(?:[^/?#]*@)?(\[[^\]/?#]*\]|[^:/?#]*)(?::([0-9]*))?([^?#]*)")


def split(url: str) -> tuple[str, str, str]:
    """Return a URL's host, host with port, and path, in the spelling that tables use."""
    match = _URL.match(url)
    if match is None:
        return url, url, ""
    host, port, path = match.groups()
    host = host.lower().rstrip(".")
    return host, f"{host}:{port}" if port else host, path


class Endpoints:
    """Find the lane of a URL; hosts that are done with are forgotten, so memory stays bounded."""

    def __init__(self, settings: PaceSettings, pauses: tuple[Pause, ...], opened: Moment) -> None:
        self._settings = settings
        self._pauses = {pause.site: pause for pause in pauses}
        self._opened = opened
        self._hosts: dict[str, Lane] = {}
        self._done: deque[str] = deque()
        self._archives = {
            archive.name: self._archive_site(archive) for archive in settings.archives
        }
        self._exact: dict[str, Site] = {}
        self._patterns: list[tuple[str, Site]] = []
        for archive in settings.archives:
            site = self._archives[archive.name]
            for host in archive.hosts:
                if "*" in host:
                    self._patterns.append((host, site))
                else:
                    self._exact.setdefault(host, site)

    def __len__(self) -> int:
        return len(self._hosts)

    def lane(self, url: str, now: float) -> Lane:
        """Return the lane that a request for the URL waits in."""
        host, authority, path = split(url)
        lane = self._hosts.get(host)
        if lane is not None and authority not in self._exact:
            return lane
        site = self._exact.get(authority) or self._exact.get(host) or self._matching(host)
        if site is not None:
            return _endpoint(site, path)
        self._forget(now)
        lane = self._hosts[host] = self._host_lane(host)
        return lane

    def release(self, site: Site) -> None:
        """Remember that a host may be done with."""
        if site.archive is None and not site.kept:
            site.kept = True
            self._done.append(site.name)

    def sites(self) -> tuple[Site, ...]:
        """Return all archives and the hosts that are known at the moment."""
        return (*self._archives.values(), *(lane.site for lane in self._hosts.values()))

    def _matching(self, host: str) -> Site | None:
        return next((site for pattern, site in self._patterns if fnmatchcase(host, pattern)), None)

    def _archive_site(self, archive: ArchivePace) -> Site:
        gate = Gate(archive.name, archive, self._settings.host, self._settings)
        site = Site(archive.name, archive.connections, gate, archive)
        site.lanes = tuple(Lane(end.budget, site, end.paths) for end in archive.endpoints)
        for lane in site.lanes:
            lane.stamps.extend(worst_past(lane.budget, self._opened.steady))
        self._recall(site)
        return site

    def _host_lane(self, host: str) -> Lane:
        pace = self._pace(host)
        site = Site(host, pace.connections, Gate(host, None, pace, self._settings))
        lane = Lane(Budget(requests=1, seconds=pace.interval), site)
        site.lanes = (lane,)
        self._recall(site)
        return lane

    def _pace(self, host: str) -> HostPace:
        for pace in self._settings.hosts:
            if fnmatchcase(host, pace.pattern):
                return pace
        return self._settings.host

    def _recall(self, site: Site) -> None:
        pause = self._pauses.get(site.name)
        if pause is not None:
            site.gate.recall(pause, self._opened)

    def _forget(self, now: float) -> None:
        # Two looks for each new host: the list shrinks faster than it grows.
        for _ in range(min(2, len(self._done))):
            name = self._done.popleft()
            site = self._hosts[name].site
            if site.idle(now):
                del self._hosts[name]
            else:
                self._done.append(name)


def _endpoint(site: Site, path: str) -> Lane:
    # `//cdx` and `/%63dx` reach the same server program.
    plain = "/" + path.lstrip("/")
    if "%" in plain[:24]:
        plain = unquote(plain)
    return next((lane for lane in site.lanes if plain.startswith(lane.paths)), site.lanes[-1])
