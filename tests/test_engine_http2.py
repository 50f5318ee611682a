import anyio
import h2.errors
import pytest

from linkcheck.model.exchange import Failure, FailureKind, Reply, Request
from linkcheck.net.transport import Transport
from linkcheck.settings.network import Network
from tests.doors import BODY, HASTY, engine, failed, replied
from tests.faults.certificates import Certificates, make_certificates
from tests.faults.http2 import Talk, polite, speaking_http2, talks
from tests.faults.scripts import kind
from tests.faults.server import FaultServer, Script

pytestmark = pytest.mark.anyio


@pytest.fixture(scope="module")
def certificates(tmp_path_factory: pytest.TempPathFactory) -> Certificates:
    return make_certificates(tmp_path_factory.mktemp("certificates"))


def serve(certificates: Certificates, script: Script) -> FaultServer:
    return FaultServer(script, speaking_http2(certificates.good()))


async def test_http2_is_spoken_where_it_is_offered(certificates: Certificates) -> None:
    with serve(certificates, talks(polite)) as server:
        async with engine(environment=certificates.environment) as door:
            for _ in range(3):
                reply = replied(await door.ask(Request(url=f"{server.url}/%e6/../[1]~100%?")))
                assert reply.body.wire == b"/%e6/../[1]~100%?"
        assert server.deserted()
    assert (reply.http_version, reply.reason, reply.status) == ("HTTP/2", "", 200)
    assert reply.header("x-stream") == "5"
    assert reply.tls is not None
    assert server.connections == 1


async def test_http2_can_be_left(certificates: Certificates) -> None:
    with FaultServer(kind, certificates.good()) as server:
        settings = Network(allow_private=True, limits=HASTY.limits, http2=False)
        async with engine(settings, certificates.environment) as door:
            assert replied(await door.ask(Request(url=server.url))).http_version == "HTTP/1.1"


async def test_one_connection_carries_many_at_once(certificates: Certificates) -> None:
    answers: list[Reply | Failure] = []
    with serve(certificates, talks(polite)) as server:
        async with engine(environment=certificates.environment) as door:

            async def ask(number: int) -> None:
                answers.append(await door.ask(Request(url=f"{server.url}/{number}")))

            async with anyio.create_task_group() as group:
                for number in range(20):
                    group.start_soon(ask, number)
        assert server.deserted()
        assert server.connections == 1
    assert {replied(answer).body.wire for answer in answers} == {b"/%d" % n for n in range(20)}


async def test_no_more_streams_than_were_agreed(certificates: Certificates) -> None:
    settings = Network(allow_private=True, limits=HASTY.limits, streams=4)
    with serve(certificates, talks(polite)) as server:
        async with engine(settings, certificates.environment) as door:
            async with anyio.create_task_group() as group:
                for _ in range(12):
                    group.start_soon(door.ask, Request(url=server.url))
            replied(await door.ask(Request(url=server.url)))
        assert server.deserted()
        assert 1 <= server.connections <= 3


async def test_a_body_is_cut_at_its_cap_and_the_connection_left(certificates: Certificates) -> None:
    def script(talk: Talk) -> None:
        while found := talk.requests():
            for stream, _ in found:
                talk.http.send_headers(stream, [(":status", "200")])
                for _ in range(3 * BODY // 16384):
                    talk.http.send_data(stream, b"x" * 16384)
                talk.flush()

    with serve(certificates, talks(script)) as server:
        async with engine(environment=certificates.environment) as door:
            for _ in range(2):
                reply = replied(await door.ask(Request(url=server.url)))
                assert (reply.body.size, reply.body.truncated) == (BODY, True)
        assert server.deserted()
        assert server.connections == 2


def gives_up_the_stream(talk: Talk) -> None:
    for stream, _ in talk.requests():
        talk.http.reset_stream(stream, h2.errors.ErrorCodes.INTERNAL_ERROR)
    talk.flush()
    talk.wire.until_left()


def gives_up_the_connection(talk: Talk) -> None:
    talk.requests()
    talk.http.close_connection(h2.errors.ErrorCodes.ENHANCE_YOUR_CALM)
    talk.flush()
    talk.wire.until_left()


def ends(talk: Talk) -> None:
    talk.requests()


def resets(talk: Talk) -> None:
    talk.requests()
    talk.wire.reset()


def half(talk: Talk) -> None:
    for stream, _ in talk.requests():
        talk.http.send_headers(stream, [(":status", "200"), ("content-length", "9")])
        talk.http.send_data(stream, b"half")
    talk.flush()


def short(talk: Talk) -> None:
    for stream, _ in talk.requests():
        talk.answer(stream, b"half", ("content-length", "9"))
    talk.wire.until_left()


def says_nothing(talk: Talk) -> None:
    talk.requests()
    talk.wire.until_left()


def odd_status(talk: Talk) -> None:
    for stream, _ in talk.requests():
        talk.http.send_headers(stream, [(":status", "odd")], end_stream=True)
    talk.flush()
    talk.wire.until_left()


def no_status(talk: Talk) -> None:
    for _ in talk.requests():
        # HEADERS with END_STREAM and END_HEADERS, and in it `x: y` alone
        talk.wire.send(b"\0\0\x05\x01\x05\0\0\0\x01" + b"\x00\x01x\x01y")
    talk.wire.until_left()


def a_field_that_splits(talk: Talk) -> None:
    for stream, _ in talk.requests():
        talk.answer(stream, b"", ("x", "y\r\nLocation: http://elsewhere/"))
    talk.wire.until_left()


def too_many_fields(talk: Talk) -> None:
    for stream, _ in talk.requests():
        talk.answer(stream, b"", *[(f"x-{number}", "y") for number in range(300)])
    talk.wire.until_left()


def endless_fields(talk: Talk) -> None:
    for stream, _ in talk.requests():
        talk.answer(stream, b"", *[(f"x-{number}", "y" * 1000) for number in range(99)])
    talk.wire.until_left()


def no_frames(talk: Talk) -> None:
    talk.requests()
    talk.wire.send(b"HTTP/1.1 400 Bad Request\r\n\r\n" * 9)
    talk.wire.until_left()


def a_frame_too_large(talk: Talk) -> None:
    talk.requests()
    talk.wire.send(b"\0\x80\0\0\0\0\0\0\x01" + b"x" * 0x8000)
    talk.wire.until_left()


def data_before_the_head(talk: Talk) -> None:
    talk.requests()
    talk.wire.send(b"\0\0\x01\0\x01\0\0\0\x01x")
    talk.wire.until_left()


def endless_continuation(talk: Talk) -> None:
    talk.requests()
    talk.wire.send(b"\0\0\x01\x01\0\0\0\0\x01\x88")
    while True:
        talk.wire.send(b"\0\0\x01\x09\0\0\0\0\x01\x88" * 99)


FAULTS = {
    gives_up_the_stream: FailureKind.RESET,
    gives_up_the_connection: FailureKind.RESET,
    ends: FailureKind.RESET,
    resets: FailureKind.RESET,
    half: FailureKind.RESET,
    short: FailureKind.PROTOCOL,
    says_nothing: FailureKind.READ_TIMEOUT,
    odd_status: FailureKind.PROTOCOL,
    no_status: FailureKind.PROTOCOL,
    a_field_that_splits: FailureKind.PROTOCOL,
    too_many_fields: FailureKind.TOO_LARGE,
    endless_fields: FailureKind.TOO_LARGE,
    no_frames: FailureKind.READ_TIMEOUT,  # h2 waits for the rest of what looks like a long frame
    a_frame_too_large: FailureKind.PROTOCOL,
    data_before_the_head: FailureKind.PROTOCOL,
    endless_continuation: FailureKind.PROTOCOL,
}


@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: fault.__name__)
async def test_a_fault_is_a_failure_of_its_kind(certificates: Certificates, fault: Script) -> None:
    with serve(certificates, talks(fault)) as server:  # type: ignore[arg-type] # parametrised
        async with engine(environment=certificates.environment) as door:
            failure = failed(await door.ask(Request(url=server.url)), FAULTS[fault])  # type: ignore[index] # the same
            transport = door._transport
            assert isinstance(transport, Transport)
            assert not transport.kept.shared
        assert server.deserted()
    assert failure.sends == 1


async def test_a_connection_given_up_between_requests_is_replaced(
    certificates: Certificates,
) -> None:
    def script(talk: Talk) -> None:
        for stream, _ in talk.requests():
            talk.answer(stream)
        talk.requests()
        gives = talk.http
        gives.close_connection(last_stream_id=1)
        talk.flush()

    with serve(certificates, talks(script)) as server:
        async with engine(environment=certificates.environment) as door:
            replies = [replied(await door.ask(Request(url=server.url))) for _ in range(3)]
        assert server.deserted()
    assert replies[0].sends == 1
    assert max(reply.sends for reply in replies) <= 2


async def test_one_that_leaves_does_not_disturb_the_others(certificates: Certificates) -> None:
    """A stream that is cancelled ends the connection for new ones, not for those under way."""

    def script(talk: Talk) -> None:
        waiting: list[int] = []
        while found := talk.requests():
            for stream, fields in found:
                if dict(fields)[":path"] == "/now":
                    for early in [*waiting, stream]:
                        talk.answer(early)
                    waiting.clear()
                else:
                    waiting.append(stream)

    settings = Network(allow_private=True, limits=HASTY.limits)
    answers: list[Reply | Failure] = []
    with serve(certificates, talks(script)) as server:
        async with engine(settings, certificates.environment) as door:

            async def ask(path: str) -> None:
                answers.append(await door.ask(Request(url=server.url + path)))

            await ask("/now")
            async with anyio.create_task_group() as group:
                group.start_soon(ask, "/wait")
                await anyio.sleep(0.02)
                with anyio.move_on_after(0.03):
                    await ask("/wait")
                await ask("/now")  # on a new connection
            transport = door._transport
            assert isinstance(transport, Transport)
        assert server.deserted()
    kinds = sorted(type(answer).__name__ for answer in answers)
    assert kinds == ["Failure", "Reply", "Reply"]
    assert server.connections == 2
