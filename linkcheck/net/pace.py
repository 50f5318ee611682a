"""The layer that asks no faster than each endpoint allows, and not at all during a pause."""

from datetime import datetime, timedelta

import anyio
from msgspec.structs import replace

from linkcheck.model.clock import Clock, utc_now
from linkcheck.model.exchange import Asker, Failure, FailureKind, Reply, Request
from linkcheck.model.pause import MemoryPauseBook, Pause, PauseBook, PauseReason
from linkcheck.net.endpoint import Endpoints
from linkcheck.net.gate import Door, Moment
from linkcheck.net.lane import Lane, Site
from linkcheck.net.queue import Queue
from linkcheck.net.sign import Mood, Rest, read_sign
from linkcheck.net.target import read_target
from linkcheck.settings.pace import PaceSettings


class Pace:
    """Let each request wait for its endpoint's turn; answers may shut the gate of their site."""

    def __init__(
        self,
        inner: Asker,
        settings: PaceSettings | None = None,
        *,
        book: PauseBook | None = None,
        run_until: datetime | None = None,
        now: Clock = utc_now,
    ) -> None:
        self._inner = inner
        self._settings = PaceSettings() if settings is None else settings
        self._book = MemoryPauseBook() if book is None else book
        self._run_until = run_until
        self._now = now
        self._queue = Queue(self._settings.max_concurrency, self._hopeless)
        self._endpoints: Endpoints | None = None
        self._ends_at = float("inf")  # of the run, on the steady clock

    async def ask(self, request: Request) -> Reply | Failure:
        """Ask when it is this request's turn; wait out the pause that it runs into."""
        target = read_target(request.url)
        if isinstance(target, str):
            return await self._inner.ask(request)  # the engine says why it leads nowhere
        now = anyio.current_time()
        endpoints = self._open(now) if self._endpoints is None else self._endpoints
        lane = endpoints.lane(target, now)
        answer: Reply | Failure | None = None
        for _ in range(self._asks(lane.site)):
            pause = await self._queue.enter(lane, now, ahead=answer is not None)
            if pause is not None:
                break
            answer, again = await self._send(request, lane, (target.host, target.port))
            if not again:
                return answer
            request = replace(request, again=True)
            now = anyio.current_time()
        if answer is not None and lane.site.archive is None:
            return answer  # a host's own 429 is an answer
        return self._paused(request, lane.site, answer)

    def pauses(self) -> tuple[Pause, ...]:
        """Return the pauses that hold at the moment."""
        now = anyio.current_time()
        sites = () if self._endpoints is None else self._endpoints.sites()
        gates = (site.gate for site in sites)
        return tuple(gate.pause for gate in gates if gate.pause and gate.opens_at > now)

    def _open(self, now: float) -> Endpoints:
        wall = self._now()
        if self._run_until is not None:
            self._ends_at = now + (self._run_until - wall).total_seconds()
        opened = Moment(steady=now, wall=wall)
        self._endpoints = Endpoints(self._settings, self._book.read(), opened)
        return self._endpoints

    def _asks(self, site: Site) -> int:
        return self._settings.host_asks if site.archive is None else self._settings.archive_asks

    def _hopeless(self, site: Site, now: float) -> Pause | None:
        gate = site.gate
        if gate.opens_at <= now:
            return None
        beyond = gate.opens_at > self._ends_at
        parked = site.archive is None and gate.opens_at - now > self._settings.host_patience
        vain = gate.fruitless >= self._settings.fruitless_pauses
        return gate.pause if beyond or parked or vain else None

    async def _send(self, request: Request, lane: Lane, door: Door) -> tuple[Reply | Failure, bool]:
        asked_at = anyio.current_time()
        try:
            answer = await self._inner.ask(request)
            now = anyio.current_time()
            lane.learn(now - asked_at)
            for _ in range(answer.sends - 1):
                lane.stamps.append(now)  # what the engine sent twice costs two tokens
            return answer, self._heed(answer, door, lane.site, asked_at)
        finally:
            self._queue.finish(lane, anyio.current_time())
            if self._endpoints is not None and not lane.waiting:
                self._endpoints.release(lane.site)

    def _heed(self, answer: Reply | Failure, door: Door, site: Site, asked_at: float) -> bool:
        """Let the gate learn from an answer; tell whether the request has to be asked again."""
        sign = read_sign(answer, site.archive, self._settings.longest_rest)
        if site.archive is None and sign is Mood.WELL and not site.gate.trial:
            return False
        now = Moment(steady=anyio.current_time(), wall=self._now())
        pause = site.gate.heed(sign, door, asked_at, now)
        if pause is not None:
            self._shut(site, pause, now.steady)
        if site.gate.opens_at <= now.steady:
            return False
        if isinstance(sign, Rest):
            return sign.reason is PauseReason.THROTTLED
        return site.archive is not None and sign in (Mood.REFUSING, Mood.SILENT)

    def _shut(self, site: Site, pause: Pause, now: float) -> None:
        if site.archive is not None or site.gate.opens_at - now > self._settings.host_patience:
            self._book.write(pause)
        self._queue.rest(site, now)

    def _paused(self, request: Request, site: Site, answer: Reply | Failure | None) -> Failure:
        wall = self._now()
        left = timedelta(seconds=max(site.gate.opens_at - anyio.current_time(), 0.0))
        why = site.gate.pause.detail if site.gate.pause else "no answer but 429"
        return Failure(
            url=request.url,
            kind=FailureKind.PAUSED,
            detail=f"{site.name} rests: {why}",
            address=answer.address if answer else None,
            asked_at=answer.asked_at if answer else wall,
            total_seconds=answer.total_seconds if answer else 0.0,
            sends=answer.sends if answer else 0,
            record=answer.record if answer else None,
            retry_at=wall + left,
        )
