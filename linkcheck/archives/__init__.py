"""What we know of each archive: one pure file each, which never touches the network."""

import sys
from collections.abc import Iterator
from functools import cache
from typing import Protocol, runtime_checkable

from linkcheck.archives._index import collected
from linkcheck.archives._pywb import pywb_at
from linkcheck.catalogue import collect
from linkcheck.model.archived import ArchivedUrl
from linkcheck.model.capture import Capture
from linkcheck.model.exchange import Failure, Reply, Request
from linkcheck.model.index import IndexEnd, IndexQuery
from linkcheck.model.pace import ArchivePace
from linkcheck.model.playback import PlaybackReading

__all__ = ["Archive", "archives", "collected", "pywb_at"]


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

    @property
    def pace(self) -> ArchivePace:
        """How fast it may be asked."""
        ...

    @property
    def keyed(self) -> bool:
        """Whether its index gives a key to the next page; one that does not sends all at once."""
        ...

    def index_request(self, query: IndexQuery) -> Request:
        """Return the request that asks the index."""
        ...

    def read_index(
        self, query: IndexQuery, answer: Reply | Failure
    ) -> Iterator[Capture | IndexEnd]:
        """Yield the rows of an index answer as they come, then one IndexEnd; never raise."""
        ...

    def playback_request(self, archived: ArchivedUrl) -> Request:
        """Return the request for a capture's stored bytes; its redirects are not followed."""
        ...

    def read_playback(self, asked: ArchivedUrl, answer: Reply | Failure) -> PlaybackReading:
        """Return what a playback answer says of the capture; never raise."""
        ...


@cache
def archives() -> tuple[Archive, ...]:
    """Return every archive we know."""
    return collect(sys.modules[__name__], "ARCHIVE", Archive)  # type: ignore[type-abstract]  # a Protocol is what is asked for
