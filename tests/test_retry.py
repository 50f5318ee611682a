from random import Random

import anyio
import pytest

from linkcheck.model.exchange import Failure, FailureKind, Reply, Request
from linkcheck.net.pace import Pace
from linkcheck.net.retry import Retry, seeded
from linkcheck.net.transient import STATUSES, is_transient
from linkcheck.settings.pace import WIDE_OPEN
from linkcheck.settings.retry import RetrySettings
from tests.virtual import Server, failure, reply, simulate, wall

URL = "https://example.org/"
MEMENTO = ("Memento-Datetime", "Sat, 01 Mar 2014 00:00:00 GMT")
TRANSIENT = {
    FailureKind.DNS_FAILURE,
    FailureKind.RESET,
    FailureKind.CONNECT_TIMEOUT,
    FailureKind.READ_TIMEOUT,
}


@pytest.fixture(params=["asyncio", "trio"])
def backend(request: pytest.FixtureRequest) -> str:
    return str(request.param)


class Story:
    """Answer from a list; its last answer stands for all that follow."""

    def __init__(self, *answers: int | FailureKind, header: tuple[str, str] | None = None) -> None:
        self._answers = list(answers)
        self._headers = (header,) if header else ()

    def __call__(self, request: Request) -> Reply | Failure:
        answer = self._answers.pop(0) if len(self._answers) > 1 else self._answers[0]
        if isinstance(answer, FailureKind):
            return failure(request.url, answer, seconds=1.0)
        return reply(request.url, answer, *self._headers, seconds=1.0)


def always(_url: str, _tried: int) -> float:
    return 1.0


def ask(backend: str, server: Server, settings: RetrySettings | None = None) -> Reply | Failure:
    async def main() -> Reply | Failure:
        return await Retry(server, settings, chance=always).ask(Request(url=URL))

    return simulate(backend, main)


# The table


@pytest.mark.parametrize("kind", FailureKind)
def test_every_kind_of_failure_is_judged(kind: FailureKind) -> None:
    async def main() -> Failure:
        return failure(URL, kind)

    assert is_transient(simulate("trio", main)) is (kind in TRANSIENT)


@pytest.mark.parametrize("own", [False, True])
def test_every_status_is_judged(*, own: bool) -> None:
    async def main() -> list[Reply]:
        return [reply(URL, status, *([MEMENTO] if own else [])) for status in range(1_000)]

    transient = {answer.status for answer in simulate("trio", main) if is_transient(answer)}
    assert (
        transient == (set() if own else {408, 500, 502, 503, 504}) == (set() if own else STATUSES)
    )


# The layer


def test_an_answer_that_stands_is_asked_for_once(backend: str) -> None:
    server = Server(Story(404))
    answer = ask(backend, server)
    assert (len(server.starts), answer.tries) == (1, 1)


def test_a_transient_failure_is_tried_again_until_it_passes(backend: str) -> None:
    server = Server(Story(FailureKind.RESET, 503, 200))
    answer = ask(backend, server)
    assert isinstance(answer, Reply)
    assert (answer.status, answer.tries) == (200, 3)
    assert server.times() == pytest.approx([0, 2, 6])


def test_the_last_answer_is_what_the_caller_gets(backend: str) -> None:
    server = Server(Story(502, FailureKind.READ_TIMEOUT, 504))
    answer = ask(backend, server)
    assert isinstance(answer, Reply)
    assert (answer.status, answer.tries) == (504, 3)


@pytest.mark.parametrize("status", [429, 403, 404, 501, 505, 520])
def test_other_statuses_are_answers(backend: str, status: int) -> None:
    server = Server(Story(status))
    assert ask(backend, server).tries == 1


def test_a_capture_s_own_503_is_never_tried_again(backend: str) -> None:
    server = Server(Story(503, header=MEMENTO))
    assert ask(backend, server).tries == 1


def test_the_wait_doubles_up_to_its_ceiling(backend: str) -> None:
    server = Server(Story(500))
    ask(backend, server, RetrySettings(tries=7, first_wait=1, longest_wait=5, deadline=900))
    assert server.times() == pytest.approx([0, 1, 3, 7, 12, 17, 22])


def test_the_deadline_leaves_no_room_for_another_try(backend: str) -> None:
    server = Server(Story(500), seconds=lambda _: 1.0)
    answer = ask(backend, server, RetrySettings(tries=100, first_wait=10, deadline=60))
    # 1 + 10 + 1 + 20 + 1 s are spent; 40 more would pass 60.
    assert answer.tries == 3
    assert server.times() == pytest.approx([0, 11, 32])


def test_the_queue_s_time_does_not_count_against_the_deadline(backend: str) -> None:
    server = Server(Story(500))

    class Slow:
        async def ask(self, request: Request) -> Reply | Failure:
            await anyio.sleep(3_600)
            return await server.ask(request)

    async def main() -> Reply | Failure:
        return await Retry(Slow(), chance=always).ask(Request(url=URL))

    assert simulate(backend, main).tries == 3


def test_a_single_try_is_no_retry(backend: str) -> None:
    server = Server(Story(500))
    assert ask(backend, server, RetrySettings(tries=1)).tries == 1
    with pytest.raises(ValueError, match="at least once"):
        RetrySettings(tries=0)


def test_a_cancelled_back_off_ends_at_once(backend: str) -> None:
    server = Server(Story(500))

    async def main() -> float:
        with anyio.move_on_after(0.5):
            await Retry(server, chance=always).ask(Request(url=URL))
        return anyio.current_time()

    assert simulate(backend, main) == pytest.approx(0.5)


def test_a_cancelled_try_ends_at_once(backend: str) -> None:
    server = Server(Story(500), seconds=lambda _: 5.0)

    async def main() -> float:
        with anyio.move_on_after(10):  # in the second try
            await Retry(server, chance=always).ask(Request(url=URL))
        return anyio.current_time()

    assert simulate(backend, main) == pytest.approx(10)
    assert len(server.starts) == 2


def test_an_error_of_the_tool_is_not_tried_again(backend: str) -> None:
    calls = []

    def broken(request: Request) -> Reply:
        calls.append(request)
        if len(calls) == 1:
            return reply(request.url, 500)
        raise RuntimeError("a bug")

    with pytest.raises(RuntimeError, match="a bug"):
        ask(backend, Server(broken))
    assert len(calls) == 2


def test_requests_that_are_tried_at_once_do_not_disturb_each_other(backend: str) -> None:
    dice = Random(1)  # noqa: S311 - faults
    fails = {n: dice.randrange(3) for n in range(200)}
    left = dict(fails)

    def answer(request: Request) -> Reply:
        n = int(request.url.rpartition("/")[2])
        left[n] -= 1
        return reply(request.url, 503 if left[n] >= 0 else 200)

    server = Server(answer, seconds=lambda _: dice.random())
    tries: dict[int, int] = {}

    async def main() -> None:
        retry = Retry(Pace(server, WIDE_OPEN, now=wall))

        async def one(n: int) -> None:
            got = await retry.ask(Request(url=f"{URL}{n}"))
            assert isinstance(got, Reply)
            assert got.status == 200
            tries[n] = got.tries

        async with anyio.create_task_group() as group:
            for n in fails:
                group.start_soon(one, n)

    simulate(backend, main)
    assert tries == {n: count + 1 for n, count in fails.items()}


def test_every_try_takes_its_turn(backend: str) -> None:
    server = Server(Story(500, 500, 200))

    async def main() -> None:
        pace = Pace(server, now=wall)
        retry = Retry(pace, RetrySettings(first_wait=0.001))
        async with anyio.create_task_group() as group:
            for _ in range(3):
                group.start_soon(retry.ask, Request(url=URL))

    simulate(backend, main)
    assert server.times() == pytest.approx([0, 0.5, 1, 1.5, 2])


# The jitter


def test_the_jitter_is_full_and_falls_the_same_way_whatever_the_order() -> None:
    chance = seeded(42)
    drawn = {(url, tried): chance(url, tried) for url in map(str, range(500)) for tried in (1, 2)}
    assert all(0 <= value < 1 for value in drawn.values())
    assert len(set(drawn.values())) == 1_000
    assert 0.47 < sum(drawn.values()) / 1_000 < 0.53
    again = seeded(42)
    assert all(again(*key) == drawn[key] for key in reversed(drawn))
    assert seeded(43)("0", 1) != drawn["0", 1]
    assert 0 <= chance("https://example.org/\udce6", 1) < 1
