"""How often Python looks for rubbish that goes in circles: seldom, for findings hold none."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager

_NEW, _ROUNDS, _OLD = 50_000, 20, 100


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
