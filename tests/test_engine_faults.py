import gzip
import time
import zlib

import pytest

from linkcheck.model.exchange import FailureKind, Reply, Request
from linkcheck.unpack import decode
from tests.doors import BODY, engine, failed, replied
from tests.faults.scripts import (
    HEAD,
    drips,
    endless,
    endless_fields,
    resets_at_once,
    says,
    says_and_resets,
    says_and_stays,
    says_nothing,
)
from tests.faults.server import FaultServer, Script

pytestmark = pytest.mark.anyio

PROTOCOL, RESET, TOO_LARGE = FailureKind.PROTOCOL, FailureKind.RESET, FailureKind.TOO_LARGE
SILENT, LATE = FailureKind.READ_TIMEOUT, FailureKind.DEADLINE
LENGTH = HEAD + b"Content-Length: 100\r\n\r\n"
CHUNKED = HEAD + b"Transfer-Encoding: chunked\r\n\r\n"

FAULTS: dict[str, tuple[Script, FailureKind]] = {
    "reset at once": (resets_at_once, RESET),
    "reset before the head": (says_and_resets(), RESET),
    "reset in the head": (says_and_resets(b"HTTP/1.1 200 OK\r\nCont"), RESET),
    "reset after the head": (says_and_resets(LENGTH), RESET),
    "reset in the body": (says_and_resets(LENGTH, b"half"), RESET),
    "end before the head": (says(), RESET),
    "end in the head": (says(b"HTTP/1.1 200 OK\r\nCont"), RESET),
    "half a body": (says(LENGTH, b"x" * 50), RESET),
    "half a chunk": (says(CHUNKED, b"5\r\nhel"), RESET),
    "no last chunk": (says(CHUNKED, b"5\r\nhello\r\n"), RESET),
    "a chunk of no size": (says(CHUNKED, b"zz\r\nhello\r\n0\r\n\r\n"), PROTOCOL),
    "a chunk of wrong size": (says(CHUNKED, b"3\r\nhello\r\n0\r\n\r\n"), PROTOCOL),
    "a chunk of endless size": (says(CHUNKED, b"f" * 30 + b"\r\n"), PROTOCOL),
    "endless chunk extension": (endless(after=CHUNKED, piece=b"5;" + b"x" * 9000), TOO_LARGE),
    "endless trailers": (endless(after=CHUNKED + b"0\r\n", piece=b"A: b\r\n" * 999), TOO_LARGE),
    "two lengths": (says(HEAD, b"Content-Length: 5\r\nContent-Length: 6\r\n\r\nhello!"), PROTOCOL),
    "a length below nothing": (says(HEAD, b"Content-Length: -5\r\n\r\nhello"), PROTOCOL),
    "a length in words": (says(HEAD, b"Content-Length: five\r\n\r\nhello"), PROTOCOL),
    "endless header fields": (endless_fields, TOO_LARGE),
    "a field of 1 MB": (says(HEAD, b"X: " + b"x" * (1 << 20) + b"\r\n\r\n"), TOO_LARGE),
    "a field without end": (endless(piece=b"x" * 4096, after=HEAD + b"X: "), TOO_LARGE),
    "a status line without end": (endless(piece=b"x" * 4096, after=b"HTTP/1.1 200 "), TOO_LARGE),
    "300 fields": (says(HEAD, b"X: y\r\n" * 300, b"\r\n"), TOO_LARGE),
    "NUL in a field": (says(HEAD, b"X: a\0b\r\nContent-Length: 0\r\n\r\n"), PROTOCOL),
    "a field without a name": (says(HEAD, b": b\r\n\r\n"), PROTOCOL),
    "status 0": (says(b"HTTP/1.1 0 Nothing\r\n\r\n"), PROTOCOL),
    "status 000": (says(b"HTTP/1.1 000 Nothing\r\n\r\n"), PROTOCOL),
    "status 99": (says(b"HTTP/1.1 99 Low\r\n\r\n"), PROTOCOL),
    "status 099": (says(b"HTTP/1.1 099 Low\r\n\r\n"), PROTOCOL),
    "status 2000": (says(b"HTTP/1.1 2000 High\r\n\r\n"), PROTOCOL),
    "status -1": (says(b"HTTP/1.1 -1 Below\r\n\r\n"), PROTOCOL),
    "101 unasked": (says(b"HTTP/1.1 101 Switching\r\nUpgrade: x\r\n\r\n"), PROTOCOL),
    "HTTP/0.9": (says(b"<html>hello</html>\r\n"), PROTOCOL),
    "HTTP/2 in clear": (says(b"\0\0\x12\x04\0\0\0\0\0" + bytes(18)), PROTOCOL),
    "another protocol": (says(b"SSH-2.0-OpenSSH_9.6\r\n"), PROTOCOL),
    "a version of its own": (says(b"HTTP/9.9.9 200 OK\r\n\r\n"), PROTOCOL),
    "a body that drips": (drips(after=LENGTH, piece=b"x"), LATE),
    "a head that drips": (drips(after=HEAD, piece=b"x"), SILENT),
    "nothing, ever": (says_nothing, SILENT),
    "nothing after the head": (drips(after=LENGTH, piece=b"", seconds=9), SILENT),
    "endless 100 Continue": (endless(after=b"", piece=b"HTTP/1.1 100 Continue\r\n\r\n"), SILENT),
}
ODDITIES: dict[str, tuple[bytes, int, bytes]] = {
    "status 999": (b"HTTP/1.1 999 Request denied\r\nContent-Length: 2\r\n\r\nno", 999, b"no"),
    "status 299": (b"HTTP/1.1 299 Odd\r\nContent-Length: 0\r\n\r\n", 299, b""),
    "no reason": (b"HTTP/1.1 200\r\nContent-Length: 2\r\n\r\nok", 200, b"ok"),
    "HTTP/1.0": (b"HTTP/1.0 200 OK\r\n\r\nuntil the end", 200, b"until the end"),
    "no length": (b"HTTP/1.1 200 OK\r\n\r\nuntil the end", 200, b"until the end"),
    "bare line feeds": (b"HTTP/1.1 200 OK\nContent-Length: 2\n\nok", 200, b"ok"),
    "chunks": (CHUNKED + b"2\r\nab\r\n1;x=y\r\nc\r\n0\r\nT: t\r\n\r\n", 200, b"abc"),
    "early hints": (
        b"HTTP/1.1 103 Hints\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n",
        200,
        b"",
    ),
    "204 with a body": (b"HTTP/1.1 204 No Content\r\nContent-Length: 5\r\n\r\nhello", 204, b""),
    "bytes after the end": (
        b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok, and HTTP/1.1 200 more",
        200,
        b"ok",
    ),
}


@pytest.mark.parametrize("fault", FAULTS)
async def test_a_fault_is_a_failure_of_its_kind(fault: str) -> None:
    script, kind = FAULTS[fault]
    with FaultServer(script) as server:
        async with engine() as door:
            started = time.monotonic()
            failure = failed(await door.ask(Request(url=server.url)), kind)
            assert time.monotonic() - started < 2
        assert server.deserted()
    assert failure.sends == 1 or fault == "reset at once"  # the RST may come before the request
    assert failure.address == f"127.0.0.1:{server.port}"


@pytest.mark.parametrize("oddity", ODDITIES)
async def test_an_oddity_is_a_reply_as_it_was_sent(oddity: str) -> None:
    wire, status, body = ODDITIES[oddity]
    with FaultServer(says(wire)) as server:
        async with engine() as door:
            reply = replied(await door.ask(Request(url=server.url)))
        assert server.deserted()
    assert (reply.status, reply.body.wire) == (status, body)


@pytest.mark.parametrize("oddity", ["bytes after the end", "204 with a body"])
async def test_left_over_bytes_never_answer_the_next_request(oddity: str) -> None:
    with FaultServer(says_and_stays(ODDITIES[oddity][0])) as server:
        async with engine() as door:
            for _ in range(3):
                replied(await door.ask(Request(url=server.url)))
        assert server.deserted()
        assert server.connections == 3


async def test_header_bytes_survive() -> None:
    values = (
        b"Location: /\xe6\x96\x87\xe7\xab\xa0",
        b"location: /caf\xe9",
        b"X-Odd: \x01\x7f\xff",
        b"sEt-CooKie: a=b",
        b"Empty:",
    )
    with FaultServer(says(HEAD, b"\r\n".join(values), b"\r\n\r\n")) as server:
        async with engine() as door:
            reply = replied(await door.ask(Request(url=server.url)))
    assert reply.headers == (
        (b"Location", b"/\xe6\x96\x87\xe7\xab\xa0"),
        (b"location", b"/caf\xe9"),
        (b"X-Odd", b"\x01\x7f\xff"),
        (b"sEt-CooKie", b"a=b"),
        (b"Empty", b""),
    )
    assert reply.header("Location") == "/文章"


PLAIN = b"<p>" + b"hello " * 9000
GZIP = gzip.compress(PLAIN)
PACKED: dict[str, tuple[bytes, bytes, bytes | None]] = {
    "gzip": (b"gzip", GZIP, PLAIN),
    "deflate": (b"deflate", zlib.compress(PLAIN), PLAIN),
    "brotli": (b"br", b"\x0b\x02\x80hello\x03", None),
    "zstd": (b"zstd", b"\x28\xb5\x2f\xfd\x04\x58\x29\x00\x00hello", None),
    "gzip that is plain": (b"gzip", PLAIN, PLAIN),
    "gzip that nobody named": (b"identity", GZIP, PLAIN),
    "gzip that is cut": (b"gzip", GZIP[:-9], None),
    "gzip upon gzip": (b"gzip, gzip", gzip.compress(GZIP), PLAIN),
    "deflate that is none": (b"deflate", PLAIN, None),
}


@pytest.mark.parametrize("encoding", PACKED)
async def test_a_packed_body_is_kept_as_it_came(encoding: str) -> None:
    name, wire, content = PACKED[encoding]
    fields = b"Content-Type: text/html\r\nContent-Encoding: " + name
    length = b"\r\nContent-Length: %d\r\n\r\n" % len(wire)
    with FaultServer(says_and_stays(HEAD, fields, length, wire)) as server:
        async with engine() as door:
            reply = replied(await door.ask(Request(url=server.url)))
        assert server.deserted()
    assert reply.body.wire == wire
    decoded = decode(reply, 1 << 20)
    assert decoded.complete == (content is not None)
    assert decoded.content == content or decoded.reason


async def test_a_body_is_cut_at_its_cap() -> None:
    with FaultServer(endless(after=HEAD + b"\r\n", piece=b"x" * 5000)) as server:
        async with engine() as door:
            reply = replied(await door.ask(Request(url=server.url)))
        assert server.deserted()
    assert reply.body.truncated
    assert reply.body.wire == b"x" * BODY


async def test_a_body_of_exactly_the_cap_is_whole() -> None:
    with FaultServer(says_body(b"x" * BODY)) as server:
        async with engine() as door:
            reply = replied(await door.ask(Request(url=server.url)))
    assert (reply.body.size, reply.body.truncated) == (BODY, False)


def says_body(body: bytes) -> Script:
    return says_and_stays(HEAD, b"Content-Length: %d\r\n\r\n" % len(body), body)


async def test_the_head_of_a_head_has_no_body() -> None:
    with FaultServer(says_and_stays(LENGTH)) as server:
        async with engine() as door:
            for _ in range(2):
                reply = replied(await door.ask(Request(url=server.url, method="HEAD")))
                assert isinstance(reply, Reply)
                assert reply.body.size == 0
        assert server.connections == 1
