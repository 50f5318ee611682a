"""How a lane leaves off: what still waits is let go, what has come is worked off."""

from collections.abc import Awaitable, Callable
from typing import TypeVar

import anyio

Thing = TypeVar("Thing")
Sleep = Callable[[float], Awaitable[None]]

WORK_OFF = 10.0
"""Seconds in which a lane that was stopped works off what it has in hand; then it is cut off."""


class Leaving:
    """Wait for answers, and for the time between questions, until the lane shall stop."""

    def __init__(self, stop: anyio.Event | None = None) -> None:
        self._stop = stop
        self._waiting: set[anyio.CancelScope] = set()

    async def waited(self, waiting: Callable[[], Awaitable[Thing]]) -> Thing | None:
        """Return what was waited for; None where the lane shall stop."""
        if self._stop is None:
            return await waiting()
        if self._stop.is_set():
            return None
        with anyio.CancelScope() as scope:
            self._waiting.add(scope)
            try:
                return await waiting()
            finally:
                self._waiting.discard(scope)
        return None

    def until_then(self, sleep: Sleep) -> Sleep:
        """Return a sleep that nobody sleeps on when the lane shall stop."""

        async def slept(seconds: float) -> None:
            await self.waited(lambda: sleep(seconds))

        return slept

    async def watch(self, working: anyio.CancelScope) -> None:
        """Let go of all that wait when the lane shall stop: they would wait for ever."""
        if self._stop is None:
            return
        await self._stop.wait()
        for scope in self._waiting:
            scope.cancel()
        await anyio.sleep(WORK_OFF)
        working.cancel()
