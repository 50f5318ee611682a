import hashlib

import pytest

from linkcheck.model.body import SPOOL_AFTER, Body, Spool

LONG = b"0123456789abcdef" * ((SPOOL_AFTER >> 4) + 1000)


def test_a_short_body_stays_in_memory() -> None:
    body = Body.of(b"hello")
    assert (body.wire, body.size, body.truncated, body.held) == (b"hello", 5, False, b"hello")
    assert body.sha256 == hashlib.sha256(b"hello").hexdigest()


def test_a_long_body_lies_in_a_file_and_reads_the_same_twice() -> None:
    pieces = [LONG[start : start + 50_000] for start in range(0, len(LONG), 50_000)]
    body = Body.gather(pieces)
    assert isinstance(body.held, Spool)
    assert body.size == len(LONG)
    assert body.wire == LONG
    assert b"".join(body.chunks(777)) == LONG
    assert max(len(chunk) for chunk in body.chunks(777)) == 777


def test_two_readers_of_one_file_do_not_disturb_each_other() -> None:
    body = Body.gather([LONG])
    first, second = body.chunks(), body.chunks()
    pairs = list(zip(first, second, strict=True))
    assert b"".join(one for one, _ in pairs) == b"".join(two for _, two in pairs) == LONG


def test_bodies_compare_by_content_wherever_it_lies() -> None:
    assert Body.gather([LONG]) == Body.of(LONG)
    assert hash(Body.gather([LONG])) == hash(Body.of(LONG))
    assert Body.of(b"a") != Body.of(b"a", truncated=True)
    assert Body.of(b"a") != Body.of(b"b")
    assert Body.of(b"a") != b"a"


@pytest.mark.parametrize("chunks", [[], [b""]])
def test_nothing_is_a_body_too(chunks: list[bytes]) -> None:
    assert Body.gather(chunks) == Body.of(b"")
    assert list(Body.of(b"").chunks()) == []
