"""Whatever a server sends, an answer is a reply or a failure and never an exception."""

import random
from collections.abc import Callable

import pytest

from linkcheck.model.exchange import Failure, Purpose, Reply, Request
from linkcheck.settings.network import Limits, Network
from tests.doors import engine
from tests.faults.certificates import make_certificates
from tests.faults.http2 import Talk, speaking_http2, talks
from tests.faults.server import FaultServer, Wire

pytestmark = pytest.mark.anyio
ROUNDS = 150
HURRY = Network(
    allow_private=True, limits=dict.fromkeys(Purpose, Limits(deadline=0.05, read=0.05, body=999))
)
GOOD = (
    b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nTransfer-Encoding: chunked\r\n\r\n"
    b"5\r\nhello\r\n0\r\nTrailer: x\r\n\r\n"
)


def spoil(good: bytes, dice: random.Random) -> bytes:
    """Change, drop, double or insert a few bytes."""
    wire = bytearray(good)
    for _ in range(dice.randint(1, 4)):
        place = dice.randrange(len(wire) or 1)
        length = dice.randrange(8)
        wire[place : place + length] = dice.choice(
            [b"", dice.randbytes(length), wire[place : place + length] * 2, b"\r\n", b"\0", b"\xff"]
        )
    return bytes(wire)


def spoils_http1(dice: random.Random) -> Callable[[Wire], None]:
    def script(wire: Wire) -> None:
        wire.request()
        wire.send(spoil(GOOD, dice))

    return script


def spoils_http2(dice: random.Random) -> Callable[[Talk], None]:
    def script(talk: Talk) -> None:
        for stream, _ in talk.requests():
            talk.http.send_headers(stream, [(":status", "200"), ("x", "y" * 20)])
            talk.http.send_data(stream, b"hello", end_stream=True)
        talk.wire.send(spoil(talk.http.data_to_send(), dice))

    return script


async def test_noise_on_http1() -> None:
    dice = random.Random(1)  # noqa: S311 # noise that can be repeated
    with FaultServer(spoils_http1(dice)) as server:
        async with engine(HURRY) as door:
            for _ in range(ROUNDS):
                assert isinstance(await door.ask(Request(url=server.url)), Reply | Failure)
        assert server.deserted()


async def test_noise_on_http2(tmp_path_factory: pytest.TempPathFactory) -> None:
    dice = random.Random(2)  # noqa: S311 # noise that can be repeated
    certificates = make_certificates(tmp_path_factory.mktemp("noise"))
    tls = speaking_http2(certificates.good())
    with FaultServer(talks(spoils_http2(dice)), tls) as server:
        async with engine(HURRY, certificates.environment) as door:
            for _ in range(ROUNDS):
                assert isinstance(await door.ask(Request(url=server.url)), Reply | Failure)
        assert server.deserted()
