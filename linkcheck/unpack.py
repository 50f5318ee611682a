"""Unpack a body piece by piece: what is packed is told by its bytes, headers are only a hint."""

import zlib
from collections.abc import Iterable, Iterator

from linkcheck.model.exchange import Reply

GZIP = b"\x1f\x8b"
PIECE = 1 << 16
_MEMBERS = 1000  # of one gzip body; empty ones cost time and give nothing
_NAMES = {"x-gzip": "gzip"}
_TEXT = ("html", "xml", "json", "javascript")


class UnpackError(ValueError):
    """What is left of a body cannot be unpacked."""


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
    pieces: Iterator[bytes] = reply.body.chunks(PIECE)
    for name in reversed(encodings(reply)):
        match name:
            case "gzip":
                pieces = _inflate(pieces, 16 + zlib.MAX_WBITS)
            case "deflate":
                pieces = _undeflate(pieces)
            case _:
                raise UnpackError(f"its encoding is not read: {name[:40]}")
    yield from pieces


def beginning(reply: Reply, limit: int) -> bytes:
    """Return the first bytes of the content, as far as they can be unpacked."""
    content = bytearray()
    try:
        for piece in unpacked(reply):
            content += piece[: limit - len(content)]
            if len(content) >= limit:
                break
    except UnpackError:
        pass  # what came before is still worth reading
    return bytes(content)


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
