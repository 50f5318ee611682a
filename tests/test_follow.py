from collections.abc import Mapping
from datetime import UTC, datetime

import pytest

from linkcheck.model.exchange import Body, Failure, FailureKind, Reply, Request
from linkcheck.net.follow import Follow
from linkcheck.settings.network import Network
from tests.doors import HASTY, Names, engine, failed, replied
from tests.faults.scripts import HEAD, kind
from tests.faults.server import FaultServer, Script, Wire

pytestmark = pytest.mark.anyio
NOW = datetime(2026, 11, 20, tzinfo=UTC)


class Web:
    """Answer from a table: a path, and where it redirects to."""

    def __init__(self, redirects: Mapping[str, bytes], status: int = 302) -> None:
        self.redirects = redirects
        self.status = status
        self.asked: list[Request] = []

    async def ask(self, request: Request) -> Reply | Failure:
        self.asked.append(request)
        location = self.redirects.get(request.url.partition("#")[0])
        return Reply(
            url=request.url,
            status=200 if location is None else self.status,
            reason="",
            headers=() if location is None else ((b"Location", location),),
            http_version="HTTP/1.1",
            body=Body.of(b""),
            address="192.0.2.1:80",
            asked_at=NOW,
            first_byte_seconds=0.1,
            total_seconds=0.1,
            record=f"record of {request.url}",
        )


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
async def test_the_chain_is_kept(status: int) -> None:
    web = Web({"http://a/": b"/b", "http://a/b": b"https://c/\xe6\x96\x87"}, status)
    reply = replied(await Follow(web, HASTY).ask(Request(url="http://a/", method="HEAD")))
    assert reply.url == "https://c/文"
    assert reply.status == 200
    assert [(hop.url, hop.status, hop.location) for hop in reply.hops] == [
        ("http://a/", status, "/b"),
        ("http://a/b", status, "https://c/文"),
    ]
    assert [hop.record for hop in reply.hops] == ["record of http://a/", "record of http://a/b"]
    assert [hop.address for hop in reply.hops] == ["192.0.2.1:80"] * 2
    assert [request.method for request in web.asked] == ["HEAD"] * 3


@pytest.mark.parametrize("status", [200, 300, 304, 305, 306, 404])
async def test_no_other_status_leads_on(status: int) -> None:
    web = Web({"http://a/": b"/b"}, status)
    reply = replied(await Follow(web, HASTY).ask(Request(url="http://a/")))
    assert (reply.status, reply.hops) == (status, ())


async def test_a_lane_may_judge_each_hop_itself() -> None:
    reply = replied(
        await Follow(Web({"http://a/": b"/b"}), HASTY).ask(Request(url="http://a/", follow=False))
    )
    assert (reply.status, reply.hops) == (302, ())


async def test_a_redirect_to_nowhere_is_the_answer() -> None:
    reply = replied(await Follow(Web({"http://a/": b""}), HASTY).ask(Request(url="http://a/")))
    assert (reply.status, reply.hops) == (302, ())


@pytest.mark.parametrize("length", [1, 2, 5])
async def test_a_loop_ends_where_it_began(length: int) -> None:
    web = Web({f"http://a/{n}": b"/%d" % ((n + 1) % length) for n in range(length)})
    failure = failed(
        await Follow(web, HASTY).ask(Request(url="http://a/0#x")), FailureKind.REDIRECT_LOOP
    )
    assert len(failure.hops) == length
    assert len(web.asked) == length


async def test_a_loop_that_only_the_spelling_hides() -> None:
    web = Web({"http://a/": b"HTTP://A:80/#top"})
    failed(await Follow(web, HASTY).ask(Request(url="http://a/")), FailureKind.REDIRECT_LOOP)


async def test_a_chain_may_have_ten_hops() -> None:
    chain = {f"http://a/{n}": b"/%d" % (n + 1) for n in range(10)}
    reply = replied(await Follow(Web(chain), HASTY).ask(Request(url="http://a/0")))
    assert len(reply.hops) == 10


async def test_a_chain_may_not_have_eleven() -> None:
    chain = {f"http://a/{n}": b"/%d" % (n + 1) for n in range(99)}
    web = Web(chain)
    failure = failed(
        await Follow(web, HASTY).ask(Request(url="http://a/0")), FailureKind.TOO_MANY_REDIRECTS
    )
    assert len(failure.hops) == 11
    assert len(web.asked) == 11


async def test_the_cap_can_be_set() -> None:
    follow = Follow(Web({"http://a/": b"/b"}), Network(redirects=0))
    failed(await follow.ask(Request(url="http://a/")), FailureKind.TOO_MANY_REDIRECTS)


SECRETS = (("Authorization", "Basic x"), ("Cookie", "a=b"), ("X-Api-Key", "secret"))
HARMLESS = (("Accept", "text/html"), ("accept-language", "zh"))


@pytest.mark.parametrize(
    ("onward", "kept"),
    [
        (b"/b", SECRETS + HARMLESS),
        (b"http://a:80/b", SECRETS + HARMLESS),
        (b"http://b/", HARMLESS),
        (b"https://a/", HARMLESS),
        (b"http://a:81/", HARMLESS),
        (b"http://sub.a/", HARMLESS),
        (b"file:///x", HARMLESS),
    ],
)
async def test_secrets_stay_within_their_origin(
    onward: bytes, kept: tuple[tuple[str, str], ...]
) -> None:
    web = Web({"http://a/": onward})
    await Follow(web, HASTY).ask(Request(url="http://a/", headers=SECRETS + HARMLESS))
    assert web.asked[1].headers == kept


def redirects(location: bytes) -> Script:
    def script(wire: Wire) -> None:
        while wire.request():
            wire.answer(b"", b"Location: " + location, status=b"302 Found")

    return script


@pytest.mark.parametrize(
    "location",
    [
        b"file:///etc/passwd", b"ftp://example.org/", b"javascript:alert(1)", b"data:,x",
        b"http://[::1]/", b"http://127.0.0.1:1/", b"//0x7f.1/", b"http://2130706433/",
        b"http://inside.test/", b"https://inside.test/", b"http://[::ffff:10.0.0.1]/",
    ],
)  # fmt: skip
async def test_a_redirect_cannot_lead_inside(
    location: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    names = Names({"outside.test": ("127.0.0.1",), "inside.test": ("127.0.0.1",)})
    with FaultServer(redirects(location)) as server, FaultServer(kind) as inside:
        strict = Network(limits=HASTY.limits)
        async with engine(strict, names=names) as door:
            let_pass_the_first(monkeypatch)
            url = f"http://outside.test:{server.port}/"
            failure = failed(await Follow(door, strict).ask(Request(url=url)), FailureKind.GUARDED)
        assert inside.connections == 0
        assert server.connections == 1
    assert [hop.url for hop in failure.hops] == [url]
    assert failure.hops[0].address == f"127.0.0.1:{server.port}"
    assert failure.address is None


def let_pass_the_first(monkeypatch: pytest.MonkeyPatch) -> None:
    """Stand in for a public server: the guard lets loopback pass once."""
    from linkcheck.net import guard  # noqa: PLC0415 # to be patched

    judge = guard.unfit
    judged: list[object] = []

    def first_passes(address: guard.Address) -> str | None:
        judged.append(address)
        return None if len(judged) == 1 else judge(address)

    monkeypatch.setattr(guard, "unfit", first_passes)


async def test_another_port_is_followed() -> None:
    with FaultServer(kind) as end, FaultServer(redirects(end.url.encode() + b"/x")) as start:
        async with engine() as door:
            reply = replied(await Follow(door, HASTY).ask(Request(url=start.url)))
    assert (reply.url, reply.body.wire) == (f"{end.url}/x", b"hello")
    assert reply.address == f"127.0.0.1:{end.port}"
    assert reply.hops[0].address == f"127.0.0.1:{start.port}"


@pytest.mark.parametrize(
    ("location", "wire"),
    [
        (b"/caf\xe9", b"/caf%E9"),  # Latin-1
        (b"/caf\xc3\xa9", b"/caf%C3%A9"),  # UTF-8
        (b"/%e6/../[1]~", b"/%e6/../[1]~"),
        (b"a b", b"/a%20b"),
    ],
)
async def test_the_bytes_of_a_location_arrive(location: bytes, wire: bytes) -> None:
    def script(connection: Wire) -> None:
        connection.request()
        connection.send(
            HEAD.replace(b"200 OK", b"301 Moved"), b"Location: " + location, b"\r\n", EMPTY
        )
        connection.request()
        connection.answer()

    with FaultServer(script) as server:
        async with engine() as door:
            reply = replied(await Follow(door, HASTY).ask(Request(url=server.url)))
    assert server.heads[1].split(b" ")[1] == wire
    assert reply.hops[0].location.encode("utf-8", "surrogateescape") == location
    reply.url.encode("utf-8")  # no half characters go on from here


EMPTY = b"Content-Length: 0\r\n\r\n"
