"""Wait for what another process does: nobody can be told by it, so one has to look."""

import time
from collections.abc import Callable

PATIENCE = 30.0
_LOOK = 0.01


def until(true: Callable[[], bool], patience: float = PATIENCE) -> None:
    """Return as soon as it is true; fail where it does not come to that."""
    end = time.monotonic() + patience
    while not true():
        assert time.monotonic() < end, "it never came to that"
        time.sleep(_LOOK)
