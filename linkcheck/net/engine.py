"""Ask once: one request on the wire, one reply or failure, with its evidence."""

import re
from datetime import datetime
from functools import lru_cache

import httpx

from linkcheck.errors import LinkcheckError, UsageError
from linkcheck.model.body import BodyWriter
from linkcheck.model.clock import Clock, utc_now
from linkcheck.model.exchange import Body, Failure, FailureKind, Reply, Request
from linkcheck.net.failures import MISFORTUNES, explain, our_own_lack
from linkcheck.net.http1 import Fields
from linkcheck.net.target import Target, read_target
from linkcheck.net.watch import Watch
from linkcheck.settings.network import Limits, Network

# RFC 9110, 5.1 and 5.5; and what decides where a message ends, which is the connection's business.
NAME = re.compile(r"[A-Za-z0-9!#$%&'*+.^_`|~-]+")
BREAKS = re.compile(r"[\x00-\x08\x0a-\x1f\x7f]")
FRAMING = {
    "connection",
    "content-length",
    "expect",
    "keep-alive",
    "proxy-connection",
    "te",
    "trailer",
    "transfer-encoding",
    "upgrade",
}
# The URL inside an `httpx.Request` is never looked at: it would be parsed and rewritten.
NO_URL = httpx.URL("http://linkcheck.invalid/")


class TooLargeError(Exception):
    """The answer is longer than what may be kept, and its beginning is of no use."""


def wire_headers(request: Request, target: Target, settings: Network) -> list[tuple[bytes, bytes]]:
    """Return the header fields as they are sent, in order."""
    own = _own(request.headers)
    defaults = _defaults(settings.user_agent, settings.accept_encoding)
    if own:
        given = {name.lower() for name, _ in own}
        defaults = tuple(field for field in defaults if field[0].lower() not in given)
    return [(b"Host", target.authority), *defaults, *own]


@lru_cache(256)
def _own(headers: tuple[tuple[str, str], ...]) -> Fields:
    return tuple(_field(name, value) for name, value in headers if name.lower() != "host")


@lru_cache(1)
def _defaults(user_agent: str, accept_encoding: str) -> Fields:
    return (
        _field("User-Agent", user_agent),
        (b"Accept", b"*/*"),
        _field("Accept-Encoding", accept_encoding),
    )


def _field(name: str, value: str) -> tuple[bytes, bytes]:
    """Encode a field; what cannot be sent is the user's to mend, and no link's misfortune."""
    if not NAME.fullmatch(name) or name.lower() in FRAMING:
        raise UsageError(f"a header cannot be named {name!r}, or is not the user's to set")
    if BREAKS.search(value):
        # Its value may be a secret: it is not repeated.
        raise UsageError(f"the value of the header {name} has a line break or another control")
    return name.encode("ascii"), value.strip(" \t").encode("utf-8", "surrogateescape")


class Engine:
    """Turn one request into one exchange on the wire."""

    def __init__(
        self, transport: httpx.AsyncBaseTransport, settings: Network, now: Clock = utc_now
    ) -> None:
        self._transport = transport
        self._settings = settings
        self._now = now

    async def ask(self, request: Request) -> Reply | Failure:
        """Send the request and return the answer, or why there is none."""
        asked_at = self._now()
        limits = self._settings.limits[request.purpose]
        watch = Watch(limits.deadline, limits.read)
        target = read_target(request.url)
        if isinstance(target, str):
            return _failure(request, asked_at, watch, (FailureKind.GUARDED, target))
        reason: tuple[FailureKind, str] | None = None
        with watch.scope:
            try:
                return await self._exchange(request, target, watch, asked_at)
            except TooLargeError as error:
                reason = FailureKind.TOO_LARGE, str(error)
            except MISFORTUNES as error:
                if lack := our_own_lack(error):
                    raise LinkcheckError(lack) from error
                reason = explain(error)
        return _failure(request, asked_at, watch, reason or watch.verdict())

    async def aclose(self) -> None:
        """Close every connection."""
        await self._transport.aclose()

    async def _exchange(
        self, request: Request, target: Target, watch: Watch, asked_at: datetime
    ) -> Reply:
        limits = self._settings.limits[request.purpose]
        sent = httpx.Request(
            request.method,
            NO_URL,
            headers=wire_headers(request, target, self._settings),
            stream=httpx.ByteStream(b""),
            extensions={"target": target, "watch": watch, "fresh": request.fresh},
        )
        answer = await self._transport.handle_async_request(sent)
        try:
            fields = tuple(answer.headers.raw)
            if len(fields) > self._settings.headers:
                raise TooLargeError(f"{len(fields)} header fields")
            body = await _read_body(answer, limits, watch)
        finally:
            await answer.stream.aclose()  # type: ignore[union-attr] # a transport's are async
        notes = answer.extensions
        return Reply(
            url=request.url,
            status=answer.status_code,
            reason=notes.get("reason_phrase", b"").decode("utf-8", "surrogateescape"),
            headers=fields,
            http_version=notes["http_version"].decode("ascii", "backslashreplace"),
            body=body,
            address=watch.address,
            tls=notes.get("tls"),
            asked_at=asked_at,
            first_byte_seconds=watch.first_byte - watch.started,
            total_seconds=watch.seconds,
            sends=watch.sends,
        )


async def _read_body(answer: httpx.Response, limits: Limits, watch: Watch) -> Body:
    """Read up to the cap; what is longer is cut, or too large where its beginning is of no use."""
    writer = BodyWriter()
    async for piece in answer.stream:  # type: ignore[union-attr] # a transport's are async
        room = limits.body - writer.size
        if len(piece) > room and limits.whole:
            raise TooLargeError(f"longer than {limits.body} bytes")
        writer.write(piece[:room])
        if len(piece) > room:
            return writer.finish(truncated=True)
        watch.progress()
    return writer.finish()


def _failure(
    request: Request, asked_at: datetime, watch: Watch, reason: tuple[FailureKind, str]
) -> Failure:
    kind, detail = reason
    return Failure(
        url=request.url,
        kind=kind,
        detail=detail,
        address=watch.address,
        asked_at=asked_at,
        total_seconds=watch.seconds,
        sends=watch.sends,
    )
