"""Time that jumps when every task waits, on both backends, and servers that live in it."""

import asyncio
import selectors
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta
from typing import TypeVar

import anyio
import trio
import trio.testing

from linkcheck.model.exchange import Body, Failure, FailureKind, Reply, Request

T = TypeVar("T")
BORN = datetime(2026, 3, 1, 12, tzinfo=UTC)


class _JumpingSelector(selectors.SelectSelector):
    loop: "_JumpingLoop"

    def select(self, timeout: float | None = None) -> list[tuple[selectors.SelectorKey, int]]:
        ready = super().select(0)
        if ready or timeout == 0:
            return ready
        if timeout is None:
            raise AssertionError("every task waits and no timer is set: a deadlock")
        self.loop.virtual += timeout
        return ready


class _JumpingLoop(asyncio.SelectorEventLoop):
    def __init__(self) -> None:
        selector = _JumpingSelector()
        super().__init__(selector)
        selector.loop = self
        self.virtual = 0.0

    def time(self) -> float:
        return self.virtual


def simulate(backend: str, main: Callable[[], Awaitable[T]]) -> T:
    """Run a coroutine function in virtual time."""
    if backend == "trio":
        clock = trio.testing.MockClock(autojump_threshold=0)
        return anyio.run(main, backend="trio", backend_options={"clock": clock})
    return anyio.run(main, backend_options={"loop_factory": _JumpingLoop})


def wall() -> datetime:
    """Return a wall time that keeps step with the virtual one."""
    return BORN + timedelta(seconds=anyio.current_time())


def reply(url: str, status: int = 200, *headers: tuple[str, str], seconds: float = 0.0) -> Reply:
    return Reply(
        url=url,
        status=status,
        reason="",
        headers=tuple((name.encode(), value.encode()) for name, value in headers),
        http_version="HTTP/1.1",
        body=Body.of(b""),
        asked_at=wall(),
        first_byte_seconds=seconds,
        total_seconds=seconds,
    )


def failure(url: str, kind: FailureKind, seconds: float = 0.0) -> Failure:
    return Failure(url=url, kind=kind, detail="", asked_at=wall(), total_seconds=seconds)


class Server:
    """Answer after a while, keeping who came when and how many were there at once."""

    def __init__(
        self,
        answer: Callable[[Request], Reply | Failure] | None = None,
        seconds: Callable[[Request], float] = lambda _: 0.0,
    ) -> None:
        self.starts: list[tuple[float, str]] = []
        self.busy = 0
        self.most_busy = 0
        self._answer = answer or (lambda request: reply(request.url))
        self._seconds = seconds

    async def ask(self, request: Request) -> Reply | Failure:
        self.starts.append((anyio.current_time(), request.url))
        self.busy += 1
        self.most_busy = max(self.most_busy, self.busy)
        try:
            answer = self._answer(request)
            await anyio.sleep(self._seconds(request))
        finally:
            self.busy -= 1
        return answer

    def times(self, part: str = "") -> list[float]:
        return [at for at, url in self.starts if part in url]
