"""Where a scan speaks: a console whose listener may leave at any moment."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import NoReturn

from rich.console import Console, RenderableType

from linkcheck.errors import LinkcheckError

_WIDE = 160


class Stage(Console):
    """A console that tells when nobody listens; rich's own would close standard output and exit."""

    def on_broken_pipe(self) -> NoReturn:
        """Let whoever speaks decide what that means."""
        raise BrokenPipeError


def result_stage(*, beside: bool = False) -> Stage:
    """Return where the result goes: a report on standard output moves it aside."""
    stage = Stage(stderr=beside)
    # In a log or a mail nothing is gained by breaking lines.
    return stage if stage.is_terminal else Stage(stderr=beside, width=_WIDE)


def show(stage: Console, thing: RenderableType) -> None:
    """Print it; a listener who has left, as `head` does, is no trouble."""
    with _telling("standard error" if stage.stderr else "standard output"):
        stage.print(thing)


@contextmanager
def _telling(name: str) -> Iterator[None]:
    try:
        yield
    except BrokenPipeError:
        return
    except OSError as error:
        raise LinkcheckError(f"{name}: cannot be written: {error.strerror or error}") from error
