"""What we know of each archive: one pure file each, which never touches the network."""

import sys
from functools import cache
from typing import Protocol, runtime_checkable

from linkcheck.catalogue import collect
from linkcheck.model.archived import ArchivedUrl


@runtime_checkable
class Archive(Protocol):
    """One archive of the web."""

    @property
    def name(self) -> str:
        """The name it has in reports."""
        ...

    @property
    def examples(self) -> tuple[str, ...]:
        """Archived URLs of this archive, for the tests that every archive must pass."""
        ...

    def recognise(self, url: str) -> ArchivedUrl | None:
        """Return the parts of a URL that is this archive's; None where it is not."""
        ...


@cache
def archives() -> tuple[Archive, ...]:
    """Return every archive we know."""
    return collect(sys.modules[__name__], "ARCHIVE", Archive)  # type: ignore[type-abstract]  # a Protocol is what is asked for
