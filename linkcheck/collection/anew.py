"""Processes that begin anew: they know our modules, and not the program that we are part of."""

import sys
import threading
from multiprocessing.context import SpawnContext, SpawnProcess
from types import ModuleType

from linkcheck.errors import LinkcheckError

_ONE = threading.Lock()
"""Of several scans in one program: what one has put away is not to be taken for the program."""


class _Process(SpawnProcess):
    """One that does not run the program once more.

    Each would begin with it: a script without `if __name__ == "__main__"` would scan again, and
    one that came by standard input cannot be read again. Nothing that we hand over is of it.
    """

    def start(self) -> None:
        """Start it, as if the program were none."""
        with _ONE:
            program = sys.modules["__main__"]
            sys.modules["__main__"] = ModuleType("__main__")
            try:
                super().start()
            except OSError as error:
                raise LinkcheckError(
                    f"no other process can be started: {error.strerror}: try --threads 1"
                ) from error
            finally:
                sys.modules["__main__"] = program


class Anew(SpawnContext):
    """What makes them, as `multiprocessing.get_context` gives it."""

    Process = _Process
