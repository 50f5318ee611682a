"""The one error that a task group has wrapped, by itself again."""

from collections.abc import Iterator
from contextlib import contextmanager

from linkcheck.errors import LinkcheckError


@contextmanager
def alone() -> Iterator[None]:
    """Let an error of ours through as it was raised, else the disk's; others stay as they are."""
    try:
        yield
    except BaseExceptionGroup as group:
        raise _first(group, LinkcheckError) or _first(group, OSError) or group from None


def _first(group: BaseExceptionGroup[BaseException], kind: type[Exception]) -> BaseException | None:
    for one in group.exceptions:
        found = _first(one, kind) if isinstance(one, BaseExceptionGroup) else one
        if isinstance(found, kind):
            return found
    return None
