"""Memory that processes share: a result is laid there, where a pipe would copy it six times."""

import mmap
import pickle
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

_SIZE = 4 * 1024 * 1024
"""Of one place; what is not written on takes no memory."""


@dataclass(frozen=True, slots=True)
class Laid:
    """Where on the board a result is, instead of the result."""

    place: int
    size: int


class Board:
    """Some places, each for one result at a time; a process that is forked has the same ones."""

    def __init__(self, places: int) -> None:
        self._memory = mmap.mmap(-1, places * _SIZE)
        self._places = places

    def lay(self, number: int, result: Any) -> Any:
        """Return where the result of a task was laid, or the result where there is no room."""
        packed = pickle.dumps(result, pickle.HIGHEST_PROTOCOL)
        if len(packed) > _SIZE:
            return result
        start = number % self._places * _SIZE
        self._memory[start : start + len(packed)] = packed
        return Laid(start, len(packed))

    def take(self, said: Any) -> Any:
        """Return a result, wherever it is."""
        if not isinstance(said, Laid):
            return said
        with memoryview(self._memory) as whole, whole[said.place :][: said.size] as packed:
            return pickle.loads(packed)  # noqa: S301 our own process wrote it


@dataclass(frozen=True, slots=True)
class Laying:
    """Work whose results are laid on the process's own board."""

    work: Callable[[Any], Any]

    def __call__(self, number: int, task: Any) -> Any:
        """Do one task and lay its result."""
        result = self.work(task)
        return result if _here is None else _here.lay(number, result)


_here: Board | None = None


def lay_here(board: Board | None) -> None:
    """Let this process lay its results on a board."""
    global _here  # noqa: PLW0603 a pool tells its processes nothing else but tasks
    _here = board
