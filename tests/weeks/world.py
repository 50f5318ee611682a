"""The made-up web and archive in one of the weeks: pages flap, die and come back."""

from pathlib import Path
from urllib.parse import urlsplit

import anyio.lowlevel

from benchmarks.made_up import draw
from benchmarks.world import ROOT, Said, World
from benchmarks.world import page as usual
from linkcheck.model.clock import Clock
from linkcheck.model.exchange import Failure, FailureKind, Reply, Request
from tests.weeks.calendar import archive_is_down, network_is_down

_HTML = ("Content-Type", "text/html; charset=utf-8")
_PAGES, _HOSTS = 2_000, 3_000  # weeks in which all of them would die once
_FLAPPING = 50  # one page in so many
_AWAY = 60  # weeks until what died is back, at most; more than half is away for good


class WeekOfWorld(World):
    """Answer every request of a week's scan."""

    def __init__(self, folder: Path, week: int, now: Clock) -> None:
        super().__init__(folder, now)
        self._week = week

    async def ask(self, request: Request) -> Reply | Failure:
        """Answer, unless nothing gets through."""
        archive = urlsplit(request.url).netloc == "web.archive.org"
        if network_is_down(self._week) or (archive and archive_is_down(self._week)):
            await anyio.lowlevel.checkpoint()
            self.asked[request.purpose] += 1
            kind = FailureKind.CONNECT_TIMEOUT if archive else FailureKind.DNS_FAILURE
            return self._failure(request.url, kind)
        return await super().ask(request)

    def _answer(self, request: Request) -> Reply | Failure:
        url = request.url
        place = urlsplit(url)
        if place.netloc in {"web.archive.org", "www.wikipedia.org"} and place.path == "/":
            if place.scheme == "http":
                moved = 301, (("Location", f"https://{place.netloc}/"),), b""
                return self._reply(url, moved)
            return self._reply(url, (200, (_HTML,), b"<title>Home</title><p>a control</p>" * 40))
        if url.startswith(f"{ROOT}/") or not is_host_away(place.netloc, self._week):
            return super()._answer(request)
        return self._failure(url, FailureKind.DNS_NO_SUCH_NAME)

    def _page(self, host: str, url: str) -> Said:
        return page(host, url, self._week)


def page(host: str, url: str, week: int) -> Said:
    """Return what the live web says of a URL in a week."""
    if is_away(f"page {url}", week, _PAGES):
        return 404, (_HTML,), b"<title>404</title><p>there is no such page any more"
    if draw(f"flaps {url}", _FLAPPING) == 0 and draw(f"flaps {url} {week}", 4) == 0:
        return 503, (_HTML,), b"<title>503</title><p>come back later"
    status, fields, body = usual(host, url)
    greeting = f"<p>visitor {draw(f'{url} {week}', 1 << 20)}" if status == 200 else ""
    return status, fields, body + greeting.encode()


def is_host_away(host: str, week: int) -> bool:
    """Tell whether a host's name is not known in a week."""
    return is_away(f"host {host}", week, _HOSTS)


def is_away(name: str, week: int, seldom: int) -> bool:
    """Tell whether something is dead in a week: most never die, and some come back."""
    died = draw(f"dies {name}", seldom)
    if died == 0 or week < died:  # all that the first scan meets is as it is in the benchmarks
        return False
    return week < died + 3 + draw(f"returns {name}", _AWAY * 2) or draw(f"stays {name}", 2) == 0
