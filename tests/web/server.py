"""The machines of the small web: two ports, one certificate for many names, and bad ones."""

import contextlib
import ssl
import threading
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.utils import format_datetime
from ipaddress import ip_address
from pathlib import Path
from socket import EAI_AGAIN, EAI_NONAME, gaierror
from unittest.mock import patch

import anyio

from linkcheck.net import dialer
from linkcheck.net.guard import Address
from linkcheck.net.stream import Stream, connect
from tests.faults.certificates import LAST_YEAR, LONG_AGO, Certificates, make_certificates
from tests.faults.server import FaultServer, Wire

HOME, HALF, CLOSED = "127.0.0.1", "127.0.0.3", "127.0.0.9"


@dataclass(frozen=True)
class Asked:
    """One request as a page sees it."""

    scheme: str
    host: str
    method: str
    path: str
    agent: str
    turn: int  # which request of its host it is, the first being 1
    cookie: str = ""


@dataclass(frozen=True)
class Said:
    """One answer of a page."""

    body: bytes | str = b""
    status: str = "200 OK"
    fields: tuple[str, ...] = ("Content-Type: text/html; charset=utf-8",)
    seconds: float = 0.0


Script = Callable[[Wire], None]
Host = Callable[[Asked], Said | Script]


@dataclass
class Web:
    """The running web: where it listens, whom it trusts, and who asked what."""

    hosts: Mapping[str, Host]
    certificates: Certificates
    nowhere: Mapping[str, str] = field(default_factory=dict)  # names that lead to another address
    failing: frozenset[str] = frozenset()  # names at which the resolver fails
    turns: Counter[str] = field(default_factory=Counter)
    asked: list[Asked] = field(default_factory=list)
    doors: dict[tuple[str, int], int] = field(default_factory=dict)
    lookups: Counter[str] = field(default_factory=Counter)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def addresses(self, name: str) -> tuple[str, ...]:
        """Resolve a name as this web's resolver does."""
        self.lookups[name] += 1
        if name in self.failing:
            raise gaierror(EAI_AGAIN, "Temporary failure in name resolution")
        if name in self.nowhere:
            return (self.nowhere[name],)
        if name in self.hosts:
            return (HOME,)
        raise gaierror(EAI_NONAME, "Name or service not known")

    async def lookup(self, name: str) -> tuple[Address, ...]:
        await anyio.lowlevel.checkpoint()
        return tuple(map(ip_address, self.addresses(name)))

    def door(self, address: str, port: int) -> tuple[str, int]:
        """Return where a connection to an address of this web really goes."""
        return (HOME, self.doors[address, port]) if (address, port) in self.doors else (CLOSED, 9)

    def converse(self, wire: Wire, scheme: str) -> None:
        while head := wire.request():
            asked = self._read(head, scheme)
            said = self.hosts.get(asked.host, _nobody)(asked)
            if not isinstance(said, Said):
                said(wire)
                return
            _send(wire, said, asked)

    def _read(self, head: bytes, scheme: str) -> Asked:
        first, *lines = head.decode("latin-1").split("\r\n")
        method, path, _ = first.split(" ", 2)
        fields = {key.lower(): value for key, _, value in (line.partition(": ") for line in lines)}
        host = fields["host"].partition(":")[0]
        with self._lock:
            self.turns[host] += 1
            asked = Asked(
                scheme, host, method, path, fields.get("user-agent", ""), self.turns[host]
            )
            self.asked.append(asked)
        return asked


def _nobody(asked: Asked) -> Said:
    return Said(f"no host {asked.host}", "421 Misdirected Request")


def _send(wire: Wire, said: Said, asked: Asked) -> None:
    if said.seconds:
        threading.Event().wait(said.seconds)
    body = said.body.encode() if isinstance(said.body, str) else said.body
    date = f"Date: {format_datetime(datetime.now(UTC), usegmt=True)}"
    fields = [field.encode("utf-8", "surrogateescape") for field in (*said.fields, date)]
    if asked.method == "HEAD":
        lines = [f"HTTP/1.1 {said.status}".encode(), b"Content-Length: %d" % len(body), *fields]
        wire.send(b"\r\n".join(lines) + b"\r\n\r\n")
    else:
        wire.answer(body, *fields, status=said.status.encode())


@contextlib.contextmanager
def running(
    hosts: Mapping[str, Host],
    folder: Path,
    *,
    nowhere: Mapping[str, str] | None = None,
    failing: frozenset[str] = frozenset(),
    expired: frozenset[str] = frozenset(),
    unsigned: frozenset[str] = frozenset(),
    misnamed: frozenset[str] = frozenset(),
) -> Iterator[Web]:
    """Run the web; `connected` leads the program to it."""
    certificates = make_certificates(folder)
    web = Web(hosts, certificates, nowhere or {}, failing)
    good = certificates.good(*sorted(hosts.keys() - misnamed))
    others = {name: certificates.good("somebody.else.internal") for name in misnamed}
    others |= {name: _expired(certificates, name) for name in expired}
    others |= {name: certificates.self_signed() for name in unsigned}

    def choose(wrapped: ssl.SSLObject, name: str | None, _context: ssl.SSLContext) -> None:
        wrapped.context = others.get(name or "", good)

    good.sni_callback = choose
    with (
        FaultServer(lambda wire: web.converse(wire, "http")) as plain,
        FaultServer(lambda wire: web.converse(wire, "https"), good) as secret,
    ):
        web.doors = {
            (HOME, 80): plain.port,
            (HOME, 443): secret.port,
            (HALF, 80): plain.port,
        }
        yield web


def _expired(certificates: Certificates, name: str) -> ssl.SSLContext:
    leaf = certificates.authority.issue_cert(name, not_before=LONG_AGO, not_after=LAST_YEAR)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    leaf.configure_cert(context)
    return context


@contextlib.contextmanager
def connected(web: Web) -> Iterator[None]:
    """Lead every connection of the program to this web: its ports are not the well-known ones."""

    async def connect_here(address: Address, port: int) -> Stream:
        place, door = web.door(str(address), port)
        return await connect(ip_address(place), door)

    with patch.object(dialer, "connect", connect_here):
        yield
