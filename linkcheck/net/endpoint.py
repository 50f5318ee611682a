"""Which budget a URL draws on: the archives' tables first, then one lane for each host."""

import posixpath
from collections import deque
from fnmatch import fnmatchcase
from urllib.parse import unquote

from linkcheck.model.pause import Pause
from linkcheck.net.gate import Gate, Moment
from linkcheck.net.lane import Lane, Site
from linkcheck.net.target import Target
from linkcheck.net.window import worst_past
from linkcheck.settings.pace import ArchivePace, Budget, HostPace, PaceSettings


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
        self._ports = any(host[-1].isdigit() and ":" in host for host in self._exact)

    def __len__(self) -> int:
        return len(self._hosts)

    def lane(self, target: Target, now: float) -> Lane:
        """Return the lane that a request waits in."""
        host = target.host.rstrip(".")
        if self._exact:
            # A name with its port comes first: several archives may stand on one machine.
            site = self._exact.get(_with_port(host, target.port)) if self._ports else None
            site = site or self._exact.get(host)
            if site is not None:
                return _endpoint(site, target)
        lane = self._hosts.get(host)
        if lane is not None:
            return lane
        site = self._matching(host)
        if site is not None:
            return _endpoint(site, target)
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


def _with_port(host: str, port: int) -> str:
    return f"[{host}]:{port}" if ":" in host else f"{host}:{port}"


def _endpoint(site: Site, target: Target) -> Lane:
    path = target.path.partition(b"?")[0].decode("ascii")
    lane = _by_path(site, path)
    # `//cdx`, `/%63dx` and `/web/../cdx` may reach the same program: the dearer budget holds.
    if path.startswith("//") or "%" in path[:24] or "/.." in path:
        plain = posixpath.normpath("/" + unquote(path).lstrip("/"))
        lane = max(lane, _by_path(site, plain), key=lambda lane: lane.budget.interval)
    return lane


def _by_path(site: Site, path: str) -> Lane:
    return next((lane for lane in site.lanes if path.startswith(lane.paths)), site.lanes[-1])
