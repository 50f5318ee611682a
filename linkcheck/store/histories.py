"""What lanes learn from earlier runs: the protocols of `linkcheck.lanes.keeper`."""

from collections.abc import Iterable, Mapping
from datetime import datetime

from linkcheck.model.observation import Headway, HostObservation
from linkcheck.verdicts.baseline import Observation as SeenBytes


class ArchiveRecords:
    """What earlier runs saw of one archive."""

    def seen_bytes(self, key: str, timestamp: str) -> tuple[SeenBytes, ...]:
        """Return our own earlier SHA-256s of a capture's raw bytes."""
        raise NotImplementedError

    def replayed_at(self, key: str, timestamp: str) -> datetime | None:
        """Return when a capture was last replayed."""
        raise NotImplementedError

    def sole_witnesses(self) -> Iterable[tuple[str, str]]:
        """Yield key and timestamp of good captures whose original is gone from the live web."""
        raise NotImplementedError

    def headway(self) -> Mapping[str, Headway]:
        """Return how far the bulk queries of each host had come."""
        raise NotImplementedError


class LiveRecords:
    """What earlier runs saw of the live web."""

    def host(self, host: str) -> HostObservation | None:
        """Return what a host came to when it was last judged."""
        raise NotImplementedError


class CitationIndex:
    """Who cites the keys of one archive."""

    def articles(self, key: str) -> frozenset[str]:
        """Return the articles that cite it."""
        raise NotImplementedError

    def is_furniture(self, key: str) -> bool:
        """Tell a link that stands in half of the articles or more."""
        raise NotImplementedError

    def page_of(self, key: str) -> str | None:
        """Return the path of the one article whose `url` it is; None of none or several.

        The scan reads the text from there: `Citations.text` of the protocol is its own.
        """
        raise NotImplementedError
