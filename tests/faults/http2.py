"""A server of HTTP/2 on the same raw sockets, for what can go wrong there."""

import ssl
from collections.abc import Callable

import h2.config
import h2.connection
import h2.events

from tests.faults.server import Script, Wire

Fields = list[tuple[str, str]]


class Talk:
    """One connection of HTTP/2 in the hands of a script."""

    def __init__(self, wire: Wire) -> None:
        self.wire = wire
        self.http = h2.connection.H2Connection(
            h2.config.H2Configuration(
                client_side=False,
                header_encoding="utf-8",
                validate_outbound_headers=False,
                normalize_outbound_headers=False,
            )
        )
        self.http.initiate_connection()
        self.flush()

    def flush(self) -> None:
        self.wire.send(self.http.data_to_send())

    def requests(self) -> list[tuple[int, Fields]]:
        """Wait for the next requests, none when the client is gone."""
        while data := self.wire.socket.recv(65536):
            found = [
                (
                    event.stream_id or 0,
                    [(str(key), str(value)) for key, value in event.headers or ()],
                )
                for event in self.http.receive_data(data)
                if isinstance(event, h2.events.RequestReceived)
            ]
            self.flush()
            if found:
                return found
        return []

    def answer(self, stream: int, body: bytes = b"hello", *fields: tuple[str, str]) -> None:
        self.http.send_headers(stream, [(":status", "200"), *fields])
        for start in range(0, len(body), 16384):
            self.http.send_data(stream, body[start : start + 16384])
        self.http.end_stream(stream)
        self.flush()


def talks(script: Callable[[Talk], None]) -> Script:
    return lambda wire: script(Talk(wire))


def polite(talk: Talk) -> None:
    """Answer every request well, naming its stream."""
    while found := talk.requests():
        for stream, fields in found:
            talk.answer(stream, dict(fields)[":path"].encode(), ("x-stream", str(stream)))


def speaking_http2(context: ssl.SSLContext) -> ssl.SSLContext:
    context.set_alpn_protocols(["h2"])
    return context
