"""HTTP/1.1 on one connection: h11's state machine and a stream."""

from contextlib import suppress
from functools import lru_cache
from typing import NamedTuple

import h11
import httpcore

from linkcheck.net.stream import Stream

PIECE = 1 << 16
HEAD = 100 << 10  # bytes of a head, a chunk's line or the trailers
END = h11.EndOfMessage()

Fields = tuple[tuple[bytes, bytes], ...]


class Wire(NamedTuple):
    """A request as it goes out; the origin is HTTP/2's to name."""

    method: bytes
    target: bytes
    fields: Fields


class Head(NamedTuple):
    """What comes before the body of an answer."""

    version: bytes
    status: int
    reason: bytes
    fields: Fields
    stream: int = 0


class Http1:
    """One exchange after the other.

    httpcore's own class takes two locks and five traces for an exchange, keeps what it knows of
    left-over bytes to itself, and its body cannot be left early on trio without a warning.
    """

    shared = False

    def __init__(self, stream: Stream) -> None:
        self._stream = stream
        self._machine = h11.Connection(h11.CLIENT, max_incomplete_event_size=HEAD)
        self._headless = True

    async def ask(self, wire: Wire) -> Head:
        """Send a request and return the head of its answer."""
        machine = self._machine
        self._headless = True
        request = h11.Request(
            method=wire.method, target=wire.target, headers=_pattern(wire.fields).headers
        )
        head = (machine.send(request) or b"") + (machine.send(END) or b"")
        # A server may answer and close before it has read everything (RFC 9112, 9.6).
        with suppress(httpcore.WriteError):
            await self._stream.write(head)
        event = await self._next()
        while isinstance(event, h11.InformationalResponse):
            event = await self._next()
        if not isinstance(event, h11.Response):
            raise httpcore.RemoteProtocolError(f"{event!r} in the place of an answer")
        self._headless = False
        fields = tuple(event.headers.raw_items())
        return Head(b"HTTP/" + event.http_version, event.status_code, event.reason, fields)

    async def piece(self, _: int) -> bytes | None:
        """Return the next bytes of the body, None at its end."""
        event = await self._next()
        return bytes(event.data) if isinstance(event, h11.Data) else None

    async def finish(self, _: int) -> None:
        """Do nothing: what was not read to its end cannot be renewed."""

    def renew(self) -> bool:
        """Make ready for another exchange, if this one ended where it said it would.

        Bytes behind the end would be taken for the next answer.
        """
        machine = self._machine
        if machine.our_state is not h11.DONE or machine.their_state is not h11.DONE:
            return False
        machine.start_next_cycle()
        return not machine.trailing_data[0]

    async def aclose(self) -> None:
        """Close the connection."""
        await self._stream.aclose()

    async def _next(self) -> object:
        machine = self._machine
        while True:
            try:
                event = machine.next_event()
            except h11.RemoteProtocolError as error:
                self._raise_if_cut_short(error)
                raise
            if event is not h11.NEED_DATA:
                return event
            machine.receive_data(await self._stream.read(PIECE))

    def _raise_if_cut_short(self, error: h11.RemoteProtocolError) -> None:
        """Tell a connection that ended too early apart from an answer that breaks the protocol."""
        if not self._stream.ended:
            return
        rest = self._machine.trailing_data[0]
        if self._headless and rest and not rest.startswith(b"HTTP/"[: len(rest)]):
            raise httpcore.RemoteProtocolError("what the server sent is not HTTP") from error
        raise httpcore.ReadError("it was closed before the answer was whole") from error


@lru_cache(4096)
def _pattern(fields: Fields) -> h11.Request:
    """Validate the fields of a request once: to one host they are always the same."""
    return h11.Request(method=b"GET", target=b"/", headers=list(fields))
