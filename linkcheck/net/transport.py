"""Requests to connections: httpx's transport interface, without a pool that is searched."""

import time
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack

import anyio
import httpcore
import httpx

from linkcheck.net.connection import Connection, Origin
from linkcheck.net.dialer import PROXY_TROUBLE, Dialer, Route
from linkcheck.net.http1 import Wire
from linkcheck.net.idle import IdleList
from linkcheck.net.kept import Doomed, Kept
from linkcheck.net.watch import Part, Watch
from linkcheck.settings.network import Network

STALE = (httpcore.NetworkError, httpcore.RemoteProtocolError)
# Of a forward proxy these may be its own words, about itself or the way: squid answers 503 when
# a name is unknown. Taking them for the host's would condemn it.
PROXY_STATUS = {407, 502, 503, 504}
REMEMBERED = 4096  # origins known to speak HTTP/1.1 only


class Answer(httpx.AsyncByteStream):
    """The body of one answer, piece by piece; its end gives the connection back."""

    def __init__(self, kept: Kept, connection: Connection, stream: int) -> None:
        self._kept = kept
        self._connection = connection
        self._stream = stream
        self._finished = False
        self._closed = False

    def __aiter__(self) -> AsyncIterator[bytes]:
        return self

    async def __anext__(self) -> bytes:
        try:
            piece = await self._connection.http.piece(self._stream)
        except PROXY_TROUBLE as error:
            if self._connection.forwarding:
                raise httpcore.ProxyError(f"the proxy did not go on: {error}") from error
            raise
        if piece is None:
            self._finished = True
            raise StopAsyncIteration
        return piece

    async def aclose(self) -> None:
        """Let the connection go, for the next request if the body was read to its end."""
        if self._closed:
            return
        self._closed = True
        if self._connection.shared:
            with anyio.CancelScope(shield=True):
                await self._connection.http.finish(self._stream)
        await _let_go(self._kept, self._connection, finished=self._finished)


class Transport(httpx.AsyncBaseTransport):
    """Send requests, on kept connections where there are any.

    A request brings its `Target` and its `Watch` as the extensions `target` and `watch`.
    """

    def __init__(self, settings: Network, dialer: Dialer) -> None:
        self._settings = settings
        self._dialer = dialer
        idle = IdleList(settings.idle_connections, settings.keep_alive)
        self.kept = Kept(idle, settings.streams)
        self._opening: dict[Origin, anyio.Lock] = {}
        self._http1_only: dict[Origin, None] = {}

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        """Return the head of the answer; its stream has to be closed."""
        target = request.extensions["target"]
        watch: Watch = request.extensions["watch"]
        route = self._dialer.route(target, fresh=request.extensions.get("fresh", False))
        wire = Wire(
            request.method.encode("ascii"),
            target.absolute if route.forwarded else target.path,
            (*request.headers.raw, *route.fields),
        )
        try:
            answer = await self._ask(wire, route, watch)
        except PROXY_TROUBLE as error:
            if route.forwarded:
                raise httpcore.ProxyError(f"no answer by the proxy: {error}") from error
            raise
        if route.forwarded and answer.status_code in PROXY_STATUS:
            await answer.stream.aclose()  # type: ignore[union-attr] # it is an `Answer`
            raise httpcore.ProxyError(f"the proxy answered {answer.status_code}")
        return answer

    async def aclose(self) -> None:
        """Close every kept connection."""
        await _close(self.kept.drain())

    async def _ask(self, wire: Wire, route: Route, watch: Watch) -> httpx.Response:
        """Send on a kept connection or on a new one, at most once on each."""
        connection = None if route.fresh else await self._take(route.endpoint)
        if connection is not None:
            heard = connection.stream.received
            try:
                return await self._send(connection, wire, watch)
            except httpcore.ConnectionNotAvailable:
                watch.sends -= 1  # it was not sent: the connection takes no more
            except STALE:
                # A server may close a kept connection at the moment it is used (RFC 9112, 9.5):
                # unless an answer had begun, a GET or HEAD is sent once more, and that counts.
                heard_more = connection.stream.received != heard
                if connection.http.renew() if connection.shared else heard_more:
                    raise
        connection = await self._open(route, watch)
        return await self._send(connection, wire, watch)

    async def _send(self, connection: Connection, wire: Wire, watch: Watch) -> httpx.Response:
        watch.address = connection.address
        watch.sends += 1
        if connection.forwarding:
            watch.enter(Part.PROXY, watch.read)
        connection.streams += 1
        try:
            head = await connection.http.ask(wire)
        except BaseException:
            await _let_go(self.kept, connection, finished=False)
            raise
        watch.first_byte = time.perf_counter()
        return httpx.Response(
            head.status,
            headers=list(head.fields),
            stream=Answer(self.kept, connection, head.stream),
            extensions={
                "http_version": head.version,
                "reason_phrase": head.reason,
                "tls": connection.tls,
            },
        )

    async def _take(self, origin: Origin) -> Connection | None:
        connection, doomed = self.kept.take(origin, time.monotonic())
        if doomed:
            await _close(doomed)
        return connection

    async def _open(self, route: Route, watch: Watch) -> Connection:
        origin = route.endpoint
        if origin[0] != "https" or not self._settings.http2 or origin in self._http1_only:
            return await self._dial(route, watch)
        # Until it is known that a server has no HTTP/2, one connection is opened at a time: the
        # others may share it.
        watch.enter(Part.CONNECT, self._settings.connect)
        lock = self._opening.setdefault(origin, anyio.Lock())
        try:
            async with lock:
                connection = None if route.fresh else await self._take(origin)
                if connection is None:
                    connection = await self._dial(route, watch)
                    if connection.shared:
                        self.kept.add(connection)
                    else:
                        self._remember_http1(origin)
                return connection
        finally:
            if not lock.statistics().tasks_waiting:
                self._opening.pop(origin, None)

    async def _dial(self, route: Route, watch: Watch) -> Connection:
        connection = await self._dialer.open(route, watch)
        watch.enter(Part.READ, watch.read)
        return connection

    def _remember_http1(self, origin: Origin) -> None:
        self._http1_only[origin] = None
        if len(self._http1_only) > REMEMBERED:
            del self._http1_only[next(iter(self._http1_only))]


async def _let_go(kept: Kept, connection: Connection, *, finished: bool) -> None:
    doomed = kept.put(connection, time.monotonic(), finished=finished)
    if doomed:
        await _close(doomed)


async def _close(doomed: Doomed) -> None:
    """Close them all, whatever one of them says, and whoever is cancelled meanwhile."""
    with anyio.CancelScope(shield=True):
        async with AsyncExitStack() as stack:
            for connection in doomed:
                stack.push_async_callback(connection.aclose)
