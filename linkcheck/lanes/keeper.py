"""Where lanes put what they have seen, and where they learn what was seen before."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Protocol

from linkcheck.model.observation import ArchiveObservation, Headway, HostObservation, Observation
from linkcheck.model.text import ArticleText
from linkcheck.model.visit import Heard
from linkcheck.verdicts.baseline import Observation as SeenBytes

__all__ = ["ArchiveHistory", "ArticleText", "Citations", "Keeper", "LiveHistory"]


class Keeper(Protocol):
    """The one writer, as a lane sees it."""

    async def keep(self, observation: Observation) -> None:
        """Take in an observation; waits where the writer is behind.

        Whoever is cancelled while it waits has handed it over all the same: a lane that is stopped
        loses nothing of what it knows.
        """
        ...


class Citations(Protocol):
    """What the collection says of an archive's key; asked for few keys only."""

    def articles(self, key: str) -> frozenset[str]:
        """Return the articles that cite it."""
        ...

    def is_furniture(self, key: str) -> bool:
        """Tell a link that a site puts on most of its pages."""
        ...

    def text(self, key: str) -> ArticleText | None:
        """Return the text of the one article whose `url` it is; None of none or several."""
        ...


class ArchiveHistory(Protocol):
    """What earlier runs saw of an archive."""

    def seen_bytes(self, key: str, timestamp: str) -> tuple[SeenBytes, ...]:
        """Return our own earlier SHA-256s of a capture's raw bytes."""
        ...

    def replayed_at(self, key: str, timestamp: str) -> datetime | None:
        """Return when a capture was last replayed."""
        ...

    def sole_witnesses(self) -> Iterable[tuple[str, str]]:
        """Yield key and timestamp of captures of which nothing else is left."""
        ...

    def headway(self) -> Mapping[str, Headway]:
        """Return how far the bulk queries of each host had come when the last run ended."""
        ...

    def begun(self) -> Iterable[ArchiveObservation]:
        """Yield by key what runs saw that a kill or a limit ended, where this one goes on."""
        ...


class LiveHistory(Protocol):
    """What earlier runs saw of the live web."""

    def host(self, host: str) -> HostObservation | None:
        """Return what a host came to when it was last judged."""
        ...

    def heard(self, host: str) -> tuple[Heard, ...] | None:
        """Return the answers of a visit that was cut off; None where nobody will go on with one."""
        ...
