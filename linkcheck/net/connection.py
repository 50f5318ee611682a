"""One open connection and what is known of it."""

import h2.events
import h11
import httpcore

from linkcheck.model.exchange import Tls
from linkcheck.net.stream import Stream

Origin = tuple[str, str, int]


class Http1(httpcore.AsyncHTTP11Connection):
    """HTTP/1.1 that says whether it may carry another request."""

    @property
    def spotless(self) -> bool:
        """Tell whether the answer ended where it said; bytes behind it would answer the next."""
        return self.is_idle() and not self._h11_state.trailing_data[0]

    @property
    def babbled(self) -> bool:
        """Tell whether the connection ended with bytes that begin no HTTP answer."""
        rest = self._h11_state.trailing_data[0]
        return bool(rest) and not rest.startswith(b"HTTP/"[: len(rest)])

    async def piece(self, _: httpcore.Request, __: int) -> bytes | None:
        """Return the next bytes of the body, None at its end.

        httpcore's generators cannot be left early on trio without a ResourceWarning.
        """
        event = await self._receive_event()
        return bytes(event.data) if isinstance(event, h11.Data) else None


class Http2(httpcore.AsyncHTTP2Connection):
    """HTTP/2 that gives the pieces of a body one by one."""

    async def piece(self, request: httpcore.Request, stream: int) -> bytes | None:
        """Return the next bytes of a stream's body, None at its end."""
        event = await self._receive_stream_event(request, stream)
        if not isinstance(event, h2.events.DataReceived):
            return None
        self._h2_state.acknowledge_received_data(event.flow_controlled_length or 0, stream)
        await self._write_outgoing_data(request)
        return event.data or b""


class Connection:
    """Carry one exchange at a time on HTTP/1.1, several on HTTP/2."""

    __slots__ = (
        "address",
        "forwarding",
        "http",
        "idle_since",
        "origin",
        "retired",
        "stream",
        "streams",
        "tls",
    )

    def __init__(
        self,
        origin: Origin,
        http: Http1 | Http2,
        stream: Stream,
        tls: Tls | None,
    ) -> None:
        self.origin = origin
        self.http = http
        self.stream = stream
        self.tls = tls
        self.address: str | None = stream.address  # None behind a proxy
        self.forwarding = False  # it speaks with a proxy about many hosts
        self.streams = 0
        self.idle_since = 0.0
        self.retired = False  # takes no further request

    @property
    def shared(self) -> bool:
        """Tell whether several exchanges may run at once."""
        return not isinstance(self.http, Http1)

    @property
    def reusable(self) -> bool:
        """Tell whether another request may be sent now or later."""
        if isinstance(self.http, Http1):
            return self.http.spotless
        return not self.retired and self.http.is_available()

    async def aclose(self) -> None:
        """Close, whatever runs on it."""
        self.retired = True
        await self.http.aclose()
