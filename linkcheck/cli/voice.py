"""What the command says beside its result."""

import sys
from contextlib import suppress


def complain(line: str) -> None:
    """Write one line to standard error, or nowhere: never among the result."""
    with suppress(OSError):  # nobody is left to be told
        if sys.stderr is not None:
            print(line, file=sys.stderr)  # noqa: T201 it speaks to the user
