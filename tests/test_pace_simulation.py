from collections import deque
from dataclasses import dataclass, replace
from datetime import timedelta
from itertools import pairwise
from random import Random

import anyio
import pytest

from linkcheck.model.exchange import Failure, FailureKind, Reply, Request
from linkcheck.model.pause import MemoryPauseBook, Pause, PauseReason
from linkcheck.net.pace import Pace
from linkcheck.net.retry import Retry
from linkcheck.settings.pace import WAYBACK, PaceSettings
from tests.virtual import BORN, Server, failure, reply, simulate, wall

ARCHIVE = "https://web.archive.org"


class Wayback:
    """Behave as the archive does: its latencies, its real limits, its firewall."""

    def __init__(self, seed: int, origin: str = ARCHIVE) -> None:
        self.index: list[float] = []
        self.playback: list[float] = []
        self.live: list[float] = []
        self.seconds = {"index": 0.0, "playback": 0.0, "live": 0.0}
        self.throttled = 0
        self.together = 0
        self.most_together = 0
        self.closed = (float("inf"), float("inf"))  # refuses between these times
        self.full = (float("inf"), float("inf"))  # answers 429 between these
        self.ended = 0.0
        self._origin = origin
        self._dice = Random(seed)  # noqa: S311 - latencies
        self._recent: dict[str, deque[float]] = {"index": deque(), "playback": deque()}

    def room(self, kind: str, now: float) -> bool:
        recent = self._recent[kind]
        while recent and now - recent[0] > 60:
            recent.popleft()
        recent.append(now)
        return len(recent) <= {"index": 30, "playback": 600}[kind]

    async def ask(self, request: Request) -> Reply | Failure:
        now = anyio.current_time()
        kind = "live"
        if request.url.startswith(self._origin):
            kind = "index" if "/cdx" in request.url else "playback"
        getattr(self, kind).append(now)
        low, high = {"index": (2, 9), "playback": (0.4, 1.8), "live": (0.1, 0.8)}[kind]
        seconds = self._dice.uniform(low, high)
        if kind == "live":
            return await self.answer(request, kind, seconds)
        self.together += 1
        self.most_together = max(self.most_together, self.together)
        try:
            if self.closed[0] <= now < self.closed[1]:
                return failure(request.url, FailureKind.REFUSED)
            if self.full[0] <= now < self.full[1] or not self.room(kind, now):
                self.throttled += 1
                return reply(request.url, 429)
            return await self.answer(request, kind, seconds)
        finally:
            self.together -= 1

    async def answer(self, request: Request, kind: str, seconds: float) -> Reply:
        self.seconds[kind] += seconds
        await anyio.sleep(seconds)
        self.ended = anyio.current_time()
        return reply(request.url, seconds=seconds)


@dataclass(frozen=True, slots=True, kw_only=True)
class Mix:
    index: int
    playback: int
    live: int

    def urls(self) -> list[str]:
        urls = [f"{ARCHIVE}/cdx/search/cdx?url={n}" for n in range(self.index)]
        urls += [f"{ARCHIVE}/web/2020id_/http://a.example/{n}" for n in range(self.playback)]
        urls += [f"https://live.example/{n}" for n in range(self.live)]
        Random(3).shuffle(urls)  # noqa: S311 - an order
        return urls

    def ideal(self, server: Wayback) -> float:
        """Return what no schedule can beat: each budget, and the connections' own time."""
        return max(
            60 * ((self.index - 1) // 24),
            (self.playback - 1) / 8,
            (server.seconds["index"] + server.seconds["playback"]) / 4,
            (self.live - 1) / 2,
        )


def most_in_a_minute(times: list[float]) -> int:
    first, most = 0, 0
    for last, at in enumerate(times):
        while at - times[first] > 60:
            first += 1
        most = max(most, last - first + 1)
    return most


async def ask_all(pace: Pace, urls: list[str]) -> list[Reply | Failure]:
    answers: list[Reply | Failure] = []
    retry = Retry(pace)

    async def ask(url: str) -> None:
        answers.append(await retry.ask(Request(url=url)))

    async with anyio.create_task_group() as group:
        for url in urls:
            group.start_soon(ask, url)
    return answers


def gaps(times: list[float], longer: float) -> list[tuple[float, float]]:
    return [(earlier, later) for earlier, later in pairwise(times) if later - earlier >= longer]


@pytest.mark.parametrize(
    "mix",
    [
        Mix(index=1_000, playback=13_000, live=6_000),  # the connections bind
        Mix(index=2_400, playback=5_600, live=12_000),  # the index and the live host bind
        Mix(index=1_500, playback=14_500, live=4_000),  # all of it at once, the index long
    ],
    ids=lambda mix: f"{mix.index}-{mix.playback}-{mix.live}",
)
def test_20000_mixed_requests_take_what_the_limits_take(mix: Mix) -> None:
    server = Wayback(seed=11)

    async def main() -> list[Reply | Failure]:
        return await ask_all(Pace(server, now=wall), mix.urls())

    answers = simulate("trio", main)
    assert len(answers) == 20_000
    assert all(isinstance(answer, Reply) and answer.status == 200 for answer in answers)
    assert server.throttled == 0
    assert server.most_together <= 4
    assert most_in_a_minute(server.index) <= 24
    assert most_in_a_minute(server.playback) <= 480
    assert most_in_a_minute(server.live) <= 121  # half a second apart, both ends counted
    took, ideal = server.ended, mix.ideal(server)
    print(f"{mix}: {took:.0f} s, ideal {ideal:.0f} s, {took / ideal - 1:+.2%}")  # noqa: T201
    assert took <= ideal * 1.03


def test_a_server_that_throttles_gets_silence_and_then_the_run_goes_on() -> None:
    server = Wayback(seed=5)
    server.full = (300.0, 301.0)
    mix = Mix(index=100, playback=2_000, live=2_000)

    async def main() -> list[Reply | Failure]:
        return await ask_all(Pace(server, now=wall), mix.urls())

    answers = simulate("trio", main)
    assert all(isinstance(answer, Reply) and answer.status == 200 for answer in answers)
    archive = sorted(server.index + server.playback)
    assert 1 <= server.throttled <= 4
    silences = gaps(archive, 50)
    assert len(silences) == 1
    assert silences[0][1] - silences[0][0] >= 60  # nothing to any endpoint, for the whole of it
    assert not gaps(server.live, 1)  # the live web does not wait for the archive


@pytest.mark.parametrize("refusals", [1, 2])
def test_a_server_that_refuses_gets_silence_for_an_hour_and_then_for_two(refusals: int) -> None:
    server = Wayback(seed=5)
    server.closed = (300.0, 300.0 + (3_500 if refusals == 1 else 7_000))
    book = MemoryPauseBook()
    mix = Mix(index=50, playback=3_000, live=100)

    async def main() -> list[Reply | Failure]:
        return await ask_all(Pace(server, now=wall, book=book), mix.urls())

    answers = simulate("trio", main)
    assert all(isinstance(answer, Reply) and answer.status == 200 for answer in answers)
    silences = gaps(sorted(server.index + server.playback), 50)
    lengths = [later - earlier for earlier, later in silences]
    assert lengths[0] == pytest.approx(3_600, abs=1)
    assert len(lengths) == refusals
    if refusals == 2:
        assert lengths[1] == pytest.approx(7_200, abs=1)
    (pause,) = book.read()
    assert (pause.reason, pause.bans) == (PauseReason.BANNED, refusals)


def test_two_archives_rest_each_by_itself() -> None:
    pywb = replace(WAYBACK, name="pywb", hosts=("pywb.example",))
    servers = {
        "web.archive.org": Wayback(seed=1),
        "pywb.example": Wayback(seed=2, origin="https://pywb.example"),
    }
    servers["pywb.example"].full = (100.0, 101.0)

    class Both:
        async def ask(self, request: Request) -> Reply | Failure:
            return await servers[request.url.split("/")[2]].ask(request)

    urls = Mix(index=50, playback=1_000, live=0).urls()
    urls += [url.replace(ARCHIVE, "https://pywb.example") for url in urls]

    async def main() -> None:
        await ask_all(Pace(Both(), PaceSettings(archives=(WAYBACK, pywb)), now=wall), urls)

    simulate("trio", main)
    silent = {
        name: bool(gaps(sorted(server.index + server.playback), 50))
        for name, server in servers.items()
    }
    assert silent == {"web.archive.org": False, "pywb.example": True}
    assert all(server.most_together == 4 for server in servers.values())


@pytest.mark.soak
def test_the_whole_collection_waits_at_once() -> None:
    # 49,118 links of one host and six of each of 3,415 others, as the real collection has them.
    server = Server(seconds=lambda _: 0.3)
    urls = [f"https://h{host}.example/{n}" for n in range(6) for host in range(3_415)]
    urls += [f"https://busy.example/{n}" for n in range(49_118)]

    async def main() -> None:
        await ask_all(Pace(server, now=wall), urls)

    simulate("trio", main)
    assert max(server.times("//busy")) < 49_117 * 0.5 * 1.03
    assert max(server.times("//h")) < 120  # 20,490 of 0.3 s, 128 at a time, are 48 s


class Storm:
    """Throttle, refuse, fail and be busy, as the dice fall."""

    def __init__(self, dice: Random) -> None:
        self._dice = dice

    def __call__(self, request: Request) -> Reply | Failure:
        luck = self._dice.random()
        if luck < 0.05:
            return reply(request.url, 429, *([("Retry-After", "33")] if luck < 0.02 else []))
        if luck < 0.06:
            return failure(request.url, FailureKind.REFUSED)
        if luck < 0.12:
            return failure(request.url, self._dice.choice(list(FailureKind)))
        return reply(request.url, 503 if luck < 0.15 else 200)


class Diary(MemoryPauseBook):
    """Keep every pause in order."""

    def __init__(self) -> None:
        super().__init__()
        self.pauses: list[Pause] = []

    def write(self, pause: Pause) -> None:
        self.pauses.append(pause)
        super().write(pause)

    def broken_by(self, times: list[float]) -> list[float]:
        """Return the starts that fall into a pause of the archive."""
        spans = [
            ((pause.began_at - BORN).total_seconds(), (pause.until - BORN).total_seconds())
            for pause in self.pauses
            if pause.site == "wayback"
        ]
        rounding = 1e-5
        return [
            at for at in times for began, until in spans if began + rounding < at < until - rounding
        ]


def at_rest(pace: Pace) -> bool:
    assert pace._endpoints is not None
    lanes = [lane for site in pace._endpoints.sites() for lane in site.lanes]
    busy = any(lane.waiting or lane.site.running for lane in lanes)
    return not busy and pace._queue._scheduler._running == 0


@pytest.mark.parametrize("seed", range(12))
@pytest.mark.parametrize("backend", ["asyncio", "trio"])
def test_whatever_happens_budgets_hold_and_pauses_are_silent(backend: str, seed: int) -> None:
    dice = Random(seed)  # noqa: S311 - a storm
    settings = PaceSettings(max_concurrency=dice.choice([3, 10, 128]))
    run_until = dice.choice([None, BORN + timedelta(hours=1)])
    diary = Diary()
    server = Server(Storm(dice), seconds=lambda _: dice.choice([0.0, 0.3, 2.0, 9.0]))
    ended = []

    async def main() -> bool:
        pace = Pace(server, settings, now=wall, book=diary, run_until=run_until)
        retry = Retry(pace)

        async def ask(n: int) -> None:
            await anyio.sleep(dice.choice([0, 0, 5, 60, 600]))
            url = dice.choice([f"{ARCHIVE}/cdx/{n}", f"{ARCHIVE}/web/{n}", f"http://h{n % 5}/{n}"])
            with anyio.move_on_after(dice.choice([0.1, 3, 100, 1e6])):
                await retry.ask(Request(url=url))
            ended.append(n)

        async with anyio.create_task_group() as group:
            for n in range(600):
                group.start_soon(ask, n)
        return at_rest(pace)

    assert simulate(backend, main)
    assert len(ended) == 600
    assert server.most_busy <= settings.max_concurrency
    assert most_in_a_minute(server.times("/cdx/")) <= 24
    assert most_in_a_minute(server.times("/web/")) <= 480
    assert diary.pauses
    assert not diary.broken_by(server.times(ARCHIVE))
