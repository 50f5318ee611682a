"""The whole nest: what it gives live, recorded and replayed."""

from datetime import timedelta
from pathlib import Path

import pytest

from linkcheck.model.exchange import Failure, FailureKind, Reply, Request
from linkcheck.model.run import Run
from linkcheck.net.door import open_door, open_replay
from linkcheck.net.engine import utc_now
from linkcheck.net.evidence import Evidence
from linkcheck.settings.door import DoorSettings
from linkcheck.settings.pace import ArchivePace, Budget, EndpointPace, HostPace, PaceSettings
from linkcheck.settings.recording import Recording
from linkcheck.settings.retry import RetrySettings
from tests.doors import HASTY
from tests.faults.server import FaultServer, Wire

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


def kinds(answers: list[Reply | Failure]) -> list[int | FailureKind]:
    return [answer.kind if isinstance(answer, Failure) else answer.status for answer in answers]
