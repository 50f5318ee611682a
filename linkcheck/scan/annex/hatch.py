"""An opening between two processes: messages go through in order, many at a time."""

import pickle
import socket
import struct
from collections.abc import Iterable
from typing import Any

import anyio

from linkcheck.scan.basket import Basket

_SIZE = struct.Struct("!Q")
_TOGETHER = 256  # messages that are packed at once: what they share is packed once
_PIECE = 1 << 18

ROOM = 512
"""Messages that wait to be sent; observations have the writer's basket before them besides."""


class Hatch:
    """One side of the opening. What is put in is sent by whoever runs `hand_out`."""

    def __init__(self, end: socket.socket) -> None:
        end.settimeout(0.0)
        self._end = end
        self._outgoing: Basket[Any] = Basket(ROOM)
        self._went = anyio.Event()

    async def put(self, messages: Iterable[Any]) -> None:
        """Put messages in; waits where the other side is behind, and then cannot be cancelled."""
        if self._outgoing.is_full:
            with anyio.CancelScope(shield=True):
                await self._outgoing.room()
        self._outgoing.put(messages)

    async def passed(self) -> None:
        """Wait until what was put in is on its way: what is long is not to lie here as a whole."""
        while len(self._outgoing) and not self._outgoing.is_closed:
            self._went = anyio.Event() if self._went.is_set() else self._went
            await self._went.wait()

    def close(self) -> None:
        """Put nothing in any more; what was put in still goes through."""
        self._outgoing.close()

    def shut(self) -> None:
        """Let go of the opening."""
        self._end.close()

    async def hand_out(self) -> None:
        """Send what was put in, until it is closed or nobody is on the other side any more."""
        try:
            while await self._outgoing.any():
                packed = pickle.dumps(self._outgoing.take(_TOGETHER), pickle.HIGHEST_PROTOCOL)
                await self._send(_SIZE.pack(len(packed)))
                await self._send(packed)
                self._went.set()
        except ConnectionError:
            pass  # whoever takes in learns of the end
        finally:
            self._outgoing.close()  # nobody shall wait for room that will never be
            self._went.set()

    async def take_in(self) -> list[Any]:
        """Return the next messages; none where the other side is gone."""
        head = await self._receive(_SIZE.size)
        packed = await self._receive(_SIZE.unpack(head)[0]) if head else b""
        return pickle.loads(packed) if packed else []  # noqa: S301 our own process wrote it

    async def _send(self, data: bytes) -> None:
        view = memoryview(data)
        while view:
            try:
                view = view[self._end.send(view) :]
            except BlockingIOError:
                await anyio.wait_writable(self._end)

    async def _receive(self, size: int) -> bytes | bytearray:
        """Return so many bytes; none where the other side is gone, in the middle of them too."""
        came = bytearray()
        while len(came) < size:
            try:
                piece = self._end.recv(min(size - len(came), _PIECE))
            except BlockingIOError:
                await anyio.wait_readable(self._end)
                continue
            except ConnectionError:
                return b""
            if not piece:
                return b""
            came += piece
        return came
