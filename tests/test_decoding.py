import gzip
import hashlib
import resource
import subprocess
import sys
import zlib
from datetime import UTC, datetime
from functools import partial

import pytest
from msgspec.structs import replace

from linkcheck.model.exchange import Body, Reply
from linkcheck.unpack import decode

gzipped = partial(gzip.compress, mtime=0)  # the same bytes, and test ids, at any time
TEXT = b"the archive is the only witness " * 40


def reply(
    wire: bytes,
    *encodings: bytes,
    media: bytes = b"text/html; charset=utf-8",
    truncated: bool = False,
) -> Reply:
    fields = [(b"Content-Encoding", encoding) for encoding in encodings]
    return Reply(
        url="https://example.org/",
        status=200,
        reason="OK",
        headers=((b"Content-Type", media), *fields),
        http_version="HTTP/1.1",
        body=Body.of(wire, truncated=truncated),
        asked_at=datetime(2026, 11, 20, tzinfo=UTC),
        first_byte_seconds=0.0,
        total_seconds=0.0,
    )


NOISE = hashlib.shake_128(b"noise").digest(4000)


def raw_deflate(content: bytes) -> bytes:
    machine = zlib.compressobj(wbits=-zlib.MAX_WBITS)
    return machine.compress(content) + machine.flush()


@pytest.mark.parametrize(
    ("wire", "encodings"),
    [
        (TEXT, ()),
        (TEXT, (b"identity",)),
        (gzipped(TEXT), (b"gzip",)),
        (gzipped(TEXT), (b"x-gzip",)),
        (gzipped(TEXT), (b"GZIP",)),
        (gzipped(TEXT), (b"", b"gzip")),  # as the Wayback Machine sends it
        (gzipped(TEXT), ()),  # no field names it
        (TEXT, (b"gzip",)),  # the field lies
        (zlib.compress(TEXT), (b"deflate",)),
        (raw_deflate(TEXT), (b"deflate",)),
        (gzipped(TEXT[:500]) + gzipped(TEXT[500:]), (b"gzip",)),
        (gzipped(TEXT) + b"\0" * 100, (b"gzip",)),
        (gzipped(zlib.compress(TEXT)), (b"deflate, gzip",)),
        (gzipped(gzipped(TEXT)), (b"gzip", b"gzip")),
    ],
)
def test_what_is_packed_comes_out(wire: bytes, encodings: tuple[bytes, ...]) -> None:
    decoded = decode(reply(wire, *encodings), 10_000)
    assert (decoded.content, decoded.complete, decoded.reason) == (TEXT, True, "")


@pytest.mark.parametrize("encoding", [b"br", b"zstd", b"compress", b"gzip, br", b"aes128gcm"])
def test_what_is_not_read_is_said(encoding: bytes) -> None:
    decoded = decode(reply(b"\x0b\x02\x80", encoding), 10_000)
    assert not decoded.complete
    assert decoded.content == b""
    assert encoding.decode().removeprefix("gzip, ")[:2] in decoded.reason


def test_nothing_needs_no_decoder() -> None:
    assert decode(reply(b"", b"br"), 10_000).complete
    assert decode(reply(b"", b"gzip"), 10_000).complete
    assert decode(reply(b"", b"deflate"), 10_000).complete


def test_a_download_that_is_gzip_stays_gzip() -> None:
    wire = gzipped(TEXT)
    assert decode(reply(wire, media=b"application/gzip"), 10_000).content == wire


@pytest.mark.parametrize(
    ("wire", "encoding", "reason"),
    [
        (gzipped(NOISE)[:2000], b"gzip", "ends too early"),
        (gzipped(TEXT)[:-8] + b"\0" * 8, b"gzip", "cannot be unpacked"),
        (TEXT, b"deflate", "cannot be unpacked"),
        (gzipped(b"") * 1100, b"gzip", "gzip members"),
        (TEXT, b"gzip, gzip, gzip, gzip, gzip, gzip", "too many layers"),
    ],
)
def test_what_lies_is_not_complete(wire: bytes, encoding: bytes, reason: str) -> None:
    decoded = decode(reply(wire, encoding), 10_000)
    assert not decoded.complete
    assert reason in decoded.reason


def test_a_cut_body_gives_its_beginning() -> None:
    wire = gzipped(NOISE)[:2000]
    decoded = decode(reply(wire, b"gzip", truncated=True), 10_000)
    assert decoded.reason == "the body was cut at the cap"
    assert NOISE.startswith(decoded.content)
    assert len(decoded.content) > 1000


def test_the_limit_is_exact() -> None:
    packed = reply(gzipped(TEXT), b"gzip")
    assert decode(packed, len(TEXT)).complete
    decoded = decode(packed, len(TEXT) - 1)
    assert decoded.content == TEXT[:-1]
    assert decoded.reason == f"longer than {len(TEXT) - 1} bytes when unpacked"


def test_ten_gigabytes_in_ten_megabytes_stay_under_fifty() -> None:
    member = gzipped(bytes(1 << 24))
    bomb = member * 640
    assert 9 << 20 < len(bomb) < 12 << 20
    child = subprocess.run(  # our own file
        [sys.executable, __file__], input=bomb, capture_output=True, check=True, timeout=60
    )
    kilobytes, length = map(int, child.stdout.split())
    assert length == 2 << 20
    assert kilobytes < 50 << 10


def open_bomb() -> None:
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    body = Body.gather(iter(lambda: sys.stdin.buffer.read(1 << 16), b""))
    decoded = decode(replace(reply(b"", b"gzip"), body=body), 2 << 20)
    after = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    print(after - before, len(decoded.content))  # noqa: T201 # read by the test


if __name__ == "__main__":
    open_bomb()
