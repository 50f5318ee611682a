"""One byte stream as httpcore wants it: TCP or TLS, over asyncio or trio."""

import errno
import os
import select
import socket
import ssl
from contextlib import suppress
from ipaddress import IPv4Address, IPv6Address
from typing import Any

import anyio
import anyio.abc
import httpcore
from anyio.abc import SocketStream
from anyio.streams.tls import TLSAttribute, TLSStream

IPV4 = 4
LOST = (anyio.BrokenResourceError, anyio.ClosedResourceError, OSError)


async def connect(address: IPv4Address | IPv6Address, port: int) -> "Stream":
    """Connect to this address and no other, at half of what `anyio.connect_tcp` costs."""
    family = socket.AF_INET if address.version == IPV4 else socket.AF_INET6
    raw = socket.socket(family, socket.SOCK_STREAM)
    try:
        raw.setblocking(False)  # noqa: FBT003 # its only form
        with suppress(BlockingIOError):
            raw.connect((str(address), port))
        await anyio.wait_writable(raw)
        _raise_error_of(raw)
        raw.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        return Stream(await SocketStream.from_socket(raw), endpoint(address, port))
    except BaseException:
        raw.close()
        raise


def _raise_error_of(raw: socket.socket) -> None:
    error = raw.getsockopt(socket.SOL_SOCKET, socket.SO_ERROR)
    if error:
        raise OSError(error, os.strerror(error))


def endpoint(address: IPv4Address | IPv6Address, port: int) -> str:
    """Write an address and a port as evidence is kept."""
    return f"{address}:{port}" if address.version == IPV4 else f"[{address}]:{port}"


class Stream(httpcore.AsyncNetworkStream):
    """Read and write; how long that may take is the watch's business, not each call's."""

    def __init__(self, stream: anyio.abc.ByteStream, address: str) -> None:
        self._stream = stream
        self.address = address
        self.received = 0
        self.ended = False
        self._poll = select.poll()
        raw = stream.extra(anyio.abc.SocketAttribute.raw_socket)  # noqa: S610 # not Django's
        if raw.fileno() < 0:  # asyncio has closed it, for the other side was quicker
            raise ConnectionResetError(errno.ECONNRESET, os.strerror(errno.ECONNRESET))
        self._poll.register(raw, select.POLLIN)

    async def read(self, max_bytes: int, timeout: float | None = None) -> bytes:  # noqa: ARG002, ASYNC109 # httpcore's signature
        """Return the next bytes, none at the end."""
        try:
            data = await self._stream.receive(max_bytes)
        except anyio.EndOfStream:
            self.ended = True
            return b""
        except LOST as error:
            raise httpcore.ReadError("the connection was lost") from error
        self.received += len(data)
        return data

    async def write(self, buffer: bytes, timeout: float | None = None) -> None:  # noqa: ARG002, ASYNC109 # httpcore's signature
        """Send all bytes."""
        if not buffer:
            return
        try:
            await self._stream.send(buffer)
        except LOST as error:
            raise httpcore.WriteError("the connection was lost") from error

    async def aclose(self) -> None:
        """Close without waiting for the other side."""
        await self._stream.aclose()

    async def start_tls(
        self,
        ssl_context: ssl.SSLContext,
        server_hostname: str | None = None,
        timeout: float | None = None,  # noqa: ARG002, ASYNC109 # httpcore's signature
    ) -> "Stream":
        """Return the same connection under TLS, its certificate checked for that name."""
        try:
            wrapped = await TLSStream.wrap(
                self._stream,
                ssl_context=ssl_context,
                hostname=server_hostname,
                standard_compatible=False,
            )
        except anyio.EndOfStream as error:
            raise httpcore.ReadError("closed during the TLS handshake") from error
        except LOST as error:
            raise httpcore.ConnectError("no TLS handshake") from error
        return Stream(wrapped, self.address)

    @property
    def handshake(self) -> ssl.SSLObject | None:
        """Return what TLS agreed on, if it is spoken."""
        return self._stream.extra(TLSAttribute.ssl_object, None)  # noqa: S610 # not Django's

    @property
    def stirred(self) -> bool:
        """Tell whether bytes or the end wait in the socket, which nobody asked for when idle."""
        return bool(self._poll.poll(0))

    def get_extra_info(self, info: str) -> Any:
        """Answer httpcore, which asks this of idle connections."""
        return self.stirred if info == "is_readable" else None
