"""Compare bytes with a digest: three answers, and the form of the bytes that gave the first.

A digest of an index is a hint: right for most captures, wrong for known families of crawlers.
Our own SHA-256 of the raw bytes is the fixity value.
"""

import base64
import binascii
import hashlib
import re
from collections.abc import Iterable, Iterator
from enum import StrEnum
from functools import lru_cache

from linkcheck.model.capture import Capture, mended
from linkcheck.model.evidence import ByteForm, Fixity, FixityReading
from linkcheck.model.exchange import Reply
from linkcheck.model.noun import Noun
from linkcheck.model.playback import PlaybackReading
from linkcheck.unpack import UnpackError, encodings, unpacked
from linkcheck.urls.urlkey import one_key

_LABEL = re.compile(r"(sha-?1|sha-?256|sha-?512|md5):", re.IGNORECASE)
_SIZES = {20: "sha1", 32: "sha256", 64: "sha512", 16: "md5"}
_PLAIN = re.compile(r"[A-Z2-7]{32}")  # SHA-1 as indexes write it: one spelling for each
_NOTHING = "3I42H3S6NNFQ2MSVX7XZKYAYSCX5QBYJ"


class Algorithm(StrEnum):
    """The hash functions that archives write digests of."""

    SHA1 = "sha1"
    SHA256 = "sha256"
    SHA512 = "sha512"
    MD5 = "md5"


class Digest(Noun, frozen=True, kw_only=True):
    """A digest as the bytes it stands for, however it was written."""

    algorithm: Algorithm
    value: bytes


EMPTY = frozenset(
    hashlib.new(algorithm, b"", usedforsecurity=False).digest() for algorithm in Algorithm
)


@lru_cache(maxsize=4096)
def read_digest(text: str | None) -> Digest | None:
    """Read base32, base64, base64url and hex in either case, labelled or not; None: no digest.

    Rows hold `-`, `error` and truncated values beside digests (sandcrawler keeps 32 characters
    of base32 only).
    """
    label = _LABEL.match(text or "")
    plain = (text or "")[label.end() if label else 0 :].strip()
    named = label[1].lower().replace("-", "") if label else None
    for value in _spellings(plain):
        algorithm = _SIZES.get(len(value))
        if algorithm is not None and named in {None, algorithm}:
            return Digest(algorithm=Algorithm(algorithm), value=value)
    return None


def is_of_nothing(text: str | None) -> bool:
    """Tell the digest of an empty body: `3I42H3S6NNFQ2MSVX7XZKYAYSCX5QBYJ` and its kin."""
    if text is not None and _PLAIN.fullmatch(text):
        return text == _NOTHING  # of thousands of rows nearly all: they need not be decoded
    digest = read_digest(text)
    return digest is not None and digest.value in EMPTY


def same_digest(one: str | None, other: str | None) -> bool:
    """Tell whether two spellings are one digest; what is none is like no other."""
    if one is not None and other is not None and _PLAIN.fullmatch(one) and _PLAIN.fullmatch(other):
        return one == other
    left = read_digest(one)
    return left is not None and left == read_digest(other)


def compare(reply: Reply, reading: PlaybackReading, rows: Iterable[Capture]) -> FixityReading:
    """Compare a replayed body with every digest that rows have for its key and second.

    One second may hold two captures of which playback serves one (zew.de, 1997-04-27). Rows of
    other captures are left out: the end of a redirect is not what its beginning's digest is of.
    """
    digests = (read_digest(row.digest) for row in rows if _is_of(row, reading))
    known = tuple(digest for digest in digests if digest is not None)
    sha256 = reply.body.sha256
    if reply.body.truncated:
        return FixityReading(fixity=Fixity.UNTESTED, reason="the body was cut at our own cap")
    if not known:
        return FixityReading(fixity=Fixity.UNTESTED, sha256=sha256, reason="no digest is known")
    algorithms = {digest.algorithm for digest in known}
    for form, pieces in _forms(reply):
        found = _hashes(pieces, algorithms)
        for digest in known:
            if found.get(digest.algorithm) == digest.value:
                return FixityReading(
                    fixity=Fixity.MATCH, form=form, algorithm=digest.algorithm, sha256=sha256
                )
    reason = _explanation(reply, reading)
    return FixityReading(
        fixity=Fixity.EXPLAINED if reason else Fixity.MISMATCH,
        algorithm=known[0].algorithm,
        sha256=sha256,
        reason=reason or "the bytes have another digest, and nothing explains it",
    )


def unpacked_sha256(reply: Reply) -> str | None:
    """Return the SHA-256 of what a packed body says; None of a plain one, or a broken one."""
    if not encodings(reply):
        return None
    found = _hashes(unpacked(reply), {Algorithm.SHA256}).get(Algorithm.SHA256)
    return None if found is None else found.hex()


def _is_of(row: Capture, reading: PlaybackReading) -> bool:
    if reading.timestamp not in {row.timestamp, mended(row.timestamp)}:
        return False
    return any(one_key(url, row.original) for url in (reading.original, reading.asked.inner) if url)


def _forms(reply: Reply) -> Iterator[tuple[ByteForm, Iterable[bytes]]]:
    yield ByteForm.EMPTY if reply.body.size == 0 else ByteForm.RAW, reply.body.chunks()
    if encodings(reply):
        yield ByteForm.DECODED, unpacked(reply)
    # Early ARC rows hashed the payload and a line's end (archive-magic).
    yield ByteForm.NEWLINE, _with_newline(reply)


def _with_newline(reply: Reply) -> Iterator[bytes]:
    yield from reply.body.chunks()
    yield b"\n"


def _hashes(pieces: Iterable[bytes], algorithms: set[Algorithm]) -> dict[Algorithm, bytes]:
    machines = {name: hashlib.new(name, usedforsecurity=False) for name in algorithms}
    try:
        for piece in pieces:
            for machine in machines.values():
                machine.update(piece)
    except UnpackError:
        return {}
    return {name: machine.digest() for name, machine in machines.items()}


def _explanation(reply: Reply, reading: PlaybackReading) -> str:
    """Say what is known to make the digest of an honest capture differ; empty: nothing.

    Crawlers that hashed the chunks' framing: wpull #424, wget-lua before 2023-06, heritrix3 #769.
    """
    if "chunked" in (reading.origin_header("transfer-encoding") or "").lower():
        return "the origin sent chunks: some crawlers hashed their framing"
    packed = reading.origin_header("content-encoding") or ""
    if packed.strip().lower() not in {"", "identity"} or encodings(reply):
        return "the origin sent it packed: the digest may be of other bytes than are replayed"
    return ""


def _spellings(plain: str) -> Iterator[bytes]:
    """Yield the bytes that a text may be the spelling of, the likeliest first."""
    if not plain.isascii():
        return
    for read in (_base32, bytes.fromhex, _base64):
        try:
            yield read(plain)
        except (ValueError, binascii.Error):
            continue


def _base32(text: str) -> bytes:
    return base64.b32decode(text + "=" * (-len(text) % 8), casefold=True)


def _base64(text: str) -> bytes:
    bare = text.rstrip("=")
    plain = bare.replace("-", "+").replace("_", "/") + "=" * (-len(bare) % 4)
    return base64.b64decode(plain, validate=True)
