"""What was asked of the network, and what came back: a reply or a failure, both plain data."""

from datetime import datetime
from enum import StrEnum
from typing import Protocol

from linkcheck.model.body import Body
from linkcheck.model.noun import Noun

__all__ = [
    "Asker",
    "Body",
    "Failure",
    "FailureKind",
    "Hop",
    "Purpose",
    "Reply",
    "Request",
    "Tls",
]


class Purpose(StrEnum):
    """Why a request is made: it decides the deadline and how much body is kept."""

    INDEX = "index"  # rows of an archive's index
    PLAYBACK = "playback"  # one capture
    LIVE = "live"  # a page of the live web
    PROBE = "probe"  # the headers are enough


class Request(Noun, frozen=True, kw_only=True):
    """One question, its URL in exactly the bytes that go on the wire."""

    url: str
    method: str = "GET"
    headers: tuple[tuple[str, str], ...] = ()
    purpose: Purpose = Purpose.LIVE
    follow: bool = True  # an archive's lane judges each hop itself
    fresh: bool = False  # by a look-up and a connection of its own: whether both are to be had
    # The layers write these for the recording, so that a replay gives each caller its own answers.
    errand: str = ""  # whose hop or try this is: every ask of the outermost layer is one
    again: bool = False  # the answer before asked for a rest: this one's stands in its place


class Tls(Noun, frozen=True, kw_only=True):
    """What the server's certificate and handshake said."""

    version: str
    issuer: str
    expires_at: datetime | None


class Hop(Noun, frozen=True, kw_only=True):
    """One redirect on the way to the final answer."""

    url: str
    status: int
    location: str  # as sent: bytes that are no UTF-8 survive as surrogate escapes
    address: str | None
    record: str | None  # the WARC record that holds it


class Reply(Noun, frozen=True, kw_only=True):
    """An answer of a server, whatever its status."""

    url: str  # the one that gave this answer; `hops` led to it
    status: int
    reason: str
    headers: tuple[tuple[bytes, bytes], ...]  # raw, in order, repeated ones kept
    http_version: str
    body: Body
    hops: tuple[Hop, ...] = ()
    address: str | None = None  # "93.184.216.34:443"; None behind a proxy
    tls: Tls | None = None
    asked_at: datetime
    first_byte_seconds: float
    total_seconds: float
    sends: int = 1  # requests on the wire: 2 when a kept connection proved dead and it was resent
    tries: int = 1  # of the retry layer; this is the last one's answer
    record: str | None = None

    def header(self, name: str) -> str | None:
        """Return the first header of that name, decoded leniently, or None."""
        wanted = name.lower().encode()
        for key, value in self.headers:
            if key.lower() == wanted:
                return value.decode("utf-8", "surrogateescape")
        return None


class FailureKind(StrEnum):
    """Why there is no answer."""

    DNS_NO_SUCH_NAME = "dns-no-such-name"
    DNS_FAILURE = "dns-failure"  # SERVFAIL, timeout: says nothing about the name
    REFUSED = "refused"
    RESET = "reset"
    UNREACHABLE = "unreachable"
    CONNECT_TIMEOUT = "connect-timeout"
    READ_TIMEOUT = "read-timeout"
    DEADLINE = "deadline"
    TLS_EXPIRED = "tls-expired"
    TLS_NAME = "tls-name"
    TLS_SELF_SIGNED = "tls-self-signed"
    TLS_PROTOCOL = "tls-protocol"
    TLS_OTHER = "tls-other"
    PROTOCOL = "protocol"
    TOO_LARGE = "too-large"
    TOO_MANY_REDIRECTS = "too-many-redirects"
    REDIRECT_LOOP = "redirect-loop"
    GUARDED = "guarded"
    PROXY = "proxy"
    PAUSED = "paused"
    NOT_RECORDED = "not-recorded"


class Failure(Noun, frozen=True, kw_only=True):
    """No usable answer, and why: evidence like a reply, never an exception."""

    url: str
    kind: FailureKind
    detail: str
    hops: tuple[Hop, ...] = ()
    address: str | None = None
    asked_at: datetime
    total_seconds: float
    sends: int = 1  # 0 when it never left: guarded, no such name, refused before it was sent
    tries: int = 1
    record: str | None = None
    retry_at: datetime | None = None  # of a pause


class Asker(Protocol):
    """One way to ask: the engine, the player and every layer around them have this form."""

    async def ask(self, request: Request) -> Reply | Failure:
        """Ask once and return what came back; never raise for anything a server can cause."""
        ...
