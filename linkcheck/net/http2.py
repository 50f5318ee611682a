"""HTTP/2 on one connection: httpcore's, with bodies that can be left early."""

import re

import h2.events
import httpcore

from linkcheck.net.http1 import Head, Wire
from linkcheck.net.stream import Stream

STATUS = re.compile(rb"[1-9][0-9]{2}")
SPLITS = re.compile(rb"[\r\n\0]")  # RFC 9113, 8.2.1: such a field would be two in a recording


class Http2(httpcore.AsyncHTTP2Connection):
    """Several exchanges at once."""

    shared = True

    def __init__(self, origin: tuple[str, str, int], stream: Stream) -> None:
        scheme, host, port = origin
        self._place = httpcore.Origin(scheme.encode(), host.encode(), port)
        self._asked = httpcore.Request(b"GET", httpcore.URL(scheme="https", host=host, target="/"))
        self._lower = stream
        super().__init__(self._place, stream)

    async def ask(self, wire: Wire) -> Head:
        """Send a request and return the head of its answer."""
        scheme, host, port = self._place.scheme, self._place.host, self._place.port
        url = httpcore.URL(scheme=scheme, host=host, port=port, target=wire.target)
        request = httpcore.Request(wire.method, url, headers=list(wire.fields))
        try:
            answer = await self.handle_async_request(request)
        except httpcore.RemoteProtocolError as error:
            self._raise_if_cut_short(error)
            raise
        stream: int = answer.extensions["stream_id"]
        return Head(b"HTTP/2", answer.status, b"", tuple(answer.headers), stream)

    async def piece(self, stream: int) -> bytes | None:
        """Return the next bytes of a body, None at its end."""
        try:
            event = await self._receive_stream_event(self._asked, stream)
            if not isinstance(event, h2.events.DataReceived):
                return None
            self._h2_state.acknowledge_received_data(event.flow_controlled_length or 0, stream)
            await self._write_outgoing_data(self._asked)
        except httpcore.RemoteProtocolError as error:
            self._raise_if_cut_short(error)
            raise
        return event.data or b""

    async def finish(self, stream: int) -> None:
        """Forget an exchange."""
        await self._response_closed(stream)

    def renew(self) -> bool:
        """Tell whether another exchange may begin."""
        return self.is_available()

    async def _receive_response(
        self, request: httpcore.Request, stream_id: int
    ) -> tuple[int, list[tuple[bytes, bytes]]]:
        """Read a head as strictly as HTTP/1.1's: httpcore takes one without a status for a 200."""
        event = None
        while not isinstance(event, h2.events.ResponseReceived):
            event = await self._receive_stream_event(request, stream_id)
        fields = [(bytes(key), bytes(value)) for key, value in event.headers or ()]
        status = dict(fields).get(b":status", b"")
        if not STATUS.fullmatch(status) or any(SPLITS.search(b"".join(field)) for field in fields):
            raise httpcore.RemoteProtocolError(f"no honest head, with status {status[:9]!r}")
        return int(status), [field for field in fields if not field[0].startswith(b":")]

    def _raise_if_cut_short(self, error: httpcore.RemoteProtocolError) -> None:
        if self._lower.ended:
            raise httpcore.ReadError("it was closed before the answer was whole") from error
