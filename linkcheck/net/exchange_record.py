"""An exchange as WARC records; the way back is in `recorded`."""

import hashlib
import re
from collections.abc import Iterator
from datetime import UTC, datetime

import msgspec

from linkcheck.model.body import EMPTY
from linkcheck.model.exchange import Body, Failure, Purpose, Reply, Request, Tls
from linkcheck.model.noun import Noun
from linkcheck.net import exact_json
from linkcheck.net.question import request_id
from linkcheck.net.warc import (
    END,
    METADATA,
    REQUEST,
    RESPONSE,
    REVISIT,
    SAME_PAYLOAD,
    WARCINFO,
    Field,
    head,
    target_uri,
)

# Extension fields, which the standard allows (WARC 1.1, 5.1): JSON of what its own cannot say.
ASKED = "X-Linkcheck-Asked"
SEEN = "X-Linkcheck-Seen"
FAILURE = "X-Linkcheck-Failure"
LEFT_OUT = "X-Linkcheck-Left-Out"

# The identifiers of the WARC-Protocol proposal, in active use (iipc/warc-specifications 42).
PROTOCOLS = {"HTTP/1.0": "http/1.0", "HTTP/1.1": "http/1.1", "HTTP/2": "h2", "HTTP/3": "h3"}
TLS = {"TLSv1": "tls/1.0", "TLSv1.1": "tls/1.1", "TLSv1.2": "tls/1.2", "TLSv1.3": "tls/1.3"}

_ip = re.compile(r"\[?([0-9A-Fa-f.:]+)\]?:\d+").fullmatch


class Asked(Noun, frozen=True, kw_only=True, omit_defaults=True):
    """What a request record's block does not tell: why, and which headers the caller chose."""

    purpose: Purpose
    method: str | None = None  # but GET
    headers: tuple[tuple[str, str], ...] = ()
    url: str | None = None  # where WARC-Target-URI cannot hold it as it is
    errand: str = ""
    again: bool = False

    @classmethod
    def of(cls, request: Request, target: str) -> "Asked":
        """Describe a request that is without its secrets."""
        return cls(
            purpose=request.purpose,
            method=None if request.method == "GET" else request.method,
            headers=request.headers,
            url=None if target == request.url else request.url,
            errand=request.errand,
            again=request.again,
        )

    def request(self, target: str) -> Request:
        """Return the request again."""
        return Request(
            url=target if self.url is None else self.url,
            method=self.method or "GET",
            headers=self.headers,
            purpose=self.purpose,
            errand=self.errand,
            again=self.again,
        )


class Seen(Noun, frozen=True, kw_only=True, omit_defaults=True):
    """What a response record's block does not tell of a reply."""

    http_version: str | None = None  # but HTTP/1.1
    address: str | None = None
    tls: Tls | None = None
    first_byte_seconds: float
    total_seconds: float
    sends: int = 1


class Record(Noun, frozen=True, kw_only=True):
    """One record ready to be written."""

    start: bytes  # head and beginning of the block
    body: Body = EMPTY  # the block's rest

    @property
    def size(self) -> int:
        """Count the record's bytes."""
        return len(self.start) + self.body.size + len(END)

    def whole(self) -> bytes:
        """Return the record's bytes at once."""
        return b"".join((self.start, self.body.wire, END))

    def chunks(self, size: int) -> Iterator[bytes]:
        """Yield the record's bytes."""
        yield self.start
        yield from self.body.chunks(size)
        yield END


class Exchange(Noun, frozen=True, kw_only=True):
    """A request and its reply as they are kept."""

    request: Request
    reply: Reply
    record: str
    target: str
    date: str
    head: bytes  # the reply's, as an HTTP message
    left_out: tuple[str, str] = ("", "")  # names of what the request and the reply had besides


class Original(Noun, frozen=True, kw_only=True):
    """The record that holds a payload seen before in the same file."""

    record: str
    target: str
    date: str


def warc_date(moment: datetime) -> str:
    """Return a moment as records give it: UTC, to the microsecond."""
    return f"{moment.astimezone(UTC).replace(tzinfo=None).isoformat(timespec='microseconds')}Z"


def sha256(block: bytes) -> str:
    """Return a digest field's value."""
    return f"sha256:{hashlib.sha256(block).hexdigest()}"


def warcinfo_record(block: bytes, *, record: str, date: datetime, file_name: str) -> Record:
    """Return the record that opens a file."""
    fields = [
        ("WARC-Type", WARCINFO),
        ("WARC-Record-ID", f"<{record}>"),
        ("WARC-Date", warc_date(date)),
        ("WARC-Filename", file_name),
        ("WARC-Block-Digest", sha256(block)),
        ("Content-Type", "application/warc-fields"),
        ("Content-Length", str(len(block))),
    ]
    return Record(start=head(fields) + block)


def request_record(exchange: Exchange, block: bytes) -> Record:
    """Return the record of a request that was answered."""
    fields = [
        ("WARC-Type", REQUEST),
        ("WARC-Record-ID", f"<{request_id(exchange.record)}>"),
        ("WARC-Date", exchange.date),
        ("WARC-Target-URI", exchange.target),
        ("WARC-Block-Digest", sha256(block)),
        (ASKED, exact_json.write(Asked.of(exchange.request, exchange.target))),
        *_of_left_out(exchange.left_out[0]),
        ("Content-Type", "application/http;msgtype=request"),
        ("Content-Length", str(len(block))),
    ]
    return Record(start=head(fields) + block)


def response_record(exchange: Exchange, *, digest: str) -> Record:
    """Return the record of a reply whose payload was not seen before."""
    body = exchange.reply.body
    fields = [
        ("WARC-Type", RESPONSE),
        *_of_reply(exchange),
        *([("WARC-Truncated", "length")] if body.truncated else []),
        ("WARC-Block-Digest", digest),
        ("Content-Type", "application/http;msgtype=response"),
        ("Content-Length", str(len(exchange.head) + body.size)),
    ]
    return Record(start=head(fields) + exchange.head, body=body)


def revisit_record(exchange: Exchange, original: Original) -> Record:
    """Return the record of a reply whose payload the file already holds."""
    fields = [
        ("WARC-Type", REVISIT),
        *_of_reply(exchange),
        ("WARC-Profile", SAME_PAYLOAD),
        ("WARC-Refers-To", f"<{original.record}>"),
        ("WARC-Refers-To-Target-URI", original.target),
        ("WARC-Refers-To-Date", original.date),
        ("WARC-Block-Digest", sha256(exchange.head)),
        ("Content-Type", "application/http;msgtype=response"),
        ("Content-Length", str(len(exchange.head))),
    ]
    return Record(start=head(fields) + exchange.head)


def _of_reply(exchange: Exchange) -> list[Field]:
    reply = exchange.reply
    seen = Seen(
        http_version=None if reply.http_version == "HTTP/1.1" else reply.http_version,
        address=reply.address,
        tls=reply.tls,
        first_byte_seconds=reply.first_byte_seconds,
        total_seconds=reply.total_seconds,
        sends=reply.sends,
    )
    return [
        ("WARC-Record-ID", f"<{exchange.record}>"),
        ("WARC-Concurrent-To", f"<{request_id(exchange.record)}>"),
        ("WARC-Date", exchange.date),
        ("WARC-Target-URI", exchange.target),
        *_of_address(reply.address),
        *_of_protocol(reply),
        ("WARC-Payload-Digest", f"sha256:{reply.body.sha256}"),
        (SEEN, exact_json.write(seen)),
        *_of_left_out(exchange.left_out[1]),
    ]


def _of_left_out(names: str) -> list[Field]:
    return [(LEFT_OUT, names)] if names else []


def _of_address(address: str | None) -> list[Field]:
    found = _ip(address) if address else None
    return [("WARC-IP-Address", found[1])] if found else []


def _of_protocol(reply: Reply) -> list[Field]:
    # A plain HTTP/1.1 exchange says so in its own status line.
    if reply.tls is None:
        names = [PROTOCOLS.get(reply.http_version)] if reply.http_version != "HTTP/1.1" else []
    else:
        names = [PROTOCOLS.get(reply.http_version), TLS.get(reply.tls.version)]
    return [("WARC-Protocol", name) for name in names if name]


def failure_record(request: Request, failure: Failure, *, record: str) -> Record:
    """Return the record of a request that got no usable answer.

    Of type metadata and media type warc-fields, which replay tools do not take for a capture.
    """
    told = msgspec.to_builtins(failure)
    for elsewhere in ("url", "asked_at", "record"):
        del told[elsewhere]
    del told["tries"]  # retries are counted above the wire, and counted again in a replay
    target = target_uri(request.url)
    told |= msgspec.to_builtins(Asked.of(request, target))
    lines = [
        f"{name}: {exact_json.write(value)}\r\n"
        for name, value in told.items()
        if value not in (None, ())
    ]
    block = "".join(lines).encode()
    fields = [
        ("WARC-Type", METADATA),
        ("WARC-Record-ID", f"<{record}>"),
        ("WARC-Date", warc_date(failure.asked_at)),
        ("WARC-Target-URI", target),
        *_of_address(failure.address),
        ("WARC-Block-Digest", sha256(block)),
        (FAILURE, failure.kind.value),
        ("Content-Type", "application/warc-fields"),
        ("Content-Length", str(len(block))),
    ]
    return Record(start=head(fields) + block)
