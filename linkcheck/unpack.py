"""Unpack a body piece by piece: what is packed is told by its bytes, headers are only a hint."""

import zlib
from collections.abc import Iterable, Iterator

from linkcheck.model.exchange import Reply
from linkcheck.model.noun import Noun

GZIP = b"\x1f\x8b"
PIECE = 1 << 16
_MEMBERS = 1000  # of one gzip body; empty ones cost time and give nothing
_LAYERS = 5  # encodings upon each other; an honest answer has one
_NAMES = {"x-gzip": "gzip"}
# Archives replay what the crawler stored, brotli and zstd included, though linkcheck offers
# neither. A decoder for each is a compiled dependency that no verdict rests on: the digest is
# of the wire bytes, and a text that stays unread is said to be so.
_UNREAD = {"br": "brotli", "x-compress": "compress"}
_TEXT = ("html", "xml", "json", "javascript")


class UnpackError(ValueError):
    """What is left of a body cannot be unpacked."""


class Decoded(Noun, frozen=True, kw_only=True):
    """What a body says once unpacked, as far as that went."""

    content: bytes
    complete: bool
    reason: str = ""  # why it is not complete


def decode(reply: Reply, limit: int) -> Decoded:
    """Return up to `limit` bytes of content; memory stays at that, whatever the body claims."""
    content = bytearray()
    reason = "the body was cut at the cap" if reply.body.truncated else ""
    try:
        for piece in unpacked(reply):
            content += piece[: limit - len(content) + 1]
            if len(content) > limit:
                reason = f"longer than {limit} bytes when unpacked"
                break
    except UnpackError as error:
        reason = reason or str(error)
    return Decoded(content=bytes(content[:limit]), complete=not reason, reason=reason)


def encodings(reply: Reply) -> tuple[str, ...]:
    """Return what a body is packed in.

    The Wayback Machine sends two fields at once, one of them blank (EDGI wayback); gzip that no
    header names (28 of 113 captures in one survey); and `gzip` on a plain body.
    """
    values = [value for key, value in reply.headers if key.lower() == b"content-encoding"]
    stripped = (name.strip() for name in b",".join(values).decode("latin-1").lower().split(","))
    named = tuple(_NAMES.get(name, name) for name in stripped if name not in {"", "identity"})
    packed = next(reply.body.chunks(2), b"") == GZIP
    if named == ("gzip",) and not packed:
        return ()
    return ("gzip",) if not named and packed and _is_text(reply) else named


def unpacked(reply: Reply) -> Iterator[bytes]:
    """Yield the content in pieces of bounded size; raise UnpackError where it ends badly."""
    if not reply.body.size:
        return
    pieces: Iterator[bytes] = reply.body.chunks(PIECE)
    packings = encodings(reply)
    if len(packings) > _LAYERS:
        raise UnpackError("it is packed in too many layers")
    for name in reversed(packings):
        match name:
            case "gzip":
                pieces = _inflate(pieces, 16 + zlib.MAX_WBITS)
            case "deflate":
                pieces = _undeflate(pieces)
            case _:
                raise UnpackError(f"its encoding is not read: {_UNREAD.get(name, name[:40])}")
    yield from pieces


def beginning(reply: Reply, limit: int) -> bytes:
    """Return the first bytes of the content, as far as they can be unpacked."""
    return decode(reply, limit).content  # of what cannot be unpacked, what came before it


def _is_text(reply: Reply) -> bool:
    """Tell whether the content is meant to be read: a download that is gzip stays gzip."""
    media = (reply.header("content-type") or "").partition(";")[0].strip().lower()
    return media.startswith("text/") or media.endswith(_TEXT)


def _undeflate(pieces: Iterator[bytes]) -> Iterator[bytes]:
    """Read zlib, or the raw deflate that many servers send by that name."""
    first = next(pieces, b"")
    is_zlib = first[:1] == b"\x78" and int.from_bytes(first[:2], "big") % 31 == 0
    return _inflate(_chain(first, pieces), zlib.MAX_WBITS if is_zlib else -zlib.MAX_WBITS)


def _chain(first: bytes, rest: Iterable[bytes]) -> Iterator[bytes]:
    yield first
    yield from rest


def _inflate(pieces: Iterable[bytes], wbits: int) -> Iterator[bytes]:
    machine, members, fed = zlib.decompressobj(wbits), 1, False
    for piece in pieces:
        packed = piece
        while packed:
            if machine.eof:
                if wbits <= zlib.MAX_WBITS or not packed.startswith(GZIP[:1]):
                    return  # padding behind the end, as gzip itself ignores it
                machine, members = zlib.decompressobj(wbits), members + 1
                if members > _MEMBERS:
                    raise UnpackError(f"it has more than {_MEMBERS} gzip members")
            fed = True
            content = _step(machine, packed)
            packed = machine.unused_data or machine.unconsumed_tail
            if content:
                yield content
    while fed and not machine.eof:
        content = _step(machine, machine.unconsumed_tail)
        if not content:
            raise UnpackError("its packed form ends too early")
        yield content


def _step(machine: "zlib._Decompress", packed: bytes) -> bytes:
    try:
        return machine.decompress(packed, PIECE)
    except zlib.error as error:
        raise UnpackError(f"it cannot be unpacked: {error}") from error
