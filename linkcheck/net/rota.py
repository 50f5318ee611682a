"""Who comes next of those who wait for one thing: the busiest, in turn the longest waiting."""

import heapq
from collections import OrderedDict
from itertools import count
from typing import Generic, TypeVar

T = TypeVar("T")

# Three places go to whoever would finish last, the fourth to whoever has waited longest: the work
# ends early, and nobody waits for more than four times as many places as there are waiters.
TURNS = 4


class Rota(Generic[T]):
    """Hold those who could start at once if there were room, each with the seconds of its work."""

    __slots__ = ("_heap", "_order", "_turn", "_weights")

    def __init__(self) -> None:
        self._weights: OrderedDict[T, float] = OrderedDict()  # longest waiting first
        self._heap: list[tuple[float, int, T]] = []  # heaviest first, outdated entries among them
        self._order = count()
        self._turn = 0

    def __len__(self) -> int:
        return len(self._weights)

    def __contains__(self, item: T) -> bool:
        return item in self._weights

    def put(self, item: T, weight: float) -> None:
        """Let an item wait, or tell its new weight; its place by age stays."""
        if self._weights.get(item) == weight:
            return
        self._weights[item] = weight
        heapq.heappush(self._heap, (-weight, next(self._order), item))
        if len(self._heap) > 4 * len(self._weights) + 64:
            self._heap = [(-heavy, next(self._order), who) for who, heavy in self._weights.items()]
            heapq.heapify(self._heap)

    def discard(self, item: T) -> None:
        """Let an item wait no longer."""
        self._weights.pop(item, None)

    def heaviest(self) -> float:
        """Return the greatest weight of those who wait."""
        self._tidy()
        return -self._heap[0][0]

    def take(self) -> T:
        """Remove and return who comes next."""
        if len(self._weights) > 1:
            self._turn = (self._turn + 1) % TURNS
            if self._turn == 0:
                return self._weights.popitem(last=False)[0]
        self._tidy()
        item = heapq.heappop(self._heap)[2]
        del self._weights[item]
        return item

    def _tidy(self) -> None:
        while self._weights.get(self._heap[0][2]) != -self._heap[0][0]:
            heapq.heappop(self._heap)
