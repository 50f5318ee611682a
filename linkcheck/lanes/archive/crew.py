"""Some hands that work off a queue: the most urgent first, whatever comes in meanwhile."""

import heapq
from collections.abc import Callable, Coroutine
from typing import Any, Generic, TypeVar

from anyio.abc import TaskGroup

Job = TypeVar("Job")
Urgency = tuple[Any, ...]


class Crew(Generic[Job]):
    """Start as many jobs at once as there are hands; two crews never wait for each other."""

    def __init__(
        self,
        group: TaskGroup,
        hands: int,
        work: Callable[[Job], Coroutine[Any, Any, None]],
        idle: Callable[[], Coroutine[Any, Any, None]],
    ) -> None:
        self._group = group
        self._hands = hands
        self._work = work
        self._idle = idle
        self._queue: list[tuple[Urgency, int, Job]] = []
        self._added = 0
        self._busy = 0
        self._open = False

    @property
    def at_rest(self) -> bool:
        """Tell that nothing is under way and nothing waits."""
        return not (self._busy or self._queue)

    def add(self, urgency: Urgency, job: Job) -> None:
        """Put a job into the queue; of two as urgent the earlier one comes first."""
        self._added += 1
        heapq.heappush(self._queue, (urgency, self._added, job))
        if self._open:
            self._fill()

    def open(self) -> None:
        """Begin to work."""
        self._open = True
        self._fill()
        if self.at_rest:
            self._group.start_soon(self._idle)

    def _fill(self) -> None:
        while self._queue and self._busy < self._hands:
            _, _, job = heapq.heappop(self._queue)
            self._busy += 1
            self._group.start_soon(self._do, job)

    async def _do(self, job: Job) -> None:
        try:
            await self._work(job)
        finally:
            self._busy -= 1
        self._fill()
        if self.at_rest:
            await self._idle()
