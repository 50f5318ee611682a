"""Which signals end a run in order."""

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager

_ENDING = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)

ONE_WISH = 0.3
"""Seconds in which signals mean one thing: `timeout` tells its child and then its child's group,
and a terminal that is closed speaks through the shell and through the kernel."""


def ending_signals() -> tuple[signal.Signals, ...]:
    """Return them: Ctrl-C, what cron, systemd and `timeout` send, and a terminal that is closed.

    What this process was started to ignore, as `nohup` and a shell's `&` do, stays ignored.
    """
    return tuple(one for one in _ENDING if signal.getsignal(one) is not signal.SIG_IGN)


@contextmanager
def kept_signals() -> Iterator[None]:
    """Leave signals as they were: an event loop that heeded one lets it kill afterwards."""
    before = {one: signal.getsignal(one) for one in _ENDING}
    try:
        yield
    finally:
        if threading.current_thread() is threading.main_thread():
            for one, handler in before.items():
                if handler is not None and signal.getsignal(one) is not handler:
                    signal.signal(one, handler)
