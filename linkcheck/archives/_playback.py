"""Read a playback answer: whose it is, and what it says of the capture."""

import html
import re
from collections.abc import Callable
from urllib.parse import urljoin

from linkcheck.archives._legible import escaped_url, legible
from linkcheck.archives._memento import (
    MementoLink,
    memento_links,
    memento_timestamp,
    origin_headers,
)
from linkcheck.archives._signs import Sign, sign_of
from linkcheck.model.archived import ArchivedUrl
from linkcheck.model.exchange import Failure, Reply
from linkcheck.model.playback import Answer, Neighbours, PlaybackReading
from linkcheck.unpack import beginning

Recognise = Callable[[str], ArchivedUrl | None]
Aim = Callable[[ArchivedUrl, str], str]
"""Turns the Location of a captured redirect into the archive's own URL of the target."""

_REDIRECTS = range(300, 400)
_OK, _NOT_FOUND = 200, 404
_VIEW_READ = 262_144
_CRAWLED = re.compile(rb"got an http (30\d) response at crawl time", re.IGNORECASE)
_IMPATIENT = re.compile(
    rb"<a\b[^<>]*?\bhref=[\"']([^\"'<>]+)[\"'][^<>]*>\s*impatient", re.IGNORECASE
)
_ANSWERS = {
    Sign.EXCLUDED: Answer.EXCLUDED,
    Sign.THROTTLED: Answer.THROTTLED,
    Sign.OFFLINE: Answer.OFFLINE,
    Sign.BROKEN: Answer.BROKEN,
    Sign.ABSENT: Answer.ABSENT,
    Sign.MISROUTED: Answer.UNREADABLE,
}


def read_playback(
    asked: ArchivedUrl, answer: Reply | Failure, recognise: Recognise, aim: Aim
) -> PlaybackReading:
    """Return what a playback answer says; never raise."""
    if isinstance(answer, Failure):
        return PlaybackReading(
            asked=asked,
            answer=Answer.SILENT,
            reason=f"{answer.kind}: {answer.detail[:200]}",
            failure=answer.kind,
            retry_at=answer.retry_at,
            record=answer.record,
        )
    here = recognise(answer.url)
    if here is None:
        return _from_elsewhere(asked, answer)
    if answer.header("memento-datetime") is not None:
        return _captured(asked, answer, here, recognise, aim)
    if answer.status == _OK and answer.header("x-archive-src") is not None:
        return _viewed(asked, answer, here, recognise)
    return _of_the_archive(asked, answer, recognise)


def _from_elsewhere(asked: ArchivedUrl, reply: Reply) -> PlaybackReading:
    sign = sign_of(reply)
    throttled = sign is not None and sign[0] is Sign.THROTTLED
    return PlaybackReading(
        asked=asked,
        answer=Answer.THROTTLED if throttled else Answer.UNREADABLE,
        status=reply.status,
        outside=None if throttled else reply.url,
        reason=sign[1] if sign is not None and throttled else "the answer is not this archive's",
        record=reply.record,
    )


def _captured(
    asked: ArchivedUrl, reply: Reply, here: ArchivedUrl, recognise: Recognise, aim: Aim
) -> PlaybackReading:
    """Read an answer whose status is the capture's own: an archived 503 is no outage."""
    links = memento_links(reply)
    target = outside = None
    location = _location(reply)
    if reply.status in _REDIRECTS and location is not None:
        place = recognise(reply.header("content-location") or "") or here
        target, outside = _lead(aim(place, location), recognise)
    original = next((link.url for link in links if "original" in link.rel), None)
    return PlaybackReading(
        asked=asked,
        answer=Answer.CAPTURE if location is None or not (target or outside) else Answer.REDIRECT,
        status=reply.status,
        timestamp=memento_timestamp(reply) or here.timestamp,
        original=original or here.inner,
        target=target,
        outside=outside,
        media_type=_media(reply),
        source=_source(reply),
        origin=origin_headers(reply),
        neighbours=_neighbours(links, recognise),
        record=reply.record,
    )


def _viewed(
    asked: ArchivedUrl, reply: Reply, here: ArchivedUrl, recognise: Recognise
) -> PlaybackReading:
    """Read the page that stands for a captured redirect in view mode, with status 200.

    Recorded 2023-02 (EDGI, redirect_in_view_mode): x-archive-src, no Memento-Datetime, no Link.
    """
    words = beginning(reply, _VIEW_READ)
    crawled, link = _CRAWLED.search(words), _IMPATIENT.search(words)
    if crawled is None or link is None:
        return PlaybackReading(
            asked=asked,
            answer=Answer.UNREADABLE,
            status=reply.status,
            reason="a source but no Memento-Datetime, and no redirect is told of",
            record=reply.record,
        )
    location = legible(html.unescape(escaped_url(link[1].decode("utf-8", "surrogateescape"))))
    target, outside = _lead(absolute(reply.url, location), recognise)
    return PlaybackReading(
        asked=asked,
        answer=Answer.REDIRECT,
        status=int(crawled[1]),
        timestamp=here.timestamp,
        original=here.inner,
        target=target,
        outside=outside,
        source=_source(reply),
        origin=origin_headers(reply),
        reason="told by the page that the view mode shows instead",
        record=reply.record,
    )


def _of_the_archive(asked: ArchivedUrl, reply: Reply, recognise: Recognise) -> PlaybackReading:
    """Read an answer that is the archive's own: no Memento-Datetime."""
    location = _location(reply)
    sign = sign_of(reply)
    target = outside = None
    if sign is not None:
        answer, reason = _ANSWERS[sign[0]], sign[1]
    elif reply.status in _REDIRECTS and location is not None:
        target, outside = _lead(absolute(reply.url, location), recognise)
        if target is not None and target.timestamp is None and asked.timestamp is not None:
            target = None  # to a calendar, or to the latest: no answer to what was asked
        answer = Answer.UNREADABLE if target is None else Answer.NEAREST
        # 2018 had no such header (EDGI history); the Location says the same.
        reason = legible(reply.header("x-archive-redirect-reason") or f"status {reply.status}")
    elif reply.header("x-archive-src") is not None:
        answer, reason = Answer.UNREADABLE, "a source but no Memento-Datetime"
    elif reply.status == _NOT_FOUND:
        answer, reason = Answer.ABSENT, "status 404 without Memento-Datetime"
    else:
        answer, reason = Answer.UNREADABLE, f"status {reply.status} without Memento-Datetime"
    return PlaybackReading(
        asked=asked,
        answer=answer,
        status=reply.status,
        target=target,
        outside=outside,
        reason=reason,
        record=reply.record,
    )


def _lead(url: str, recognise: Recognise) -> tuple[ArchivedUrl | None, str | None]:
    target = recognise(url)
    return (target, None) if target is not None else (None, url)


def _location(reply: Reply) -> str | None:
    value = reply.header("location")
    if value is None or not value.strip():
        return None
    return escaped_url(value.strip())


def absolute(base: str, location: str) -> str:
    """Resolve a Location; an archive's own paths hold URLs whose dots and slashes must stay."""
    scheme, _, rest = base.partition("://")
    if location.startswith("//"):
        return f"{scheme}:{location}"
    if location.startswith("/"):
        return f"{scheme}://{rest.partition('/')[0]}{location}"
    if re.match(r"[A-Za-z][A-Za-z0-9+.-]*:", location):
        return location
    return joined(base, location)


def joined(base: str, location: str) -> str:
    """Resolve a reference as browsers do; what cannot be resolved stays as it is."""
    try:
        return urljoin(base, location)
    except ValueError:  # "http://[": no address
        return location


def aimed(
    place: ArchivedUrl, location: str, *, rewritten: str, prefix: str, recognise: Recognise
) -> str:
    """Return the archive's own URL of where a captured redirect leads.

    Its Location is rewritten into the archive, or left as it was captured.
    """
    if recognise(rewritten) is not None:
        return rewritten
    target = joined(place.inner, location)
    if recognise(target) is not None or not target.lower().startswith(("http://", "https://")):
        return target
    return f"{prefix}{place.timestamp or ''}id_/{target}"


def _media(reply: Reply) -> str | None:
    value = reply.header("x-archive-orig-content-type") or reply.header("content-type")
    media = legible(value or "").partition(";")[0].strip().lower()
    return media or None


def _source(reply: Reply) -> str | None:
    value = reply.header("x-archive-src")
    return None if value is None else legible(value)


def _neighbours(links: tuple[MementoLink, ...], recognise: Recognise) -> Neighbours:
    def of(rel: str) -> str | None:
        for link in links:
            if rel in link.rel:
                archived = recognise(link.url)
                known = None if archived is None else archived.timestamp
                return known or link.timestamp
        return None

    return Neighbours(first=of("first"), previous=of("prev"), following=of("next"), last=of("last"))
