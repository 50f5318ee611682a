"""HTTP messages as they stand in records: the header bytes untouched, framed as HTTP/1."""

import re

import msgspec

from linkcheck.model.exchange import Reply, Request
from linkcheck.net.warc import target_uri, wire_bytes

Header = tuple[bytes, bytes]

# Chunks are removed, and a cut body or the answer to a HEAD is shorter than announced: a reader
# that believed such headers would misread the block (pywb 2.10 leaves its client waiting for the
# rest). Others keep them under `X-Archive-Orig-`, which the Wayback Machine also sends as its own;
# ours can be told from those and undone.
RENAMED = b"X-Linkcheck-Orig-"

_renamed = RENAMED.lower()
_well_formed = re.compile(rb"(?:[^\x00-\x20:\x7f]+: [^\r\n]*\r\n)*").fullmatch
_no_name = re.compile(rb"[\x00-\x20:\x7f]+")
_status_line = re.compile(rb"(HTTP/\d\.\d) (\d+) (.*)", re.DOTALL).fullmatch
_split = re.compile(r"[^:]+://([^/?#]*)([^#]*)", re.DOTALL).match
_breaks = re.compile(r"[\r\n]+")


def legible(reply: Reply) -> Reply:
    """Return the reply, changed only if its header lines could not be told apart in a block.

    No parser lets a line break inside a header through; a record must not depend on that.
    """
    if not _breaks.search(reply.reason) and _lines(reply.headers) is not None:
        return reply
    headers = tuple(
        (_no_name.sub(b"-", name) or b"-", value.replace(b"\r", b" ").replace(b"\n", b" "))
        for name, value in reply.headers
    )
    return msgspec.structs.replace(reply, reason=_breaks.sub(" ", reply.reason), headers=headers)


def _lines(headers: tuple[Header, ...]) -> bytes | None:
    lines = b"".join([b"%b: %b\r\n" % header for header in headers])
    return lines if lines.count(b"\n") == len(headers) and _well_formed(lines) else None


def response_head(reply: Reply) -> bytes:
    """Return status line and headers of a legible reply, the blank line included."""
    lines = _lines(_framed(reply))
    if lines is None:
        raise ValueError(f"headers that are not legible: {reply.headers!r}")
    version = b"HTTP/1.0" if reply.http_version == "HTTP/1.0" else b"HTTP/1.1"
    reason = wire_bytes(reply.reason)
    return b"%b %03d %b\r\n%b\r\n" % (version, reply.status, reason, lines)


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


def request_block(request: Request, sent: tuple[tuple[str, str], ...]) -> bytes:
    """Return the request with the headers that the engine adds to its own."""
    url = target_uri(request.url)
    found = _split(url)
    host, target = (found[1], found[2]) if found else ("", url)
    names = {name.lower() for name, _ in request.headers}
    added = [header for header in (("Host", host), *sent) if header[0].lower() not in names]
    lines = [
        f"{request.method} {target if target.startswith('/') else f'/{target}'} HTTP/1.1",
        *[f"{name}: {value}" for name, value in (*added, *request.headers)],
    ]
    return b"".join([wire_bytes(_breaks.sub(" ", line)) + b"\r\n" for line in lines]) + b"\r\n"
