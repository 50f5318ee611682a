"""How often Python looks for rubbish that goes in circles, and what becomes of freed memory."""

import ctypes
import gc
from collections.abc import Iterator
from contextlib import contextmanager, suppress

_NEW, _ROUNDS, _OLD = 50_000, 20, 100

_ARENAS = -8  # glibc's M_ARENA_MAX


@contextmanager
def seldom_collecting() -> Iterator[None]:
    """Look after every 50,000 new objects instead of 700: that was an eighth of a scan's time.

    What a scan makes is freed by itself when nobody holds it any more; circles are rare, and
    what is old, some hundred thousand subjects, need not be gone through again and again.
    """
    before = gc.get_threshold()
    gc.set_threshold(_NEW, _ROUNDS, _OLD)
    try:
        yield
    finally:
        gc.set_threshold(*before)


def one_heap() -> None:
    """Have all threads of a process that is ours share one heap, before there are any.

    glibc gives each a heap of its own, and what one thread has freed no other can use: reading,
    writing and looking up each left some behind, ten megabytes in all (2026-11, the full size).
    """
    with suppress(AttributeError, OSError, TypeError):  # another C library does as it likes
        ctypes.CDLL(None).mallopt(_ARENAS, 1)


def give_back() -> None:
    """Give memory that was freed back to the system, where its C library can be told to.

    What is due, once it is sorted, and what was read leave a quarter of a process behind that
    glibc would keep for later (2026-11, the full size).
    """
    with suppress(AttributeError, OSError, TypeError):
        ctypes.CDLL(None).malloc_trim(0)
