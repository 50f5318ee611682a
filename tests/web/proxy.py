"""A proxy that leads other programs into the small web: names and ports as on the real one."""

import contextlib
import selectors
import socket
from collections.abc import Iterator
from urllib.parse import urlsplit

from tests.faults.server import FaultServer, Wire
from tests.web.server import Web

_PORTS = {"http": 80, "https": 443}


@contextlib.contextmanager
def proxying(web: Web) -> Iterator[str]:
    """Give the proxy's address; who is not to be reached gets 502, as from any proxy."""
    with FaultServer(lambda wire: _serve(wire, web)) as proxy:
        yield proxy.url


def _serve(wire: Wire, web: Web) -> None:
    head = wire.request()
    if not head:
        return
    method, place, _ = head.split(b" ", 2)
    if method == b"CONNECT":
        name, _, port = place.decode().rpartition(":")
        onward = _connect(web, name, int(port))
        if onward is None:
            wire.answer(status=b"502 Bad Gateway")
            return
        wire.send(b"HTTP/1.1 200 Connection established\r\n\r\n")
    else:
        parts = urlsplit(place.decode())
        onward = _connect(web, parts.hostname or "", parts.port or _PORTS[parts.scheme])
        if onward is None:
            wire.answer(status=b"502 Bad Gateway")
            return
        path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
        # One request a connection: the next one may be for another host.
        sent = head.replace(place, path.encode(), 1)
        onward.sendall(sent.replace(b"\r\n\r\n", b"\r\nConnection: close\r\n\r\n", 1))
    with onward:
        _pump(wire.socket, onward)


def _connect(web: Web, name: str, port: int) -> socket.socket | None:
    try:
        address = web.addresses(name)[0]
        return socket.create_connection(web.door(address, port), timeout=5)
    except OSError:
        return None


def _pump(one: socket.socket, other: socket.socket) -> None:
    ways = {one: other, other: one}
    with selectors.DefaultSelector() as ready:  # `select` knows the first 1,024 files only
        for way in ways:
            ready.register(way, selectors.EVENT_READ)
        while found := ready.select(10):
            for key, _ in found:
                source = one if key.fileobj is one else other
                data = source.recv(65536)
                if not data:
                    return
                ways[source].sendall(data)
