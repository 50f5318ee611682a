"""What one playback answer said."""

from datetime import datetime
from enum import StrEnum

from linkcheck.model.archived import ArchivedUrl
from linkcheck.model.exchange import FailureKind
from linkcheck.model.noun import Noun


class Answer(StrEnum):
    """Who answered, and what."""

    CAPTURE = "capture"  # the status is the capture's own, errors included
    REDIRECT = "redirect"  # the capture is a redirect
    NEAREST = "nearest"  # the archive sends to another moment
    ABSENT = "absent"  # the archive says that it holds nothing of this URL
    EXCLUDED = "excluded"  # the archive withholds it
    BROKEN = "broken"  # the archive's own error about this capture
    THROTTLED = "throttled"
    OFFLINE = "offline"
    UNREADABLE = "unreadable"  # an answer that tells nothing about a capture
    SILENT = "silent"  # no answer


SILENCE = frozenset({Answer.THROTTLED, Answer.OFFLINE, Answer.UNREADABLE, Answer.SILENT})
"""Answers that say nothing about a capture."""


class Neighbours(Noun, frozen=True, kw_only=True):
    """The timestamps of captures around, which every replayed capture names for nothing."""

    first: str | None = None
    previous: str | None = None
    following: str | None = None
    last: str | None = None


class PlaybackReading(Noun, frozen=True, kw_only=True):
    """One playback answer, read."""

    asked: ArchivedUrl
    answer: Answer
    status: int | None = None  # the capture's own of CAPTURE and REDIRECT, else the archive's
    timestamp: str | None = None  # of the capture that answered
    original: str | None = None  # the URL that was really captured
    target: ArchivedUrl | None = None  # where a REDIRECT or NEAREST leads in this archive
    outside: str | None = None  # where it leads out of the archive; never to be followed
    media_type: str | None = None
    source: str | None = None  # `x-archive-src`: item and WARC file, the capturer's trace
    origin: tuple[tuple[str, str], ...] = ()  # the captured headers, names in lower case
    neighbours: Neighbours = Neighbours()
    reason: str = ""
    failure: FailureKind | None = None
    retry_at: datetime | None = None
    record: str | None = None  # the WARC record of ours that holds the answer

    def origin_header(self, name: str) -> str | None:
        """Return the first captured header of that name."""
        return next((value for key, value in self.origin if key == name.lower()), None)
