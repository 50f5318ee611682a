"""HTTP messages as they stand in records: the header bytes untouched, framed as HTTP/1."""

import re

import msgspec

from linkcheck.model.exchange import Reply
from linkcheck.net.warc import END, wire_bytes

Header = tuple[bytes, bytes]

# Chunks are removed, and a cut body or the answer to a HEAD is shorter than announced: a reader
# that believed such headers would misread the block (pywb 2.10 leaves its client waiting for the
# rest). Others keep them under `X-Archive-Orig-`, which the Wayback Machine also sends as its own;
# ours can be told from those and undone.
RENAMED = b"X-Linkcheck-Orig-"

_renamed = RENAMED.lower()
_well_formed = re.compile(rb"(?:[^\x00-\x20:\x7f]+: [^\r\n]*\r\n)*").fullmatch
_no_name = re.compile(rb"[\x00-\x20:\x7f]+").sub
_status_line = re.compile(rb"(HTTP/\d\.\d) (\d+) (.*)", re.DOTALL).fullmatch
_breaks = re.compile(r"[\r\n]").search


def response_head(reply: Reply) -> bytes | None:
    """Return status line and headers, the blank line included; None if they were not legible."""
    headers = _framed(reply)
    lines = b"".join([b"%b: %b\r\n" % header for header in headers])
    if lines.count(b"\n") != len(headers) or not _well_formed(lines) or _breaks(reply.reason):
        return None
    version = b"HTTP/1.0" if reply.http_version == "HTTP/1.0" else b"HTTP/1.1"
    reason = wire_bytes(reply.reason)
    return b"%b %03d %b\r\n%b\r\n" % (version, reply.status, reason, lines)


def legible(reply: Reply) -> Reply:
    """Return the reply with headers that cannot be taken for more, or fewer, than they are.

    No parser lets a line break inside a header through; a record must not depend on that.
    """
    headers = tuple(
        (_no_name(b"-", name) or b"-", value.replace(b"\r", b" ").replace(b"\n", b" "))
        for name, value in reply.headers
    )
    return msgspec.structs.replace(reply, reason=_mended(reply.reason), headers=headers)


def _framed(reply: Reply) -> tuple[Header, ...]:
    length = b"%d" % reply.body.size
    return tuple(
        [
            (RENAMED + name, value)
            if (lower := name.lower()) == b"transfer-encoding"
            or (lower == b"content-length" and value != length)
            or lower.startswith(_renamed)
            else (name, value)
            for name, value in reply.headers
        ]
    )


def read_response_head(head: bytes) -> tuple[int, str, tuple[Header, ...]]:
    """Return status, reason and the headers as they came; raise ValueError for anything else."""
    first, *lines = head.split(b"\r\n")
    found = _status_line(first)
    if found is None:
        raise ValueError(f"no status line: {first[:80]!r}")
    return int(found[2]), found[3].decode("utf-8", "surrogateescape"), tuple(map(_header, lines))


def _header(line: bytes) -> Header:
    name, colon, value = line.partition(b": ")
    if not colon:
        raise ValueError(f"no header: {line[:80]!r}")
    return name[len(RENAMED) :] if name.lower().startswith(_renamed) else name, value


def request_block(method: str, path: bytes, headers: list[Header]) -> bytes:
    """Return the request as it was sent, but for what was left out."""
    start = b"%b %b HTTP/1.1" % (wire_bytes(method), path)
    lines = [start, *[b"%b: %b" % header for header in headers]]
    block = b"\r\n".join(lines)
    if block.count(b"\n") >= len(lines) or block.count(b"\r") >= len(lines):
        block = b"\r\n".join([b" ".join(line.splitlines()) for line in lines])
    return block + END


def _mended(text: str) -> str:
    return " ".join(re.split(r"[\r\n]+", text))
