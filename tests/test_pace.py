from collections.abc import Callable
from dataclasses import replace
from itertools import pairwise
from random import Random

import anyio
import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from linkcheck.model.exchange import Failure, Reply, Request
from linkcheck.net.gate import Gate
from linkcheck.net.lane import Lane, Site, State, Waiter
from linkcheck.net.pace import Pace
from linkcheck.net.rota import Rota
from linkcheck.net.scheduler import Scheduler
from linkcheck.net.target import read_target
from linkcheck.net.window import next_start, worst_past
from linkcheck.settings.pace import WAYBACK, WIDE_OPEN, ArchivePace, Budget, HostPace, PaceSettings
from tests.virtual import Server, reply, simulate, wall

CDX = "https://web.archive.org/cdx/search/cdx?url=example.org"
TIMEMAP = "https://web.archive.org/web/timemap/link/http://example.org/"
PLAYBACK = "https://web.archive.org/web/20200101000000id_/http://example.org/"


@pytest.fixture(params=["asyncio", "trio"])
def backend(request: pytest.FixtureRequest) -> str:
    return str(request.param)


def most_in_a_window(times: list[float], seconds: float) -> int:
    first, most = 0, 0
    for last, at in enumerate(times):
        while at - times[first] > seconds:  # both ends of the window count
            first += 1
        most = max(most, last - first + 1)
    return most


async def ask_all(pace: Pace, urls: list[str]) -> list[Reply | Failure]:
    answers: list[Reply | Failure] = []

    async def ask(url: str) -> None:
        answers.append(await pace.ask(Request(url=url)))

    async with anyio.create_task_group() as group:
        for url in urls:
            group.start_soon(ask, url)
    return answers


def run(backend: str, pace: Pace, urls: list[str]) -> float:
    async def main() -> float:
        began = anyio.current_time()
        await ask_all(pace, urls)
        return anyio.current_time() - began

    return simulate(backend, main)


# The window


@given(
    requests=st.integers(2, 12),
    seconds=st.floats(0.5, 90),
    gaps=st.lists(st.floats(0, 30), max_size=150),
    cold=st.booleans(),
)
def test_no_window_exceeds_its_budget_whenever_requests_come(
    *, requests: int, seconds: float, gaps: list[float], cold: bool
) -> None:
    budget = Budget(requests=requests, seconds=seconds)
    past = list(worst_past(budget, 0.0)) if cold else []
    stamps, now = list(past), 0.0
    for gap in gaps:
        now = next_start(stamps[-requests:], budget, now + gap)
        stamps.append(now)
    assert most_in_a_window(stamps, seconds) <= requests
    for earlier, later in pairwise(stamps):
        assert later - earlier >= budget.spacing * (1 - 1e-9)


@given(st.integers(1, 12), st.floats(0.5, 90), st.integers(1, 200))
def test_a_busy_window_loses_no_more_than_its_edge(
    requests: int, seconds: float, count: int
) -> None:
    budget = Budget(requests=requests, seconds=seconds)
    stamps = [0.0]
    for _ in range(count):
        stamps.append(next_start(stamps[-requests:], budget, stamps[-1]))
    assert stamps[-1] <= count * budget.interval * 1.0011


@given(st.lists(st.floats(0, 30), min_size=1, max_size=80))
def test_a_second_process_right_after_the_first_keeps_the_budget(gaps: list[float]) -> None:
    budget = WAYBACK.endpoints[0].budget
    first: list[float] = []
    now = 0.0
    for gap in gaps:
        now = next_start(first[-24:], budget, now + gap)
        first.append(now)
    second = list(worst_past(budget, now))
    for _ in range(60):
        second.append(next_start(second[-24:], budget, now))
    assert most_in_a_window(first + second[24:], 60) <= 24
    assert second[24] - now < 12


@pytest.mark.parametrize(("requests", "seconds"), [(0, 1.0), (1, -1.0)])
def test_a_budget_that_lets_nothing_go_is_refused(requests: int, seconds: float) -> None:
    with pytest.raises(ValueError, match="lets none go"):
        Budget(requests=requests, seconds=seconds)


# Endpoints


def lane_of(pace: Pace, url: str) -> Lane:
    target = read_target(url)
    assert not isinstance(target, str)
    assert pace._endpoints is not None
    return pace._endpoints.lane(target, 0.0)


@pytest.mark.parametrize(
    ("first", "second", "shared"),
    [
        (CDX, TIMEMAP, True),
        (CDX, "http://web.archive.org:80/__wb/sparkline?url=a", True),
        (CDX, "https://web.archive.org//cdx/search/cdx", True),
        (CDX, "https://WEB.ARCHIVE.ORG.:443/%63dx/search/cdx", True),
        (CDX, "https://web.archive\u3002org/web/../cdx?url=a", True),
        (CDX, "https://web.archive.org/web/a-long-way-around/%2E./%2e%2e/%2e%2e/cdx?url=a", True),
        (CDX, PLAYBACK, False),
        (PLAYBACK, "http://web.archive.org/web/2020/http://example.org/cdx", True),
        (PLAYBACK, "https://web.archive.org/web/2020/https://example.org/../../x", True),
        (PLAYBACK, "https://archive.org/details/a", False),
        ("https://archive.org/metadata/a", "https://blog.archive.org/2020/a", True),
        ("http://a.example:8080/", "https://A.example./x", True),
        ("http://a.example/", "http://b.a.example/", False),
    ],
)
def test_endpoints_are_told_apart_by_path_not_by_spelling(
    first: str, second: str, *, shared: bool
) -> None:
    async def main() -> bool:
        pace = Pace(Server(), now=wall)
        await pace.ask(Request(url=PLAYBACK))
        return lane_of(pace, first) is lane_of(pace, second)

    assert simulate("trio", main) is shared


def test_an_archive_on_a_port_leaves_the_host_alone() -> None:
    pywb = replace(WAYBACK, name="pywb", hosts=("127.0.0.1:8080",))

    async def main() -> tuple[str, str]:
        pace = Pace(Server(), PaceSettings(archives=(pywb,)), now=wall)
        await pace.ask(Request(url="http://127.0.0.1:9090/"))
        return (
            lane_of(pace, "http://127.0.0.1:8080/cdx").site.name,
            lane_of(pace, "http://127.0.0.1:9090/cdx").site.name,
        )

    assert simulate("trio", main) == ("pywb", "127.0.0.1")


# Pace


def test_the_index_and_its_timemap_share_one_budget(backend: str) -> None:
    server = Server()
    run(backend, Pace(server, now=wall), [CDX, TIMEMAP] * 60)
    assert len(server.starts) == 120
    assert most_in_a_window(server.times(), 60) == 24


def test_a_process_right_after_another_does_not_double_the_budget(backend: str) -> None:
    server = Server()

    async def main() -> None:
        for _ in range(3):
            await ask_all(Pace(server, now=wall), [CDX] * 30 + [PLAYBACK] * 30)

    simulate(backend, main)
    assert most_in_a_window(server.times("/cdx"), 60) <= 24
    assert most_in_a_window(server.times("/web/2020"), 1) <= 8


def test_playback_has_its_own_and_both_share_the_connections(backend: str) -> None:
    server = Server(seconds=lambda _: 1.0)
    run(backend, Pace(server, now=wall), [CDX] * 10 + [PLAYBACK] * 200)
    assert server.most_busy == 4
    assert most_in_a_window(server.times("/web/2020"), 1.0) <= 8


def test_other_hosts_are_asked_two_at_a_time_half_a_second_apart(backend: str) -> None:
    server = Server(seconds=lambda _: 3.0)
    run(backend, Pace(server, now=wall), [f"http://a.example/{n}" for n in range(20)])
    assert server.most_busy == 2
    assert min(b - a for a, b in pairwise(server.times())) >= 0.5


def test_hosts_are_settable_by_pattern_and_do_not_wait_for_each_other(backend: str) -> None:
    settings = PaceSettings(
        hosts=(
            HostPace(pattern="*.slow.example", connections=1, interval=10),
            HostPace(pattern="*.example", interval=1),
        )
    )
    server = Server()
    urls = [f"http://{host}/{n}" for n in range(4) for host in ("a.slow.example", "b.example")]
    took = run(backend, Pace(server, settings, now=wall), urls)
    assert server.times("a.slow") == pytest.approx([0, 10, 20, 30])
    assert server.times("b.example") == pytest.approx([0, 1, 2, 3])
    assert took == pytest.approx(30)


def test_the_run_as_a_whole_has_its_concurrency(backend: str) -> None:
    server = Server(seconds=lambda _: 1.0)
    pace = Pace(server, PaceSettings(max_concurrency=5), now=wall)
    run(backend, pace, [f"http://h{n}.example/" for n in range(50)])
    assert server.most_busy == 5


def test_the_queue_keeps_its_order(backend: str) -> None:
    server = Server()
    urls = [f"http://a.example/{n}" for n in range(30)]

    async def main() -> None:
        pace = Pace(server, now=wall)
        async with anyio.create_task_group() as group:
            for url in urls:
                group.start_soon(pace.ask, Request(url=url))
                await anyio.sleep(0.001)

    simulate(backend, main)
    assert [url for _, url in server.starts] == urls


def test_waiters_that_are_cancelled_give_back_place_and_token(backend: str) -> None:
    server = Server()

    async def main() -> float:
        pace = Pace(server, now=wall)
        async with anyio.create_task_group() as group:
            for n in range(100):
                group.start_soon(pace.ask, Request(url=f"http://a.example/lost/{n}"))
            await anyio.sleep(1.1)
            group.cancel_scope.cancel()
        await ask_all(pace, ["http://a.example/kept"] * 3)
        return anyio.current_time()

    assert simulate(backend, main) == pytest.approx(2.5)
    assert server.times("lost") == pytest.approx([0, 0.5, 1])
    assert server.times("kept") == pytest.approx([1.5, 2, 2.5])


def test_any_waiter_may_go_away_at_any_time(backend: str) -> None:
    server = Server(seconds=lambda _: 0.7)
    settings = PaceSettings(max_concurrency=3)

    async def main() -> None:
        pace = Pace(server, settings, now=wall)

        async def impatient(n: int) -> None:
            with anyio.move_on_after((n * 37 % 101) / 10):
                await pace.ask(Request(url=f"http://h{n % 7}.example/{n}"))

        async with anyio.create_task_group() as group:
            for n in range(300):
                group.start_soon(impatient, n)
        # No place is lost: the run's whole concurrency is there for those who come later.
        before = anyio.current_time()
        await ask_all(pace, [f"http://new{n}.example/" for n in range(9)])
        assert anyio.current_time() - before == pytest.approx(2.1)

    simulate(backend, main)


def test_a_turn_that_is_given_and_not_taken_gives_back_place_and_token() -> None:
    scheduler = Scheduler(1)
    settings = PaceSettings()
    site = Site("a", 2, Gate("a", None, settings.host, settings))
    lane = Lane(Budget(requests=2, seconds=60), site)
    site.lanes = (lane,)
    first, second = Waiter(lane), Waiter(lane)
    scheduler.enter(first, 0.0, ahead=False)
    scheduler.enter(second, 0.0, ahead=False)
    assert (first.state, second.state) == (State.GRANTED, State.WAITING)
    scheduler.leave(first, 0.0)
    scheduler.advance(0.0)
    assert second.state is State.GRANTED
    assert list(lane.stamps) == [0.0]


def test_an_error_of_the_tool_gives_the_place_back(backend: str) -> None:
    def broken(_: Request) -> Reply:
        raise RuntimeError("a bug")

    async def main() -> None:
        pace = Pace(Server(broken), PaceSettings(max_concurrency=1), now=wall)
        for _ in range(3):
            with pytest.raises(RuntimeError, match="a bug"):
                await pace.ask(Request(url="http://a.example/"))

    simulate(backend, main)


def test_what_the_engine_sent_twice_costs_two_tokens(backend: str) -> None:
    def twice(request: Request) -> Reply:
        return msgspec.structs.replace(reply(request.url), sends=2)

    server = Server(twice)
    run(backend, Pace(server, now=wall), [CDX] * 26)
    assert most_in_a_window(server.times(), 60) == 12


def test_hosts_that_are_done_with_are_forgotten(backend: str) -> None:
    async def main() -> int:
        pace = Pace(Server(), now=wall)
        for n in range(3_000):
            await pace.ask(Request(url=f"http://h{n}.example/"))
            await anyio.sleep(0.1)
        assert pace._endpoints is not None
        return len(pace._endpoints)

    assert simulate(backend, main) < 20


def test_what_leads_nowhere_takes_no_turn(backend: str) -> None:
    server = Server()
    run(backend, Pace(server, now=wall), ["javascript:alert(1)", "http://[", "//a/b"] * 50)
    assert set(server.times()) == {0.0}


def test_wide_open_holds_nothing_back(backend: str) -> None:
    server = Server(seconds=lambda _: 1.0)
    took = run(backend, Pace(server, WIDE_OPEN, now=wall), [CDX, "http://a.example/"] * 500)
    assert took == pytest.approx(1.0)


# Busiest first


def test_the_rota_gives_three_places_to_the_busiest_and_the_fourth_to_the_eldest() -> None:
    rota: Rota[str] = Rota()
    for name, weight in (("old", 1.0), ("small", 2.0), ("big", 9.0)):
        rota.put(name, weight)
    taken = []
    for _ in range(8):
        name = rota.take()
        taken.append(name)
        rota.put(name, {"old": 1.0, "small": 2.0, "big": 9.0}[name])
    assert taken == ["big", "big", "big", "old", "big", "big", "big", "small"]


@given(st.lists(st.tuples(st.integers(0, 9), st.integers(0, 5), st.sampled_from("pdt"))))
def test_the_rota_is_a_priority_queue_whatever_happens(
    steps: list[tuple[int, int, str]],
) -> None:
    rota: Rota[int] = Rota()
    model: dict[int, float] = {}
    turn = 0
    for item, weight, step in steps:
        if step == "p":
            rota.put(item, float(weight))
            model[item] = float(weight)
        elif step == "d":
            rota.discard(item)
            model.pop(item, None)
        elif model:
            turn += len(model) > 1
            eldest = len(model) > 1 and turn % 4 == 0
            taken = rota.take()
            assert (taken == next(iter(model))) if eldest else (model[taken] == max(model.values()))
            del model[taken]
        assert len(rota) == len(model)
        if model:
            assert rota.heaviest() == max(model.values())


def test_the_run_ends_when_the_busiest_host_does() -> None:
    # 200 requests a second apart are 200 s, whatever else there is. Ten places have 2,000 seconds
    # in that time, of which all together need 1,800. First come, first served takes 360 s; the
    # busy one waits a tenth of a second each time until one of the ten places is free.
    settings = PaceSettings(max_concurrency=10, host=HostPace(interval=1.0))
    dice = Random(7)  # noqa: S311 - latencies
    server = Server(seconds=lambda _: dice.uniform(0.5, 1.5))
    urls = [f"http://s{n}.example/" for n in range(1_600)]
    urls += [f"http://big.example/{n}" for n in range(200)]
    took = run("asyncio", Pace(server, settings, now=wall), urls)
    assert took < 200 * 1.12


def test_no_host_starves_beside_a_busy_one() -> None:
    # Places for one of ten, and all ten always have much to do.
    settings = PaceSettings(max_concurrency=1, host=HostPace(interval=0.0))
    server = Server(seconds=lambda _: 1.0)
    urls = [f"http://big.example/{n}" for n in range(5_000)]
    urls += [f"http://h{host}.example/{n}" for host in range(9) for n in range(3)]
    run("trio", Pace(server, settings, now=wall), urls)
    longest = max(server.times("//h"))
    assert longest <= 4 * 10 * 3  # not after the 5,000 s of the big one


def test_a_slow_host_counts_as_busy(backend: str) -> None:
    async def main() -> None:
        pace = Pace(Server(seconds=lambda _: 10.0), now=wall)
        await pace.ask(Request(url="http://slow.example/"))
        lane = lane_of(pace, "http://slow.example/")
        lane.waiting.update({Waiter(lane): None for _ in range(40)})
        assert lane.work() == pytest.approx(200)  # two at a time, not half a second each

    simulate(backend, main)


@pytest.mark.parametrize(
    "make",
    [
        lambda: replace(WAYBACK, connections=0),
        lambda: ArchivePace(name="a", hosts=(), endpoints=(), connections=1),
        lambda: HostPace(connections=0),
        lambda: HostPace(interval=-1),
        lambda: PaceSettings(max_concurrency=0),
    ],
)
def test_settings_that_would_wait_for_ever_are_refused(make: Callable[[], object]) -> None:
    with pytest.raises(ValueError, match=r"at least|lets none"):
        make()
