"""What some have made and another has not taken yet: a bounded basket between them."""

from collections import deque
from collections.abc import Iterable
from typing import Generic, TypeVar

import anyio

ROOM = 2_048
"""Things that may wait: lanes are held back where the disk is slower than the network. Some
four megabytes of observations, of two kilobytes each, and a transaction that is large enough for
the disk to be waited for seldom."""

Thing = TypeVar("Thing")


class Basket(Generic[Thing]):
    """Take in things from many hands, and give them to one.

    As long as there is room nobody waits, so nobody can be cancelled meanwhile; a stream of the
    event loop takes ten times as long, for each of 300,000.
    """

    def __init__(self, room: int = ROOM) -> None:
        self._most = room
        self._held: deque[Thing] = deque()
        self._news = anyio.Event()
        self._room = anyio.Event()
        self._closed = False

    @property
    def is_full(self) -> bool:
        """Tell whether who brings something has to wait."""
        return len(self._held) >= self._most

    @property
    def is_closed(self) -> bool:
        """Tell whether nothing more comes, or is taken out."""
        return self._closed

    def __len__(self) -> int:
        return len(self._held)

    def put(self, things: Iterable[Thing]) -> None:
        """Lay something in; whoever does is to wait for room first."""
        self._held.extend(things)
        self._news.set()

    async def room(self) -> None:
        """Wait until there is room."""
        while self.is_full and not self._closed:
            self._room = anyio.Event() if self._room.is_set() else self._room
            await self._room.wait()

    def close(self) -> None:
        """Say that nothing more will come; what is in it is still taken out."""
        self._closed = True
        self._news.set()
        self._room.set()

    async def any(self) -> bool:
        """Wait until there is something; False where nothing will come any more."""
        while not self._held and not self._closed:
            self._news = anyio.Event()
            await self._news.wait()
        return bool(self._held)

    def take(self, most: int) -> list[Thing]:
        """Take out so many, the earliest first."""
        taken = [self._held.popleft() for _ in range(min(most, len(self._held)))]
        if not self.is_full:
            self._room.set()
        return taken
