from ipaddress import ip_address

import anyio
import pytest

from linkcheck.errors import LinkcheckError, UsageError
from linkcheck.model.exchange import FailureKind, Purpose, Request
from linkcheck.net import dialer
from linkcheck.net.guard import Address
from linkcheck.net.stream import Stream, connect
from linkcheck.net.transport import Transport
from linkcheck.settings.network import Network
from tests.doors import HASTE, HASTY, Names, engine, failed, replied
from tests.faults.scripts import HEAD, kind, says, says_and_stays, says_nothing
from tests.faults.server import FaultServer, Wire

pytestmark = pytest.mark.anyio


async def test_one_connection_serves_many_requests() -> None:
    with FaultServer(kind) as server:
        async with engine() as door:
            replies = [replied(await door.ask(Request(url=server.url))) for _ in range(5)]
        assert server.deserted()
        assert server.connections == 1
    assert [reply.sends for reply in replies] == [1] * 5
    assert replies[0].address == f"127.0.0.1:{server.port}"
    assert 0 < replies[0].first_byte_seconds <= replies[0].total_seconds < 1


async def test_as_many_connections_as_requests_at_once() -> None:
    with FaultServer(kind) as server:
        async with engine() as door:
            for _ in range(3):
                async with anyio.create_task_group() as group:
                    for _ in range(4):
                        group.start_soon(door.ask, Request(url=server.url))
        assert server.deserted()
        assert server.connections <= 4


async def test_a_connection_closed_while_idle_is_not_used() -> None:
    with FaultServer(says(b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n")) as server:
        async with engine() as door:
            for _ in range(3):
                reply = replied(await door.ask(Request(url=server.url)))
                assert server.deserted()
                assert reply.sends == 1


def closes_on_the_second(wire: Wire) -> None:
    """Read a second request and close: the client could not know."""
    wire.request()
    wire.answer(b"hello")
    wire.request()


async def test_a_connection_closed_in_use_is_replaced_once_and_counted() -> None:
    with FaultServer(closes_on_the_second) as server:
        async with engine() as door:
            replies = [replied(await door.ask(Request(url=server.url))) for _ in range(3)]
        assert server.deserted()
    assert [reply.sends for reply in replies] == [1, 2, 2]
    assert server.connections == 3


async def test_the_replacement_is_not_replaced() -> None:
    def script(wire: Wire) -> None:
        wire.request()
        if server.connections == 1:
            wire.answer(b"hello")
            wire.request()

    with FaultServer(script) as server:
        async with engine() as door:
            replied(await door.ask(Request(url=server.url)))
            failure = failed(await door.ask(Request(url=server.url)), FailureKind.RESET)
        assert server.deserted()
    assert failure.sends == 2
    assert server.connections == 2


async def test_an_answer_that_had_begun_is_not_asked_again() -> None:
    def script(wire: Wire) -> None:
        wire.request()
        wire.answer(b"hello")
        wire.request()
        wire.send(HEAD)

    with FaultServer(script) as server:
        async with engine() as door:
            replied(await door.ask(Request(url=server.url)))
            failure = failed(await door.ask(Request(url=server.url)), FailureKind.RESET)
        assert failure.sends == 1
        assert server.connections == 1


@pytest.mark.parametrize(
    "field", [b"Connection: close\r\n", b"Connection: Close, Upgrade\r\nUpgrade: h2c\r\n"]
)
async def test_a_server_that_wants_to_close_is_left(field: bytes) -> None:
    with FaultServer(says_and_stays(HEAD, field, b"Content-Length: 0\r\n\r\n")) as server:
        async with engine() as door:
            for _ in range(2):
                replied(await door.ask(Request(url=server.url)))
            assert server.connections == 2
            assert server.deserted()


async def test_idle_connections_are_few_and_end() -> None:
    settings = Network(allow_private=True, limits=HASTY.limits, idle_connections=2, keep_alive=0.1)
    with FaultServer(kind) as one, FaultServer(kind) as two, FaultServer(kind) as three:
        async with engine(settings) as door:
            for server in (one, two, three):
                replied(await door.ask(Request(url=server.url)))
            assert one.deserted()  # the third is one too many
            await anyio.sleep(0.15)
            replied(await door.ask(Request(url=three.url)))
            assert two.deserted()
            assert (one.connections, two.connections, three.connections) == (1, 1, 2)


@pytest.mark.parametrize("stage", ["before the head", "in the body"])
async def test_cancellation_closes_what_it_leaves(stage: str) -> None:
    def script(wire: Wire) -> None:
        wire.request()
        if stage == "in the body":
            wire.send(HEAD, b"Content-Length: 9\r\n\r\nhalf")
        wire.until_left()

    with FaultServer(script) as server:
        async with engine() as door:
            with anyio.move_on_after(0.1) as scope:
                await door.ask(Request(url=server.url))
            assert scope.cancelled_caught
            assert server.deserted()
            transport = door._transport
            assert isinstance(transport, Transport)
            assert len(transport.kept.idle) == 0


async def test_a_crowd_can_be_cancelled() -> None:
    with FaultServer(says_nothing) as server:
        async with engine() as door:
            async with anyio.create_task_group() as group:
                for _ in range(40):
                    group.start_soon(door.ask, Request(url=server.url))
                await anyio.sleep(0.05)
                group.cancel_scope.cancel()
            assert server.deserted()


async def test_a_connection_that_is_lost_before_it_is_used_was_reset() -> None:
    with FaultServer(says_nothing) as server:
        stream = await connect(ip_address("127.0.0.1"), server.port)
        lower = stream._stream
        await stream.aclose()
        await anyio.sleep(0.01)  # asyncio closes the socket a little later
        with pytest.raises(ConnectionResetError):
            Stream(lower, stream.address)


async def test_closing_twice_is_harmless() -> None:
    with FaultServer(kind) as server:
        async with engine() as door:
            replied(await door.ask(Request(url=server.url)))
            await door.aclose()
            assert server.deserted()


async def test_what_this_machine_lacks_is_no_links_misfortune(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    async def refuse(*_: object, **__: object) -> None:
        await anyio.lowlevel.checkpoint()
        raise OSError(24, "Too many open files")

    monkeypatch.setattr(dialer, "connect", refuse)
    async with engine() as door:
        with pytest.raises(LinkcheckError, match="Too many open files"):
            await door.ask(Request(url="http://127.0.0.1:1/"))


async def test_a_fresh_ask_looks_the_name_up_and_opens_a_connection() -> None:
    names = Names({"site.test": ("127.0.0.1",)})
    with FaultServer(kind) as server:
        url = f"http://site.test:{server.port}/"
        async with engine(Network(allow_private=True), names=names) as door:
            for fresh in (False, False, True):
                replied(await door.ask(Request(url=url, fresh=fresh)))
        assert server.deserted()
        assert (names.asked, server.connections) == (["site.test"] * 2, 2)


async def test_a_host_of_which_one_address_is_silent_does_not_refuse(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    async def some(address: Address, _port: int) -> Stream:
        if str(address) == "127.0.0.1":
            await anyio.sleep_forever()
        raise ConnectionRefusedError(111, "Connection refused")

    monkeypatch.setattr(dialer, "connect", some)
    monkeypatch.setattr(dialer, "IMPATIENCE", 0.01)
    names = Names({"half.test": ("127.0.0.1", "127.0.0.2"), "none.test": ("127.0.0.2",) * 2})
    async with engine(names=names) as door:
        failed(await door.ask(Request(url="http://half.test/")), FailureKind.CONNECT_TIMEOUT)
        failed(await door.ask(Request(url="http://none.test/")), FailureKind.REFUSED)


async def test_patience_is_by_purpose() -> None:
    assert {HASTE} == set(HASTY.limits.values())
    limits = Network().limits
    assert set(limits) == set(Purpose)
    assert all(limit.read <= limit.deadline for limit in limits.values())


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("Authorization", "Bearer secret\n"),
        ("Authorization", "Bearer secret\r\nX: y"),
        ("X-Key", "secret\0"),
        ("X Key", "secret"),
        ("X-Schlüssel", "secret"),
        ("", "secret"),
        ("Content-Length", "5"),
        ("transfer-encoding", "chunked"),
        ("Connection", "secret"),
    ],
)
async def test_a_header_that_cannot_be_sent_is_the_users_to_mend(name: str, value: str) -> None:
    with FaultServer(kind) as server:
        async with engine() as door:
            with pytest.raises(UsageError) as raised:
                await door.ask(Request(url=server.url, headers=((name, value),)))
        assert server.heads == []
    assert "secret" not in str(raised.value)


async def test_space_around_a_headers_value_is_not_sent() -> None:
    with FaultServer(kind) as server:
        async with engine() as door:
            replied(await door.ask(Request(url=server.url, headers=(("X-Key", " a\tb 文 "),))))
    assert "\r\nX-Key: a\tb 文\r\n".encode() in server.heads[0]
