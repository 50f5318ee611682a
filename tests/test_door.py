"""The whole nest: what it gives live, recorded and replayed."""

import time
from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import timedelta
from itertools import count
from pathlib import Path

import anyio
import pytest

from linkcheck.model.clock import utc_now
from linkcheck.model.exchange import Asker, Failure, FailureKind, Reply, Request
from linkcheck.model.run import Run
from linkcheck.net.door import open_door, open_replay
from linkcheck.net.evidence import Evidence
from linkcheck.settings.door import DoorSettings
from linkcheck.settings.pace import ArchivePace, Budget, EndpointPace, HostPace, PaceSettings
from linkcheck.settings.recording import Recording
from linkcheck.settings.retry import RetrySettings
from tests.doors import HASTY, replied
from tests.faults.server import FaultServer, Script, Wire

pytestmark = pytest.mark.anyio

OPEN = Budget(requests=10_000, seconds=1.0)


class Town:
    """An archive and a host behind one port each, which remember how often they were asked."""

    def __init__(self) -> None:
        self.asked: dict[bytes, int] = {}

    def __call__(self, wire: Wire) -> None:
        while head := wire.request():
            path = head.split(b" ")[1]
            self.asked[path] = times = self.asked.get(path, 0) + 1
            if path == b"/moved":
                wire.answer(b"", b"Location: /busy", status=b"301 Moved")
            elif path == b"/busy" and times == 1:
                wire.answer(b"", status=b"503 Busy")
            elif path == b"/web/throttled" and times < 3:
                wire.answer(b"", status=b"429 Too Many Requests")
            elif path == b"/web/hopeless":
                wire.answer(b"", b"Retry-After: 3600", status=b"429 Too Many Requests")
            elif path == b"/reset":
                wire.reset()
                return
            else:
                wire.answer(path, b"Set-Cookie: secret=1")


def settings(archive: FaultServer) -> DoorSettings:
    pace = ArchivePace(
        name="loopback",
        hosts=(f"127.0.0.1:{archive.port}",),
        endpoints=(EndpointPace(name="all", paths=("/",), budget=OPEN),),
        connections=4,
        throttle_rest=0.05,
    )
    return DoorSettings(
        network=HASTY,
        pace=PaceSettings(archives=(pace,), host=HostPace(connections=8, interval=0.0)),
        retry=RetrySettings(first_wait=0.01),
    )


def paths(host: FaultServer, archive: FaultServer) -> list[str]:
    return [
        f"{host.url}/plain",
        f"{host.url}/moved",  # a redirect to an answer that is tried again
        f"{host.url}/reset",
        f"{archive.url}/web/fine",
        f"{archive.url}/web/throttled",  # the gate asks it again
        f"{archive.url}/web/hopeless",  # the gate gives it up
        f"{archive.url}/web/after",  # never on the wire: the archive rests
        "http://no-such-name.invalid/",
        "ftp://unsupported.example/",
    ]


async def nobody(_name: str) -> tuple[()]:
    return ()


async def test_a_replay_gives_what_the_run_gave(tmp_path: Path) -> None:
    file = tmp_path / "door.warc"
    run = Run(id="run-1", started_at=utc_now(), seed=7)
    live: list[Reply | Failure] = []
    with FaultServer(Town()) as host, FaultServer(Town()) as archive:
        requests = [Request(url=url) for url in paths(host, archive)]
        told = settings(archive)
        evidence = Evidence(Recording(file=file), run)
        until = utc_now() + timedelta(seconds=60)
        async with open_door(
            told, evidence=evidence, run_until=until, environment={}, lookup=nobody
        ) as door:
            live = [await door.ask(request) for request in requests]
        await evidence.aclose()
    with open_replay(told, [file]) as replay:
        assert [await replay.ask(request) for request in requests] == live
        again = await replay.ask(requests[0])
        assert isinstance(again, Failure)
        assert again.kind is FailureKind.NOT_RECORDED
    assert kinds(live) == [
        200,
        200,
        FailureKind.RESET,
        200,
        200,
        FailureKind.PAUSED,
        FailureKind.PAUSED,
        FailureKind.DNS_NO_SUCH_NAME,
        FailureKind.GUARDED,
    ]
    assert [answer.tries for answer in live[:3]] == [1, 2, 3]
    moved = live[1]
    assert isinstance(moved, Reply)
    assert [hop.status for hop in moved.hops] == [301]
    assert all(answer.record for answer in live)


async def test_answers_are_the_same_without_a_record() -> None:
    with FaultServer(Town()) as host, FaultServer(Town()) as archive:
        async with open_door(settings(archive), environment={}) as door:
            answer = await door.ask(Request(url=f"{host.url}/plain"))
    assert isinstance(answer, Reply)
    assert answer.body.wire == b"/plain"
    assert answer.header("set-cookie") is None
    assert answer.record is None


async def replays(
    tmp_path: Path, told: DoorSettings, ask: Callable[[Asker], Awaitable[list[Reply | Failure]]]
) -> list[Reply | Failure]:
    """Ask live and from the recording, and prove that nobody can tell the two apart."""
    file = tmp_path / "door.warc"
    evidence = Evidence(Recording(file=file), Run(id="run-1", started_at=utc_now(), seed=7))
    async with open_door(told, evidence=evidence, environment={}, lookup=nobody) as door:
        live = await ask(door)
    await evidence.aclose()
    with open_replay(told, [file]) as replay:
        assert await ask(replay) == live
    return live


def one_by_one(*urls: str) -> Callable[[Asker], Awaitable[list[Reply | Failure]]]:
    async def ask(door: Asker) -> list[Reply | Failure]:
        return [await door.ask(Request(url=url)) for url in urls]

    return ask


def all_at_once(*urls: str) -> Callable[[Asker], Awaitable[list[Reply | Failure]]]:
    async def ask(door: Asker) -> list[Reply | Failure]:
        answers: dict[int, Reply | Failure] = {}

        async def one(number: int, url: str) -> None:
            answers[number] = await door.ask(Request(url=url))

        async with anyio.create_task_group() as group:
            for number, url in enumerate(urls):
                group.start_soon(one, number, url)
        return [answers[number] for number in range(len(urls))]

    return ask


def says_its_turn(status: bytes) -> Script:
    turns = count(1)

    def script(wire: Wire) -> None:
        while wire.request():
            wire.answer(b"%d" % next(turns), b"Retry-After: 1", status=status)

    return script


async def test_a_hosts_own_429_stands_in_the_replay_for_each_who_asked(tmp_path: Path) -> None:
    with FaultServer(says_its_turn(b"429 Too Many")) as host, FaultServer(Town()) as archive:
        told = settings(archive)
        patient = replace(told.pace, longest_rest=0.02)
        live = await replays(
            tmp_path, replace(told, pace=patient), one_by_one(f"{host.url}/", f"{host.url}/")
        )
    assert [replied(answer).body.wire for answer in live] == [b"2", b"3"]


async def test_an_archive_that_refuses_at_first_refuses_in_the_replay(tmp_path: Path) -> None:
    with FaultServer(Town()) as gone:
        pass
    url = f"{gone.url}/web/x"

    async def ask(door: Asker) -> list[Reply | Failure]:
        return [await door.ask(Request(url=url)) for _ in range(2)]

    live = await replays(tmp_path, settings(gone), ask)
    assert kinds(live) == [FailureKind.REFUSED, FailureKind.REFUSED]


async def test_an_archive_that_falls_silent_does_so_in_the_replay(tmp_path: Path) -> None:
    broken = count()

    def script(wire: Wire) -> None:
        while head := wire.request():
            if b"/web/broken" in head and next(broken) < 4:  # the first one is resent by itself
                wire.reset()
                return
            wire.answer(b"fine")

    with FaultServer(script) as archive:
        told = settings(archive)
        pace = replace(told.pace.archives[0], ban_rest=0.05)
        told = replace(
            told, pace=replace(told.pace, archives=(pace,)), retry=replace(told.retry, tries=5)
        )
        urls = [f"{archive.url}/web/{path}" for path in ("fine", "broken", "broken")]
        live = await replays(tmp_path, told, one_by_one(*urls))
    assert kinds(live) == [200, 200, 200]
    assert [answer.tries for answer in live] == [1, 3, 1]


async def test_many_that_lead_to_one_page_keep_their_own_answers(tmp_path: Path) -> None:
    turns = count()

    def script(wire: Wire) -> None:
        while head := wire.request():
            path = head.split(b" ")[1]
            if path == b"/login":
                turn = next(turns)
                time.sleep(0.01 * (turn % 3))
                wire.answer(b"%d" % turn, status=b"503 Busy" if turn % 4 == 0 else b"200 OK")
            else:
                time.sleep(0.005 * (int(path[1:]) * 7 % 5))
                wire.answer(b"", b"Location: /login", status=b"302 Found")

    with FaultServer(script) as host, FaultServer(Town()) as archive:
        urls = [f"{host.url}/{number}" for number in range(24)]
        live = await replays(tmp_path, settings(archive), all_at_once(*urls))
    assert len({replied(answer).body.wire for answer in live}) == len(urls)


async def test_tries_that_the_deadline_ended_end_in_the_replay_too(tmp_path: Path) -> None:
    with FaultServer(says_its_turn(b"500 Broken")) as host, FaultServer(Town()) as archive:
        told = settings(archive)
        hurried = RetrySettings(tries=9, first_wait=0.2, deadline=0.15)
        live = await replays(tmp_path, replace(told, retry=hurried), one_by_one(f"{host.url}/"))
    assert 1 <= live[0].tries < 9


def kinds(answers: list[Reply | Failure]) -> list[int | FailureKind]:
    return [answer.kind if isinstance(answer, Failure) else answer.status for answer in answers]
