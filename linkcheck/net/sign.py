"""What an answer says about the site that gave it: go on, rest, or you are turned away."""

from dataclasses import dataclass
from enum import Enum, auto
from urllib.parse import urljoin

from linkcheck.model.exchange import Failure, FailureKind, Reply
from linkcheck.model.pause import PauseReason
from linkcheck.net.retry_after import RetryAfter, read_retry_after
from linkcheck.settings.pace import ArchivePace

_THROTTLED = 429
_BUSY = 503
_REDIRECTS = range(300, 400)


class Mood(Enum):
    """What a site shows without asking for a rest in so many words."""

    WELL = auto()  # it answered
    REFUSING = auto()  # it turned the connection away
    SILENT = auto()  # the connection broke off or came to nothing
    UNTOLD = auto()  # the failure says nothing about the site's patience


@dataclass(frozen=True, slots=True, kw_only=True)
class Rest:
    """A site that asks to be left alone."""

    reason: PauseReason
    asked: RetryAfter | None
    detail: str


def read_sign(answer: Reply | Failure, archive: ArchivePace | None, longest: float) -> Mood | Rest:
    """Tell what an answer means for all that still waits for the same site."""
    match answer:
        case Failure(kind=FailureKind.REFUSED):
            return Mood.REFUSING
        case Failure(
            kind=FailureKind.RESET | FailureKind.CONNECT_TIMEOUT | FailureKind.UNREACHABLE
        ):
            return Mood.SILENT
        case Failure():
            return Mood.UNTOLD
        case Reply():
            return _read_reply(answer, archive, longest)


def is_capture(reply: Reply) -> bool:
    """Tell whether the status is a capture's own: Memento-Datetime is there exactly then."""
    return reply.header("memento-datetime") is not None


def _read_reply(reply: Reply, archive: ArchivePace | None, longest: float) -> Mood | Rest:
    telling = reply.status in (_THROTTLED, _BUSY) or (
        archive is not None and bool(archive.throttle_pages) and _throttle_page(reply, archive)
    )
    if not telling or is_capture(reply):
        return Mood.WELL
    asked = read_retry_after(reply, longest)
    if reply.status != _BUSY:
        words = asked.detail if asked else "no time named"
        return Rest(
            reason=PauseReason.THROTTLED, asked=asked, detail=f"status {reply.status}, {words}"
        )
    if asked:
        return Rest(reason=PauseReason.BUSY, asked=asked, detail=f"status 503, {asked.detail}")
    return Mood.WELL


def _throttle_page(reply: Reply, archive: ArchivePace) -> bool:
    if _bare(reply.url) in archive.throttle_pages:
        return True
    location = reply.header("location") if reply.status in _REDIRECTS else None
    if location is None:
        return False
    try:
        return _bare(urljoin(reply.url, location)) in archive.throttle_pages
    except ValueError:  # "http://[": no address, so not that page's
        return False


def _bare(url: str) -> str:
    return url.partition("://")[2].partition("?")[0].partition("#")[0]
