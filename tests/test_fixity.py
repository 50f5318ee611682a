import base64
import gzip
import hashlib
import zlib
from collections.abc import Iterable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from linkcheck.fixity import compare, is_of_nothing, read_digest, same_digest, unpacked_sha256
from linkcheck.model.capture import Capture
from linkcheck.model.evidence import ByteForm, Fixity, FixityReading
from linkcheck.model.exchange import Reply
from linkcheck.model.playback import Answer, PlaybackReading
from linkcheck.urls.urlkey import urlkey
from tests.answers import ASKED, ORIGINAL, STAMP, reply

BODY = b"birds of the national wildlife refuges"
SHA1 = hashlib.sha1(BODY, usedforsecurity=False).digest()
SHA256 = hashlib.sha256(BODY).digest()


def spelt(value: bytes) -> dict[str, str]:
    return {
        "base32": base64.b32encode(value).decode(),
        "base32 lower": base64.b32encode(value).decode().lower(),
        "base64": base64.b64encode(value).decode(),
        "base64url": base64.urlsafe_b64encode(value).decode(),
        "base64 bare": base64.b64encode(value).decode().rstrip("="),
        "hex": value.hex(),
        "hex upper": value.hex().upper(),
    }


def b32(body: bytes) -> str:
    return base64.b32encode(hashlib.sha1(body, usedforsecurity=False).digest()).decode()


def played(*origin: tuple[str, str]) -> PlaybackReading:
    return PlaybackReading(
        asked=ASKED,
        answer=Answer.CAPTURE,
        status=200,
        timestamp=STAMP,
        original="http://fws.gov:80/birds",
        origin=origin,
    )


def row(digest: str | None, timestamp: str = STAMP, original: str = ORIGINAL) -> Capture:
    return Capture(urlkey=urlkey(original), timestamp=timestamp, original=original, digest=digest)


def check(answer: Reply, reading: PlaybackReading, digests: Iterable[str | None]) -> FixityReading:
    return compare(answer, reading, map(row, digests))


@pytest.mark.parametrize("spelling", spelt(SHA1))
@pytest.mark.parametrize("label", ["", "sha1:", "SHA-1:"])
def test_one_digest_in_every_spelling(spelling: str, label: str) -> None:
    result = check(reply(BODY), played(), [label + spelt(SHA1)[spelling]])
    assert (result.fixity, result.form, result.algorithm) == (Fixity.MATCH, ByteForm.RAW, "sha1")
    assert result.sha256 == SHA256.hex()


@pytest.mark.parametrize("spelling", spelt(SHA256))
@pytest.mark.parametrize("label", ["", "sha256:", "sha-256:"])
def test_longer_digests_too(spelling: str, label: str) -> None:
    result = check(reply(BODY), played(), [label + spelt(SHA256)[spelling]])
    assert (result.fixity, result.algorithm) == (Fixity.MATCH, "sha256")


@given(st.binary(min_size=20, max_size=20))
def test_every_sha1_is_read_in_every_spelling(value: bytes) -> None:
    for text in spelt(value).values():
        digest = read_digest(text)
        assert digest is not None
        assert digest.value == value


@given(st.text())
def test_no_text_breaks_the_reading(text: str) -> None:
    read_digest(text)


@pytest.mark.parametrize(
    "text", [None, "", "-", "error", "sha1:", "MGIGF4", "sha256:" + b32(b"x"), "文"]
)
def test_what_is_no_digest(text: str | None) -> None:
    assert read_digest(text) is None
    assert check(reply(BODY), played(), [text]).fixity is Fixity.UNTESTED
    assert not same_digest(text, text)


PACKED = gzip.compress(BODY, mtime=0)
GZIP = ("Content-Encoding", "gzip")


@pytest.mark.parametrize(
    ("wire", "headers", "digest", "form"),
    [
        (PACKED, (GZIP,), b32(PACKED), ByteForm.RAW),
        (PACKED, (GZIP,), b32(BODY), ByteForm.DECODED),
        (PACKED, (("content-encoding", ""), GZIP), b32(BODY), ByteForm.DECODED),
        (PACKED, (("Content-Type", "text/html"),), b32(BODY), ByteForm.DECODED),  # no header
        (BODY, (GZIP,), b32(BODY), ByteForm.RAW),  # the header lies
        (zlib.compress(BODY), (("Content-Encoding", "deflate"),), b32(BODY), ByteForm.DECODED),
        (BODY, (), b32(BODY + b"\n"), ByteForm.NEWLINE),
        (b"", (), "3I42H3S6NNFQ2MSVX7XZKYAYSCX5QBYJ", ByteForm.EMPTY),
    ],
)
def test_the_form_that_matched_is_told(
    wire: bytes, headers: tuple[tuple[str, str], ...], digest: str, form: ByteForm
) -> None:
    result = check(reply(wire, *headers), played(), ["-", digest])
    assert (result.fixity, result.form) == (Fixity.MATCH, form)


@pytest.mark.parametrize(
    ("wire", "headers", "origin", "fixity"),
    [
        (BODY, (), (), Fixity.MISMATCH),
        (BODY, (), (("transfer-encoding", "chunked"),), Fixity.EXPLAINED),  # fws.gov, 2017
        (BODY, (), (("content-encoding", "br"),), Fixity.EXPLAINED),
        (BODY, (), (("content-encoding", "identity"),), Fixity.MISMATCH),
        (PACKED, (GZIP,), (), Fixity.EXPLAINED),
        (b"\x1f\x8bbroken", (GZIP,), (), Fixity.EXPLAINED),
    ],
)
def test_another_digest_and_what_explains_it(
    wire: bytes,
    headers: tuple[tuple[str, str], ...],
    origin: tuple[tuple[str, str], ...],
    fixity: Fixity,
) -> None:
    result = check(reply(wire, *headers), played(*origin), [b32(b"other")])
    assert result.fixity is fixity
    assert result.reason


def test_any_digest_of_the_second_will_do() -> None:
    # zew.de 1997-04-27: two rows of one second, playback serves one of them.
    assert check(reply(BODY), played(), [b32(b"other"), b32(BODY)]).fixity is Fixity.MATCH


def test_a_body_cut_at_our_cap_is_not_compared() -> None:
    assert check(reply(BODY, truncated=True), played(), [b32(b"x")]).fixity is Fixity.UNTESTED


def test_the_digest_of_nothing() -> None:
    assert is_of_nothing("3I42H3S6NNFQ2MSVX7XZKYAYSCX5QBYJ")
    assert is_of_nothing("sha256:" + hashlib.sha256(b"").hexdigest())
    assert not is_of_nothing(b32(BODY))
    assert not is_of_nothing(None)


def test_rows_of_other_captures_are_left_out() -> None:
    wrong = b32(b"other")
    rows = [row(wrong, "20171124151316"), row(wrong, original="https://fws.gov/"), row(b32(BODY))]
    assert compare(reply(BODY), played(), rows).fixity is Fixity.MATCH
    assert compare(reply(BODY), played(), rows[:2]).fixity is Fixity.UNTESTED


def test_what_a_packed_body_says() -> None:
    packed = ("Content-Encoding", "gzip")
    assert unpacked_sha256(reply(gzip.compress(BODY), packed)) == SHA256.hex()
    assert unpacked_sha256(reply(BODY)) is None
    assert unpacked_sha256(reply(gzip.compress(BODY)[:-9], packed)) is None
    assert unpacked_sha256(reply(BODY, ("Content-Encoding", "br"))) is None
