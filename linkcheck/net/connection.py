"""One open connection and what is known of it."""

from linkcheck.model.exchange import Tls
from linkcheck.net.http1 import Http1
from linkcheck.net.http2 import Http2
from linkcheck.net.stream import Stream

Origin = tuple[str, str, int]


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
        self, origin: Origin, http: Http1 | Http2, stream: Stream, tls: Tls | None
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
        return self.http.shared

    @property
    def open(self) -> bool:
        """Tell whether a shared connection takes another request now."""
        return not self.retired and self.http.renew()

    async def aclose(self) -> None:
        """Close, whatever runs on it."""
        self.retired = True
        await self.http.aclose()
