"""The one error that a task group has wrapped, by itself again."""

from collections.abc import Iterator
from contextlib import contextmanager

from linkcheck.errors import LinkcheckError


@contextmanager
def alone() -> Iterator[None]:
    """Let an error of ours through as it was raised; others stay as they are."""
    try:
        yield
    except BaseExceptionGroup as group:
        raise _ours(group) or group from None


def _ours(group: BaseExceptionGroup[BaseException]) -> BaseException | None:
    for one in group.exceptions:
        found = _ours(one) if isinstance(one, BaseExceptionGroup) else one
        if isinstance(found, LinkcheckError):
            return found
    return None
