"""Work spread over processes: results come in order, and no more than a few wait at a time."""

import gc
import multiprocessing
import os
import signal
import sys
import threading
from collections import deque
from collections.abc import Callable, Generator, Iterable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from itertools import chain, islice
from typing import Any, TypeVar

from linkcheck.collection.anew import Anew
from linkcheck.collection.board import Board, Laying, lay_here
from linkcheck.errors import LinkcheckError
from linkcheck.model.input import Input

Task = TypeVar("Task")
Result = TypeVar("Result")
Work = Callable[[list[Input]], Result]

CHUNK = 256
"""Files a task: large enough that handing it over costs nothing, small enough to stay in step."""

_SELDOM = 100_000
"""Articles and links hold no cycles: looking for some after every 700 of them is for nothing."""

_ENDING = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)

_ADVICE = ": try --threads 1 or a smaller max_file_bytes"

_ENOUGH = 2 * CHUNK
"""Below this many files, starting processes takes longer than the work."""


class LostError(LinkcheckError):
    """Tell that a process is gone: for want of memory, or because somebody told all to stop."""


def spread(
    inputs: Iterable[Input], work: Work[Result], processes: int
) -> Generator[Result, None, None]:
    """Yield the result of every chunk of inputs, in order, using so many processes."""
    chunks = _chunks(inputs)
    if processes > 1:
        first = list(islice(chunks, _ENOUGH // CHUNK))
        if len(first) == _ENOUGH // CHUNK:
            yield from _in_processes(first, chunks, work, processes, _ADVICE)
            return
        chunks = iter(first)
    with _seldom_collecting():
        yield from map(work, chunks)


def apart(
    work: Callable[[Task], Result], tasks: Sequence[Task], processes: int
) -> Generator[Result, None, None]:
    """Yield the result of every task, in order, using so many processes; one is this one."""
    if processes > 1 and len(tasks) > 1:
        yield from _in_processes([], iter(tasks), work, min(processes, len(tasks)))
    else:
        yield from map(work, tasks)


def usable_cores() -> int:
    """Return how many cores this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def _chunks(inputs: Iterable[Input]) -> Iterator[list[Input]]:
    waiting = iter(inputs)
    while chunk := list(islice(waiting, CHUNK)):
        yield chunk


def _in_processes(
    first: list[Task],
    rest: Iterator[Task],
    work: Callable[[Task], Result],
    processes: int,
    advice: str = "",
) -> Iterator[Result]:
    method = _start_method()
    # Two tasks a process: one in work and one at hand, whatever the size of the collection.
    ahead = max(len(first), 2 * processes)
    board = Board(ahead) if method == "fork" else None
    with undisturbed():  # its helper, too, is to survive a terminal that is closed
        made = ProcessPoolExecutor(
            processes,
            mp_context=multiprocessing.get_context(method) if method == "fork" else Anew(),
            initializer=_begin,
            initargs=(board,),
        )
    with made as pool:
        numbered = enumerate(chain(first, rest))
        tasks = (pool.submit(Laying(work), number, task) for number, task in numbered)
        waiting: deque[Future[Any]] = deque()
        try:
            with undisturbed():
                waiting.extend(islice(tasks, ahead))
            while waiting:
                said = waiting.popleft().result()
                result: Result = said if board is None else board.take(said)
                with undisturbed():
                    waiting.extend(islice(tasks, 1))
                yield result
        except BrokenProcessPool as error:
            raise LostError(
                f"a process that reads articles was killed, most likely for want of memory{advice}"
            ) from error
        finally:
            for future in waiting:
                future.cancel()


def _start_method() -> str:
    """Fork where that is safe: it starts in no time."""
    alone = threading.active_count() == 1
    return "fork" if sys.platform == "linux" and alone else "spawn"


@contextmanager
def undisturbed() -> Iterator[None]:
    """Hold signals back while a pool starts or takes work: it does not survive them there."""
    before = signal.pthread_sigmask(signal.SIG_BLOCK, _ENDING)
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


@contextmanager
def _seldom_collecting() -> Iterator[None]:
    before = gc.get_threshold()
    gc.set_threshold(_SELDOM)
    try:
        yield
    finally:
        gc.set_threshold(*before)


def _begin(board: Board | None) -> None:
    """Make ready for tasks in a process of our own."""
    follow_parent()
    gc.freeze()
    gc.set_threshold(_SELDOM)
    lay_here(board)


def follow_parent() -> None:
    """Leave Ctrl-C to the parent, which then ends its pool in order, and never outlive it."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGHUP, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    signal.pthread_sigmask(signal.SIG_UNBLOCK, _ENDING)
    threading.Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    """Wait for the parent's end: one that was killed cannot tell its pool to stop."""
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)
