"""Requests to connections: httpx's transport interface over httpcore, without its pool."""

from collections.abc import AsyncIterator
from contextlib import AsyncExitStack

import anyio
import httpcore
import httpx

from linkcheck.net.connection import Connection, Http1, Origin
from linkcheck.net.dialer import PROXY_TROUBLE, Dialer, Route
from linkcheck.net.idle import IdleList
from linkcheck.net.watch import Part, Watch
from linkcheck.settings.network import Network

STALE = (httpcore.NetworkError, httpcore.RemoteProtocolError)
# Of a forward proxy these may be its own words, about itself or the way: squid answers 503 when
# a name is unknown. Taking them for the host's would condemn it.
PROXY_STATUS = {407, 502, 503, 504}
REMEMBERED = 4096  # origins known to speak HTTP/1.1 only


class Answer(httpx.AsyncByteStream):
    """The body of one answer, piece by piece; its end gives the connection back."""

    def __init__(
        self,
        transport: "Transport",
        connection: Connection,
        asked: httpcore.Request,
        raw: httpcore.Response,
    ) -> None:
        self._transport = transport
        self._connection = connection
        self._asked = asked
        self._raw = raw
        self._stream: int = raw.extensions.get("stream_id", 0)
        self._finished = False
        self._closed = False

    def __aiter__(self) -> AsyncIterator[bytes]:
        return self

    async def __anext__(self) -> bytes:
        try:
            piece = await self._connection.http.piece(self._asked, self._stream)
        except PROXY_TROUBLE as error:
            if self._connection.forwarding:
                raise httpcore.ProxyError(f"the proxy did not go on: {error}") from error
            _raise_if_cut_short(self._connection, error)
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
        with anyio.CancelScope(shield=True):
            await self._raw.aclose()
            await self._transport.let_go(self._connection, finished=self._finished)


class Transport(httpx.AsyncBaseTransport):
    """Send requests, on kept connections where there are any.

    A request brings its `Target` and its `Watch` as the extensions `target` and `watch`.
    """

    def __init__(self, settings: Network, dialer: Dialer) -> None:
        self._settings = settings
        self._dialer = dialer
        self._idle = IdleList(settings.idle_connections, settings.keep_alive)
        self._shared: dict[Origin, list[Connection]] = {}
        self._opening: dict[Origin, anyio.Lock] = {}
        self._http1_only: dict[Origin, None] = {}

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        """Return the head of the answer; its stream has to be closed."""
        target = request.extensions["target"]
        watch: Watch = request.extensions["watch"]
        route = self._dialer.route(target)
        try:
            answer = await self._ask(request, route, watch)
        except PROXY_TROUBLE as error:
            if route.forwarded:
                raise httpcore.ProxyError(f"no answer by the proxy: {error}") from error
            raise
        if route.forwarded and answer.status_code in PROXY_STATUS:
            await answer.stream.aclose()  # type: ignore[union-attr] # it is an `Answer`
            raise httpcore.ProxyError(f"the proxy answered {answer.status_code}")
        return answer

    async def _ask(self, request: httpx.Request, route: Route, watch: Watch) -> httpx.Response:
        """Send on a kept connection or on a new one, at most once on each."""
        connection = await self._take(route.endpoint)
        if connection is not None:
            heard = connection.stream.received
            try:
                return await self._send(connection, request, route)
            except httpcore.ConnectionNotAvailable:
                watch.sends -= 1  # it was not sent: the connection takes no more
            except STALE:
                # A server may close a kept connection at the moment it is used (RFC 9112, 9.5):
                # unless an answer had begun, a GET or HEAD is sent once more, and that counts.
                if connection.shared:
                    lost = not connection.http.is_available()
                else:
                    lost = connection.stream.received == heard
                if not lost:
                    raise
        connection = await self._open(route, watch)
        return await self._send(connection, request, route)

    async def aclose(self) -> None:
        """Close every kept connection."""
        shared = [connection for group in self._shared.values() for connection in group]
        self._shared.clear()
        async with AsyncExitStack() as stack:
            for connection in [*self._idle.drain(), *shared]:
                stack.push_async_callback(connection.aclose)

    async def let_go(self, connection: Connection, *, finished: bool) -> None:
        """Keep a connection whose exchange is over, or close it."""
        connection.streams -= 1
        now = anyio.current_time()
        overdue = []
        if not connection.shared:
            overdue = self._idle.put(connection, now) if connection.reusable else [connection]
        else:
            # httpcore cannot reset a stream: what the server still sends for one that was given
            # up would use up the window of the others.
            connection.retired = connection.retired or not finished
            connection.idle_since = now
            if not connection.reusable:
                self._unshare(connection)
                overdue = [] if connection.streams else [connection]
        for closing in overdue:
            await closing.aclose()

    async def _send(
        self, connection: Connection, request: httpx.Request, route: Route
    ) -> httpx.Response:
        target = request.extensions["target"]
        watch: Watch = request.extensions["watch"]
        watch.address = connection.address
        watch.sends += 1
        if route.forwarded:
            watch.enter(Part.PROXY, watch.read)
        connection.streams += 1
        scheme, host, port = route.endpoint
        wire = httpcore.Request(
            request.method.encode(),
            httpcore.URL(
                scheme=scheme.encode(),
                host=host.encode(),
                port=port,
                target=target.absolute if route.forwarded else target.path,
            ),
            headers=[*request.headers.raw, *route.fields],
        )
        try:
            raw = await connection.http.handle_async_request(wire)
        except BaseException as error:
            with anyio.CancelScope(shield=True):
                await self.let_go(connection, finished=False)
            _raise_if_cut_short(connection, error)
            raise
        watch.first_byte = anyio.current_time()
        return httpx.Response(
            raw.status,
            headers=raw.headers,
            stream=Answer(self, connection, wire, raw),
            extensions={**raw.extensions, "tls": connection.tls},
        )

    async def _take(self, origin: Origin) -> Connection | None:
        now = anyio.current_time()
        for connection in tuple(self._shared.get(origin, ())):
            if not connection.streams and self._idle.expired(connection, now):
                self._unshare(connection)
                await connection.aclose()
            elif connection.reusable and connection.streams < self._settings.streams:
                return connection
        while kept := self._idle.take(origin):
            if not self._idle.expired(kept, now) and not kept.stream.stirred:
                return kept
            await kept.aclose()
        return None

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
                connection = await self._take(origin)
                if connection is None:
                    connection = await self._dial(route, watch)
                    if connection.shared:
                        self._shared.setdefault(origin, []).append(connection)
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

    def _unshare(self, connection: Connection) -> None:
        group = self._shared.get(connection.origin, [])
        if connection in group:
            group.remove(connection)
        if not group:
            self._shared.pop(connection.origin, None)


def _raise_if_cut_short(connection: Connection, error: BaseException) -> None:
    """Tell a connection that ended too early apart from an answer that breaks the protocol."""
    if not isinstance(error, httpcore.RemoteProtocolError) or not connection.stream.ended:
        return
    if isinstance(connection.http, Http1) and connection.http.babbled:
        raise httpcore.RemoteProtocolError("what the server sent is not HTTP") from error
    raise httpcore.ReadError("the connection was closed before the answer was whole") from error
