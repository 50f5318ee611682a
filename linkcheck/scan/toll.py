"""What a run may still send, counted where it really goes out."""

from collections import Counter
from collections.abc import Callable, Mapping
from fnmatch import fnmatchcase
from urllib.parse import urlsplit

import anyio

from linkcheck.model.exchange import Asker, Failure, Purpose, Reply, Request
from linkcheck.model.pace import ArchivePace
from linkcheck.scan.progress import Progress

LIVE = "live web"


class Toll:
    """Count requests by whom they go to, and close when the run's are spent: a lane's Allowance."""

    def __init__(
        self,
        archives: tuple[ArchivePace, ...],
        progress: Progress,
        *,
        most: int | None = None,
        most_each: int | None = None,
        spent: Callable[[str], object],
    ) -> None:
        self.sent: Counter[tuple[str, str]] = Counter()  # by archive or live web, and endpoint
        self.under_way = 0
        self._archives = archives
        self._progress = progress
        self._most = most
        self._most_each = most_each  # to one archive
        self._spent = spent
        self._taken = 0
        self._closed = False
        self._quiet = anyio.Event()

    @property
    def counts(self) -> tuple[tuple[str, int], ...]:
        """Return what was sent, by endpoint, sorted by name."""
        return tuple(sorted((f"{site} {end}".strip(), n) for (site, end), n in self.sent.items()))

    def requests(self, site: str) -> int:
        """Return what was sent to one archive, or to the live web."""
        return sum(count for (each, _), count in self.sent.items() if each == site)

    def close(self) -> None:
        """Let nothing more go out."""
        self._closed = True

    async def quiet(self) -> None:
        """Wait until nothing is under way; for a toll that is closed."""
        if self.under_way:
            await self._quiet.wait()

    def take(self) -> bool:
        """Take one request; False: nothing more may be sent in this run."""
        if self._closed:
            return False
        # Tries and hops are only known when they go out: the greater of both counts is true.
        if self._most is not None and max(self._taken, self.sent.total()) >= self._most:
            self._spend(_spent(self._most))
            return False
        self._taken += 1
        return True

    def wire(self, engine: Asker) -> Asker:
        """Return the layer before the engine that counts, and holds back what may not go."""
        return _Wire(engine, self)

    async def pass_by(self, engine: Asker, request: Request) -> Reply | Failure:
        """Let one request go out, or hold it until the run has ended."""
        site, end = self._whose(request)
        if self._closed or self._is_spent(site):
            # Not an answer: what was not asked is no evidence. The lane is told by its allowance.
            await anyio.sleep_forever()
        self.sent[site, end] += 1
        self._progress.lane(site).requests += 1
        self.under_way += 1
        try:
            return await engine.ask(request)
        finally:
            self.under_way -= 1
            if self._closed and not self.under_way:
                self._quiet.set()

    def _is_spent(self, site: str) -> bool:
        if self._most is not None and self.sent.total() >= self._most:
            self._spend(_spent(self._most))
        elif (
            self._most_each is not None and site != LIVE and self.requests(site) >= self._most_each
        ):
            self._spend(f"no more than {self._most_each:,} to {site} may go out without a contact")
        return self._closed

    def _spend(self, words: str) -> None:
        self._closed = True
        self._spent(words)

    def _whose(self, request: Request) -> tuple[str, str]:
        if request.purpose in {Purpose.LIVE, Purpose.PROBE}:
            return LIVE, ""
        place = _host(request.url)
        for archive in self._archives:
            if any(place in {host, host.partition(":")[0]} or fnmatchcase(place, host)
                   for host in archive.hosts):  # fmt: skip
                return archive.name, str(request.purpose)
        return place, str(request.purpose)


class _Wire:
    def __init__(self, engine: Asker, toll: Toll) -> None:
        self._engine = engine
        self._toll = toll

    async def ask(self, request: Request) -> Reply | Failure:
        return await self._toll.pass_by(self._engine, request)


class Headed:
    """Add the user's own headers to every request."""

    def __init__(self, inner: Asker, headers: tuple[tuple[str, str], ...]) -> None:
        self._inner = inner
        self._headers = headers

    async def ask(self, request: Request) -> Reply | Failure:
        """Ask with them; what a lane chose itself comes after."""
        own = {name.lower() for name, _ in request.headers}
        added = tuple(header for header in self._headers if header[0].lower() not in own)
        whole = Request(
            url=request.url,
            method=request.method,
            headers=(*added, *request.headers),
            purpose=request.purpose,
            follow=request.follow,
            errand=request.errand,
            again=request.again,
        )
        return await self._inner.ask(whole)


def _host(url: str) -> str:
    try:
        return urlsplit(url).netloc.rpartition("@")[2].lower()
    except ValueError:
        return ""


def by_site(counts: Mapping[tuple[str, str], int]) -> dict[str, int]:
    """Return the requests of each archive and of the live web."""
    sums: Counter[str] = Counter()
    for (site, _), count in counts.items():
        sums[site] += count
    return dict(sums)


def _spent(most: int) -> str:
    return "its one request is spent" if most == 1 else f"its {most:,} requests are spent"
