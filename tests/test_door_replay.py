"""A run through the whole nest against servers that misbehave by chance, and its replay."""

import time
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from random import Random

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
from tests.doors import HASTY, Names
from tests.faults.scripts import HEAD
from tests.faults.server import FaultServer, Script, Wire

pytestmark = pytest.mark.anyio

ALL = EndpointPace(name="all", paths=("/",), budget=Budget(requests=10_000, seconds=1.0))
ELSEWHERE = ("ftp://x.test", "http://no-such-name.test", "http://me:hidden@no-such-name.test")


def moody(seed: int, towns: list[str]) -> Script:
    """Do to each request something else, slowly or at once."""
    dice = Random(seed)  # noqa: S311 - moods

    def redirect(wire: Wire) -> None:
        place = f"{dice.choice([*towns, *ELSEWHERE])}/{dice.randrange(6)}"
        wire.answer(b"", b"Location: " + place.encode(), b"Set-Cookie: hidden", status=b"302 Found")

    moods: list[Script] = [
        Wire.reset,
        lambda wire: wire.send(HEAD, b"Content-Length: 10\r\n\r\nhalf"),
        lambda wire: wire.answer(b"busy", status=b"503 Busy"),
        lambda wire: wire.answer(b"later", b"Retry-After: 1", status=b"503 Busy"),
        lambda wire: wire.answer(b"no", status=b"429 Too Many"),
        lambda wire: wire.answer(b"no", b"Retry-After: 1", status=b"429 Too Many"),
        lambda wire: wire.answer(b"its own", b"Memento-Datetime: x", status=b"503 Busy"),
        *[redirect] * 3,
        *[lambda wire: wire.answer(b"%f" % dice.random())] * 4,
    ]

    def script(wire: Wire) -> None:
        while wire.request():
            if dice.random() < 0.3:
                time.sleep(dice.random() * 0.01)
            mood = dice.choice(moods)
            mood(wire)
            if mood in moods[:2]:
                return

    return script


def told(seed: int, archive: FaultServer) -> DoorSettings:
    pace = ArchivePace(
        name="loopback",
        hosts=(f"127.0.0.1:{archive.port}",),
        endpoints=(ALL,),
        connections=4,
        throttle_rest=0.02,
        ban_rest=0.03,
    )
    return DoorSettings(
        network=HASTY,
        pace=PaceSettings(
            archives=(pace,),
            host=HostPace(connections=8, interval=0.0, rest=0.02),
            longest_rest=0.05,
            host_patience=0.04 if seed % 2 else 10.0,
        ),
        retry=RetrySettings(first_wait=0.02, deadline=0.03 if seed % 3 else 5.0),
        user_headers=("X-Key",),
    )


def questions(seed: int, towns: list[str]) -> list[Request]:
    """Return more questions than there are pages, so that many are asked again meanwhile."""
    dice = Random(seed)  # noqa: S311 - examples
    return [
        Request(
            url=f"{dice.choice(towns)}/{dice.randrange(6)}".replace(
                "//", dice.choice(("//", "//me:hidden@"))
            ),
            method=dice.choice(("GET", "GET", "HEAD")),
            headers=dice.choice(((), (("X-Key", "hidden"),))),
            follow=dice.random() < 0.7,
        )
        for _ in range(60)
    ]


async def ask_all(door: Asker, requests: list[Request]) -> list[Reply | Failure]:
    answers: dict[int, Reply | Failure] = {}

    async def ask(number: int, request: Request) -> None:
        answers[number] = await door.ask(request)

    # One after the other they set out, and all are on their way at once.
    async with anyio.create_task_group() as group:
        for number, request in enumerate(requests):
            group.start_soon(ask, number, request)
            await anyio.lowlevel.checkpoint()
    return [answers[number] for number in range(len(requests))]


@pytest.mark.parametrize("seed", range(4))
async def test_a_replay_cannot_be_told_from_the_run(tmp_path: Path, seed: int) -> None:
    file = tmp_path / "run.warc"
    run = Run(id="run", started_at=utc_now(), seed=seed)
    towns: list[str] = []
    servers = [FaultServer(moody(10 * seed + number, towns)) for number in range(3)]
    towns += [server.url for server in servers]
    settings = told(seed, servers[0])
    requests = questions(seed, towns)
    with servers[0], servers[1], servers[2]:
        evidence = Evidence(Recording(file=file, user_headers=("X-Key",)), run)
        async with open_door(
            settings,
            evidence=evidence,
            environment={},
            lookup=Names(),
            run_until=utc_now() + timedelta(seconds=2),
        ) as door:
            live = await ask_all(door, requests)
        await evidence.aclose()
    assert b"hidden" not in file.read_bytes()
    with open_replay(settings, [file]) as replay:
        assert await ask_all(replay, requests) == live
    assert not any(
        isinstance(answer, Failure) and answer.kind is FailureKind.NOT_RECORDED for answer in live
    )
    assert any(answer.tries > 1 for answer in live)
    assert any(answer.hops for answer in live)


async def test_a_door_that_forgets_the_users_headers_stays_shut(tmp_path: Path) -> None:
    run = Run(id="run", started_at=utc_now(), seed=1)
    evidence = Evidence(Recording(file=tmp_path / "a.warc"), run)
    settings = replace(DoorSettings(), user_headers=("X-Key",))
    with pytest.raises(ValueError, match="x-key"):
        async with open_door(settings, evidence=evidence, environment={}):
            pass
    await evidence.aclose()
