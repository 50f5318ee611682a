"""A server on raw sockets that does to a client what the web does."""

import contextlib
import select
import socket
import ssl
import struct
import threading
from collections.abc import Callable
from types import TracebackType
from typing import Self

PATIENCE = 10.0  # seconds: more than any test waits
LINGER_NOT = struct.pack("ii", 1, 0)


class Wire:
    """One accepted connection, in the hands of a script."""

    def __init__(self, connection: socket.socket, server: "FaultServer") -> None:
        connection.settimeout(PATIENCE)
        self.socket = connection
        self._server = server

    def request(self) -> bytes:
        """Return the next head that the client sends, empty when it is gone."""
        head = b""
        while b"\r\n\r\n" not in head:
            piece = self.socket.recv(65536)
            if not piece:
                return b""
            head += piece
        self._server.heads.append(head)
        return head

    def send(self, *pieces: bytes) -> None:
        for piece in pieces:
            self.socket.sendall(piece)

    def answer(self, body: bytes = b"", *fields: bytes, status: bytes = b"200 OK") -> None:
        """Send a whole and honest answer."""
        lines = [b"HTTP/1.1 " + status, b"Content-Length: %d" % len(body), *fields]
        self.send(b"\r\n".join(lines) + b"\r\n\r\n" + body)

    def reset(self) -> None:
        """End with a RST instead of a FIN."""
        raw = self.socket
        raw.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, LINGER_NOT)
        raw.close()

    def drip(self, piece: bytes, seconds: float) -> None:
        """Send a piece again and again until the client leaves."""
        while not select.select([self.socket], [], [], seconds)[0]:
            self.send(piece)

    def until_left(self) -> None:
        """Say nothing until the client leaves."""
        while self.socket.recv(65536):
            pass


Script = Callable[[Wire], None]


class FaultServer:
    """Run a script for each connection, in a thread of its own; closing joins them all."""

    def __init__(self, script: Script, tls: ssl.SSLContext | None = None) -> None:
        self._script = script
        self._tls = tls
        self._listener = socket.create_server(("127.0.0.1", 0), backlog=128)
        self._threads: list[threading.Thread] = []
        self._left: list[threading.Event] = []
        self.port: int = self._listener.getsockname()[1]
        self.heads: list[bytes] = []
        self.connections = 0

    @property
    def url(self) -> str:
        return f"{'https' if self._tls else 'http'}://127.0.0.1:{self.port}"

    def __enter__(self) -> Self:
        accepting = threading.Thread(target=self._accept, daemon=True)
        accepting.start()
        self._accepting = accepting
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        with contextlib.suppress(OSError):
            self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()
        self._accepting.join(PATIENCE)
        for thread in self._threads:
            thread.join(PATIENCE)

    def deserted(self, seconds: float = 2.0) -> bool:
        """Tell whether the client has closed every connection, waiting a little for it."""
        return all(left.wait(seconds) for left in tuple(self._left))

    def _accept(self) -> None:
        with contextlib.suppress(OSError):
            while True:
                connection, _ = self._listener.accept()
                self.connections += 1
                thread = threading.Thread(
                    target=self._serve, args=(connection, len(self._threads)), daemon=True
                )
                self._threads.append(thread)
                self._left.append(threading.Event())
                thread.start()

    def _serve(self, connection: socket.socket, number: int) -> None:
        try:
            self._converse(connection)
        finally:
            self._left[number].set()

    def _converse(self, connection: socket.socket) -> None:
        # A client that leaves in the middle is what most of the tests are about.
        with contextlib.suppress(OSError), connection:
            connection.settimeout(PATIENCE)
            if self._tls is None:
                self._script(Wire(connection, self))
                return
            with self._tls.wrap_socket(connection, server_side=True) as wrapped:
                self._script(Wire(wrapped, self))
