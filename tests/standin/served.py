"""The stand-in on loopback, over TLS and under the real name web.archive.org."""

import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from unittest import mock

from linkcheck.net.guard import Address
from linkcheck.net.stream import Stream, connect
from tests.doors import Names
from tests.faults.certificates import make_certificates
from tests.faults.server import FaultServer, Script, Wire
from tests.standin.archive import StandIn
from tests.standin.asker import HOST
from tests.standin.spoken import Spoken

HTTPS = 443
_BODILESS = frozenset({204, 304})  # whatever follows their head would be the next answer's
# As if recorded then: what is recorded twice should be the same.
DATE = ("Date", "Fri, 20 Nov 2026 12:00:00 GMT")


@dataclass(frozen=True, slots=True, kw_only=True)
class Town:
    """What a door must be told to find the stand-in under its name."""

    server: FaultServer
    environment: dict[str, str]  # whom to trust
    lookup: Names


@contextmanager
def served(standin: StandIn, folder: Path) -> Iterator[Town]:
    """Serve while the block runs; within it, port 443 of loopback leads to the stand-in.

    The port itself is not ours to open, so a connection to it is turned where it begins. While
    the stand-in refuses, it is turned to a port that nobody listens at: the system refuses it.
    """
    certificates = make_certificates(folder)
    names = Names({HOST: ("127.0.0.1",)})
    with (
        FaultServer(_script(standin), certificates.good(HOST)) as server,
        socket.socket() as closed,
    ):
        closed.bind(("127.0.0.1", 0))
        shut: int = closed.getsockname()[1]

        async def turned(address: Address, port: int) -> Stream:
            if port == HTTPS:
                port = shut if standin.refuses(time.monotonic()) else server.port
            return await connect(address, port)

        with mock.patch("linkcheck.net.dialer.connect", turned):
            yield Town(server=server, environment=certificates.environment, lookup=names)


def _script(standin: StandIn) -> Script:
    lock = threading.Lock()  # one thread for each connection

    def script(wire: Wire) -> None:
        while head := wire.request():
            method, target = head.split(b" ")[:2]
            with lock:
                spoken = standin.take(target.decode("utf-8", "surrogateescape"), time.monotonic())
            if spoken is None:
                wire.reset()
                return
            _speak(wire, spoken, silent=method == b"HEAD")

    return script


def _speak(wire: Wire, spoken: Spoken, *, silent: bool) -> None:
    lines = [f"HTTP/1.1 {spoken.status} {spoken.reason}"]
    fields = [*spoken.headers, DATE]
    chunked = spoken.pieces is not None or (spoken.header("content-type") or "").startswith(
        "text/html"
    )
    known = spoken.header("content-length") is not None or spoken.status in _BODILESS
    if chunked and not known:
        fields.append(("Transfer-Encoding", "chunked"))
    elif not known:
        fields.append(("Content-Length", str(len(spoken.body))))
    lines += [f"{name}: {value}" for name, value in fields]
    wire.send("\r\n".join([*lines, "", ""]).encode("utf-8", "surrogateescape"))
    if silent or spoken.status in _BODILESS:
        return
    if not chunked or known:
        wire.send(spoken.body)
        return
    for piece in (spoken.pieces or (lambda: iter((spoken.body,))))():
        if piece:
            wire.send(b"%x\r\n" % len(piece), piece, b"\r\n")
    wire.send(b"0\r\n\r\n")
