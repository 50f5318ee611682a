from datetime import datetime, timedelta
from email.utils import format_datetime
from itertools import pairwise

import anyio
import pytest
from hypothesis import given
from hypothesis import strategies as st

from linkcheck.model.exchange import Failure, FailureKind, Reply, Request
from linkcheck.model.pause import MemoryPauseBook, Pause, PauseReason
from linkcheck.net.pace import Pace
from linkcheck.net.retry_after import read_retry_after
from linkcheck.net.sign import Mood, Rest, read_sign
from linkcheck.settings.pace import WAYBACK, PaceSettings
from tests.virtual import BORN, Server, failure, reply, simulate, wall

PLAYBACK = "https://web.archive.org/web/20200101000000id_/http://example.org/"
CDX = "https://web.archive.org/cdx/search/cdx?url=example.org"
LIVE = "https://live.example/page"
DAY = 86_400.0


@pytest.fixture(params=["asyncio", "trio"])
def backend(request: pytest.FixtureRequest) -> str:
    return str(request.param)


class Story:
    """Answer the first requests from a list, and all that follow with 200."""

    def __init__(self, *answers: int | FailureKind | tuple[int, tuple[str, str]]) -> None:
        self._answers = list(answers)

    def __call__(self, request: Request) -> Reply | Failure:
        answer = self._answers.pop(0) if self._answers else 200
        match answer:
            case FailureKind():
                return failure(request.url, answer)
            case int():
                return reply(request.url, answer)
            case status, header:
                return reply(request.url, status, header)


async def ask_all(pace: Pace, *urls: str) -> list[Reply | Failure]:
    answers: dict[int, Reply | Failure] = {}

    async def ask(place: int, url: str) -> None:
        answers[place] = await pace.ask(Request(url=url))

    async with anyio.create_task_group() as group:
        for place, url in enumerate(urls):
            group.start_soon(ask, place, url)
    return [answers[place] for place in sorted(answers)]


def silence(server: Server, part: str = "") -> float:
    return max(later - earlier for earlier, later in pairwise(server.times(part)))


def answers_to(
    backend: str, server: Server, *urls: str, settings: PaceSettings | None = None
) -> list[Reply | Failure]:
    async def main() -> list[Reply | Failure]:
        return await ask_all(Pace(server, settings, now=wall), *urls)

    return simulate(backend, main)


# Retry-After


def at(moment: datetime, *headers: tuple[str, str]) -> Reply:
    async def main() -> Reply:
        return reply(LIVE, 429, *headers)

    made = simulate("trio", main)
    assert made.asked_at == moment
    return made


HTTP_DATE = format_datetime(BORN + timedelta(seconds=90), usegmt=True)
AN_HOUR_SLOW = format_datetime(BORN - timedelta(hours=1), usegmt=True)


@pytest.mark.parametrize(
    ("headers", "seconds"),
    [
        ([("Retry-After", "120")], 120),
        ([("retry-after", " 7 ")], 7),
        ([("Retry-After", HTTP_DATE)], 90),
        ([("Retry-After", "Sunday, 01-Mar-26 12:01:30 GMT")], 90),
        ([("Retry-After", "Sun Mar  1 12:01:30 2026")], 90),
        # The server's clock is an hour behind: its own Date says what its date means.
        ([("Retry-After", HTTP_DATE), ("Date", AN_HOUR_SLOW)], 3_690),
        ([("Retry-After", HTTP_DATE), ("Date", "yesterday")], 90),
        ([("Retry-After", "31536000")], DAY),
        ([("Retry-After", "9" * 5_000)], DAY),
        ([("Retry-After", "Fri, 31 Dec 9999 23:59:59 GMT")], DAY),
    ],
)
def test_retry_after_is_read_in_both_forms(headers: list[tuple[str, str]], seconds: float) -> None:
    asked = read_retry_after(at(BORN, *headers), DAY)
    assert asked is not None
    assert asked.seconds == seconds
    assert ("are kept" in asked.detail) is (seconds == DAY)


@pytest.mark.parametrize(
    "value", ["", "0", "-5", "soon", "1.5", "٣", "Sat, 01 Mar 1999 00:00:00 GMT", "1 2", "0 0 0 0"]
)
def test_a_retry_after_that_names_no_time_to_come_is_none(value: str) -> None:
    assert read_retry_after(at(BORN, ("Retry-After", value)), DAY) is None


@given(st.binary(max_size=60), st.binary(max_size=60))
def test_no_header_breaks_the_reading(value: bytes, date: bytes) -> None:
    hostile = at(BORN)
    asked = read_retry_after(
        Reply(
            url=hostile.url,
            status=429,
            reason="",
            headers=((b"Retry-After", value), (b"Date", date)),
            http_version="HTTP/1.1",
            body=hostile.body,
            asked_at=BORN,
            first_byte_seconds=0,
            total_seconds=0,
        ),
        DAY,
    )
    assert asked is None or 0 < asked.seconds <= DAY


# Signs


@pytest.mark.parametrize(
    ("status", "headers", "expected"),
    [
        (200, (), Mood.WELL),
        (404, (), Mood.WELL),
        (503, (), Mood.WELL),
        (503, (("Retry-After", "5"),), PauseReason.BUSY),
        (429, (), PauseReason.THROTTLED),
        (429, (("Memento-Datetime", "Sat, 01 Mar 2014 00:00:00 GMT"),), Mood.WELL),
        (302, (("Location", "https://web.archive.org/429.html"),), PauseReason.THROTTLED),
        (302, (("Location", "/429.html"),), PauseReason.THROTTLED),
        (302, (("Location", "http://web.archive.org/429.html?a"),), PauseReason.THROTTLED),
        (302, (("Location", "https://web.archive.org/web/2014/http://a/429.html"),), Mood.WELL),
        (
            302,
            (
                ("Location", "https://web.archive.org/429.html"),
                ("Memento-Datetime", "Sat, 01 Mar 2014 00:00:00 GMT"),
            ),
            Mood.WELL,
        ),
        (302, (("Location", "http://["),), Mood.WELL),
        (302, (), Mood.WELL),
    ],
)
def test_signs_of_an_archive(
    status: int, headers: tuple[tuple[str, str], ...], expected: Mood | PauseReason
) -> None:
    async def main() -> Reply:
        return reply(PLAYBACK, status, *headers)

    sign = read_sign(simulate("trio", main), WAYBACK, DAY)
    assert (sign.reason if isinstance(sign, Rest) else sign) is expected


def test_the_page_that_stands_for_429_is_one_even_with_status_200() -> None:
    async def main() -> Reply:
        return reply("https://web.archive.org/429.html", 200)

    sign = read_sign(simulate("trio", main), WAYBACK, DAY)
    assert isinstance(sign, Rest)


# An archive's gate


def test_a_429_rests_every_endpoint_and_the_same_request_is_asked_again(backend: str) -> None:
    server = Server(Story(200, 429))
    answers = answers_to(backend, server, *[PLAYBACK] * 20, *[CDX] * 3)
    assert [answer.status for answer in answers if isinstance(answer, Reply)] == [200] * 23
    assert len(server.starts) == 24
    assert silence(server) >= 60


def test_a_retry_after_is_obeyed(backend: str) -> None:
    server = Server(Story(200, (429, ("Retry-After", "200"))))
    answers_to(backend, server, *[PLAYBACK] * 5)
    assert 200 <= silence(server) < 202


def test_a_capture_s_own_429_rests_nothing(backend: str) -> None:
    own = (429, ("Memento-Datetime", "Sat, 01 Mar 2014 00:00:00 GMT"))
    server = Server(Story(own))
    answers = answers_to(backend, server, *[PLAYBACK] * 3)
    assert sorted(a.status for a in answers if isinstance(a, Reply)) == [200, 200, 429]
    assert silence(server) < 1


def test_several_429s_of_one_moment_are_one_pause(backend: str) -> None:
    server = Server(Story(200, 429, 429, 429, 429), seconds=lambda _: 1.0)
    book = MemoryPauseBook()

    async def main() -> tuple[Pause, ...]:
        pace = Pace(server, now=wall, book=book)
        await pace.ask(Request(url=PLAYBACK))
        await ask_all(pace, *[PLAYBACK] * 8)
        return book.read()

    (pause,) = simulate(backend, main)
    assert pause.reason is PauseReason.THROTTLED
    assert 60 <= silence(server) < 62


def test_one_request_goes_ahead_alone_after_a_pause(backend: str) -> None:
    server = Server(Story(200, 429), seconds=lambda _: 2.0)
    answers_to(backend, server, *[PLAYBACK] * 20)
    times = server.times()
    trial = next(later for earlier, later in pairwise(times) if later - earlier >= 50)
    assert [at for at in times if trial <= at < trial + 2] == [trial]


def test_429s_in_a_row_rest_longer_each_time_and_end_in_a_failure(backend: str) -> None:
    server = Server(Story(*[429] * 9))

    async def main() -> list[Reply | Failure]:
        pace = Pace(server, now=wall)
        return await ask_all(pace, PLAYBACK, PLAYBACK)

    answers = simulate(backend, main)
    first, second, third = server.times()
    assert second - first == pytest.approx(60, abs=1)
    assert third - second == pytest.approx(120, abs=1)
    for answer in answers:
        assert isinstance(answer, Failure)
        assert answer.kind is FailureKind.PAUSED
        assert answer.retry_at == BORN + timedelta(seconds=third + 240)
        assert "wayback rests: status 429" in answer.detail


def test_a_pause_beyond_the_run_s_end_is_told_at_once(backend: str) -> None:
    server = Server(Story(200, (429, ("Retry-After", "7200"))))

    async def main() -> tuple[list[Reply | Failure], float]:
        pace = Pace(server, now=wall, run_until=BORN + timedelta(hours=1))
        return await ask_all(pace, *[PLAYBACK] * 50), anyio.current_time()

    answers, took = simulate(backend, main)
    assert took < 5
    paused = [answer for answer in answers if isinstance(answer, Failure)]
    assert len(paused) == 49
    assert {answer.kind for answer in paused} == {FailureKind.PAUSED}
    assert all(
        answer.retry_at and answer.retry_at - BORN >= timedelta(hours=2) for answer in paused
    )


@pytest.mark.parametrize("head_start", [0.0, 1.0])
def test_all_endpoints_are_told_when_nobody_waits_for_a_pause(
    backend: str, head_start: float
) -> None:
    server = Server(Story(200, (429, ("Retry-After", "7200"))), seconds=lambda _: 5.0)

    async def main() -> tuple[list[Reply | Failure], float]:
        pace = Pace(server, now=wall, run_until=BORN + timedelta(hours=1))
        await pace.ask(Request(url=PLAYBACK))
        await anyio.sleep(40)
        answers: list[Reply | Failure] = []

        async def several(url: str) -> None:
            answers.extend(await ask_all(pace, *[url] * 5))

        async with anyio.create_task_group() as group:
            group.start_soon(several, PLAYBACK)
            await anyio.sleep(head_start)  # by then all connections are taken
            group.start_soon(several, CDX)
        return answers, anyio.current_time()

    answers, took = simulate(backend, main)
    kinds = [answer.kind if isinstance(answer, Failure) else None for answer in answers]
    assert kinds.count(FailureKind.PAUSED) == 7  # the one that met it, and all that waited
    assert kinds.count(None) == 3  # those under way
    assert took < 60


def test_a_refusal_after_answers_is_a_ban_that_doubles(backend: str) -> None:
    refused = FailureKind.REFUSED
    server = Server(Story(200, refused, refused))
    book = MemoryPauseBook()

    async def main() -> list[Reply | Failure]:
        return await ask_all(Pace(server, now=wall, book=book), *[PLAYBACK] * 4)

    answers = simulate(backend, main)
    assert all(isinstance(answer, Reply) for answer in answers)
    rests = [round(b - a) for a, b in pairwise(server.times()) if b - a > 10]
    assert rests == [3_600, 7_200]
    assert book.read()[0].bans == 2


def test_a_refusal_without_an_answer_before_is_only_a_refusal(backend: str) -> None:
    server = Server(Story(FailureKind.REFUSED))
    (answer,) = answers_to(backend, server, PLAYBACK)
    assert isinstance(answer, Failure)
    assert answer.kind is FailureKind.REFUSED


def test_a_port_that_never_answered_cannot_stop_the_archive(backend: str) -> None:
    refused = "http://web.archive.org:9999/web/2020/http://example.org/"

    def answer(request: Request) -> Reply | Failure:
        if ":9999" in request.url:
            return failure(request.url, FailureKind.REFUSED)
        return reply(request.url)

    server = Server(answer)
    answers_to(backend, server, *[PLAYBACK] * 9, *[refused] * 9, *[PLAYBACK] * 9)
    assert silence(server) < 1


@pytest.mark.parametrize(
    "kind", [FailureKind.RESET, FailureKind.CONNECT_TIMEOUT, FailureKind.UNREACHABLE]
)
def test_three_broken_connections_in_a_row_are_a_ban_and_one_is_not(
    backend: str, kind: FailureKind
) -> None:
    server = Server(Story(200, kind, 200, kind, kind, 200, kind, kind, kind))
    answers = answers_to(backend, server, *[f"{PLAYBACK}{n}" for n in range(12)])
    assert sum(isinstance(answer, Failure) for answer in answers) == 5  # the last asks again
    assert 3_600 <= silence(server) < 3_602


def test_a_ban_outlives_the_process(backend: str) -> None:
    book = MemoryPauseBook()
    first, second = Server(Story(200, FailureKind.REFUSED)), Server(Story(FailureKind.REFUSED))

    async def interrupted() -> None:
        with anyio.move_on_after(600):
            await ask_all(Pace(first, now=wall, book=book), *[PLAYBACK] * 3)

    def later() -> datetime:
        return wall() + timedelta(minutes=20)

    held: list[Pause] = []

    async def again() -> None:
        pace = Pace(second, now=later, book=book)
        async with anyio.create_task_group() as group:
            group.start_soon(pace.ask, Request(url=CDX))
            await anyio.sleep(5)
            held.extend(pace.pauses())

    simulate(backend, interrupted)
    simulate(backend, again)
    assert [pause.reason for pause in held] == [PauseReason.BANNED]
    asked, after = second.times()
    assert asked == pytest.approx(2_400, abs=15)  # what was left of the hour
    assert after - asked == pytest.approx(7_200, abs=15)  # refused again: it counts on


@pytest.mark.parametrize("jump", [timedelta(days=-2), timedelta(days=2)])
def test_a_wall_clock_that_jumps_changes_no_pause(backend: str, jump: timedelta) -> None:
    server = Server(Story(200, 429))

    def jumping() -> datetime:
        return wall() + (jump if anyio.current_time() > 30 else timedelta())

    async def main() -> None:
        await ask_all(Pace(server, now=jumping), *[PLAYBACK] * 4)

    simulate(backend, main)
    assert 60 <= silence(server) < 62


def test_a_wall_clock_set_back_between_runs_does_not_lengthen_a_pause(backend: str) -> None:
    pause = Pause(
        site="wayback",
        reason=PauseReason.BANNED,
        began_at=BORN + timedelta(days=9),
        until=BORN + timedelta(days=9, hours=1),
        bans=1,
        detail="",
    )
    server = Server()

    async def main() -> None:
        await Pace(server, now=wall, book=MemoryPauseBook((pause,))).ask(Request(url=PLAYBACK))

    simulate(backend, main)
    assert server.times() == pytest.approx([3_600])


def test_bans_are_forgotten_after_a_quiet_day(backend: str) -> None:
    server = Server(Story(200, FailureKind.REFUSED))
    book = MemoryPauseBook()

    async def main() -> None:
        pace = Pace(server, now=wall, book=book)
        await ask_all(pace, *[PLAYBACK] * 3)
        await anyio.sleep(2 * DAY)
        server._answer = Story(FailureKind.REFUSED)
        await pace.ask(Request(url=PLAYBACK))

    simulate(backend, main)
    assert book.read()[0].bans == 1


def test_what_is_under_way_may_finish_and_nothing_follows(backend: str) -> None:
    answers = {1: 0.5, 2: 3.0, 3: 3.0}
    server = Server(Story(429), seconds=lambda _: answers.get(len(server.starts), 1.0))
    got = answers_to(backend, server, *[PLAYBACK] * 9)
    assert all(isinstance(answer, Reply) and answer.status == 200 for answer in got)
    gap = [(a, b) for a, b in pairwise(server.times()) if b - a > 10]
    assert len(gap) == 1
    assert gap[0][1] - server.times()[0] >= 60.5


def test_a_turn_that_was_given_when_the_gate_fell_is_not_taken(backend: str) -> None:
    class Together(Server):
        """Hold the first four answers back, then give all at once."""

        async def ask(self, request: Request) -> Reply | Failure:
            self.starts.append((anyio.current_time(), request.url))
            mine = len(self.starts)
            if mine == 4:
                await anyio.sleep(5)
                released.set()
            await released.wait()
            return reply(request.url, 429 if mine == 2 else 200)

    server = Together()
    released: anyio.Event

    async def main() -> list[Reply | Failure]:
        nonlocal released
        released = anyio.Event()
        return await ask_all(Pace(server, now=wall), *[PLAYBACK] * 12)

    answers = simulate(backend, main)
    assert all(isinstance(answer, Reply) and answer.status == 200 for answer in answers)
    fourth, fifth = server.times()[3:5]
    assert fifth - fourth >= 65


def test_who_met_the_429_goes_first_when_the_pause_is_over(backend: str) -> None:
    server = Server(Story(200, 429), seconds=lambda _: 1.0)
    urls = [f"{PLAYBACK}{n}" for n in range(12)]

    async def main() -> None:
        pace = Pace(server, now=wall)
        async with anyio.create_task_group() as group:
            for url in urls:
                group.start_soon(pace.ask, Request(url=url))
                await anyio.sleep(0.001)

    simulate(backend, main)
    asked = [url for _, url in server.starts]
    assert asked.count(urls[1]) == 2
    assert asked.index(urls[1], 2) == 5  # after the five that were under way or done


def test_waiting_for_a_pause_can_be_cancelled(backend: str) -> None:
    server = Server(Story(200, 429))

    async def main() -> float:
        pace = Pace(server, now=wall)
        with anyio.move_on_after(30):
            await ask_all(pace, *[PLAYBACK] * 9)
        await pace.ask(Request(url=PLAYBACK))
        return anyio.current_time()

    assert simulate(backend, main) == pytest.approx(60.5, abs=0.5)


# A host's gate


def test_a_host_s_429_rests_that_host_alone_and_is_asked_once_more(backend: str) -> None:
    server = Server(lambda r: story(r) if "live" in r.url else reply(r.url))
    story = Story((429, ("Retry-After", "40")))
    answers = answers_to(
        backend, server, *[f"{LIVE}{n}" for n in range(3)], *["http://b.example/"] * 90
    )
    assert all(isinstance(answer, Reply) and answer.status == 200 for answer in answers)
    assert 40 <= silence(server, "live") < 42
    assert silence(server, "b.example") < 1


def test_a_host_that_keeps_throttling_gives_its_429_as_the_answer(backend: str) -> None:
    server = Server(lambda request: reply(request.url, 429))
    (answer,) = answers_to(backend, server, LIVE)
    assert isinstance(answer, Reply)
    assert answer.status == 429
    assert [round(time) for time in server.times()] == [0, 30]


def test_a_host_that_asks_for_too_long_is_left_for_another_run(backend: str) -> None:
    server = Server(Story((429, ("Retry-After", "7200"))))
    book = MemoryPauseBook()

    async def main() -> tuple[list[Reply | Failure], float]:
        pace = Pace(server, now=wall, book=book)
        return await ask_all(pace, *[f"{LIVE}{n}" for n in range(9)]), anyio.current_time()

    answers, took = simulate(backend, main)
    assert took < 2
    assert sum(isinstance(answer, Reply) and answer.status == 429 for answer in answers) == 1
    assert sum(isinstance(answer, Failure) for answer in answers) == 8
    assert [pause.site for pause in book.read()] == ["live.example"]


def test_a_busy_host_rests_and_its_503_is_the_answer(backend: str) -> None:
    server = Server(Story((503, ("Retry-After", "90"))))
    answers = answers_to(backend, server, f"{LIVE}1", f"{LIVE}2")
    assert sorted(a.status for a in answers if isinstance(a, Reply)) == [200, 503]
    assert 90 <= silence(server) < 92


def test_a_host_that_refuses_is_no_archive(backend: str) -> None:
    server = Server(Story(200, FailureKind.REFUSED, FailureKind.REFUSED))
    answers_to(backend, server, *[f"{LIVE}{n}" for n in range(9)])
    assert silence(server) < 1
