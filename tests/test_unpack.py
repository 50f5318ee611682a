import gzip
import tracemalloc
import zlib
from functools import partial

import pytest

from linkcheck.unpack import PIECE, UnpackError, beginning, encodings, unpacked
from tests.answers import reply

gzipped = partial(gzip.compress, mtime=0)  # the same bytes, and test ids, at any time
TEXT = b"the archive is the only witness " * 4000
GZIP = ("Content-Encoding", "gzip")
HTML = ("Content-Type", "text/html")
RAW = zlib.compressobj(wbits=-zlib.MAX_WBITS)
RAW_DEFLATE = RAW.compress(TEXT) + RAW.flush()


@pytest.mark.parametrize(
    ("wire", "headers"),
    [
        (TEXT, ()),
        (TEXT, (GZIP,)),  # the header lies (archive-magic)
        (gzipped(TEXT), (GZIP,)),
        (gzipped(TEXT), (("content-encoding", ""), GZIP)),  # two fields, one of them blank
        (gzipped(TEXT), (("Content-Encoding", "x-gzip"),)),
        (gzipped(TEXT), (HTML,)),  # 28 of 113 captures in one survey
        (gzipped(TEXT[:50]) + gzipped(TEXT[50:]), (GZIP,)),
        (gzipped(TEXT) + b"\x00" * 512, (GZIP,)),
        (zlib.compress(TEXT), (("Content-Encoding", "deflate"),)),
        (RAW_DEFLATE, (("Content-Encoding", "deflate"),)),
        (gzipped(gzipped(TEXT)), (("Content-Encoding", "gzip, gzip"),)),
        (TEXT, (("Content-Encoding", "identity"),)),
    ],
)
def test_what_is_packed_is_told_by_its_bytes(
    wire: bytes, headers: tuple[tuple[str, str], ...]
) -> None:
    assert b"".join(unpacked(reply(wire, *headers))) == TEXT
    assert beginning(reply(wire, *headers), 40) == TEXT[:40]


def test_a_download_that_is_gzip_stays_gzip() -> None:
    wire = gzipped(TEXT)
    assert encodings(reply(wire, ("Content-Type", "application/gzip"))) == ()


@pytest.mark.parametrize(
    ("wire", "headers", "reason"),
    [
        (gzipped(TEXT)[:60], (GZIP,), "ends too early"),
        (b"\x1f\x8bnot gzip", (GZIP,), "cannot be unpacked"),
        (TEXT, (("Content-Encoding", "br"),), "not read: br"),
        (gzipped(b"") * 1100, (GZIP,), "members"),
    ],
)
def test_what_cannot_be_unpacked(
    wire: bytes, headers: tuple[tuple[str, str], ...], reason: str
) -> None:
    with pytest.raises(UnpackError, match=reason):
        list(unpacked(reply(wire, *headers)))
    beginning(reply(wire, *headers), 100)  # what came before is worth reading


def test_a_bomb_comes_in_small_pieces() -> None:
    answer = reply(gzipped(b"\x00" * 50_000_000), GZIP)
    tracemalloc.start()
    try:
        size = sum(map(len, unpacked(answer)))
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert size == 50_000_000
    assert peak < 20 * PIECE
