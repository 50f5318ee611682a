"""Replies and failures to what is kept of them, and pages beside pages."""

import re
from dataclasses import dataclass
from functools import cached_property

from msgspec.structs import replace

from linkcheck.lanes.live.groups import Groups, digest_of, groups_of, without_echo, words_of
from linkcheck.lanes.live.page import Page, is_page, media_type, read_page
from linkcheck.lanes.live.signs import server_says, signs_of
from linkcheck.model.exchange import Failure, FailureKind, Hop, Reply
from linkcheck.model.live import Comparison, LiveAnswer, Sign, SignKind
from linkcheck.verdicts.live_way import same_place
from linkcheck.verdicts.live_weighing import is_usurper

# Nothing was sent for these.
_UNSENT = frozenset(
    {
        FailureKind.DNS_NO_SUCH_NAME,
        FailureKind.GUARDED,
        FailureKind.PAUSED,
        FailureKind.NOT_RECORDED,
    }
)
_GOOD = range(200, 300)
_SURROGATES = re.compile("[\ud800-\udfff]")


@dataclass(frozen=True)
class Seen:
    """An answer as it is kept, and its page as long as it is at hand."""

    answer: LiveAnswer
    page: Page | None = None

    @cached_property
    def groups(self) -> Groups | None:
        """Return the word groups of its page; None where there is no page to read."""
        if self.page is None:
            return None
        groups = groups_of(f"{self.page.title}\n{self.page.text}", self.answer.asked)
        # A figure of its own weighs as much as a sentence of its own.
        weights = ("figure", "is", "shown")
        return groups | {(weight, figure) for figure in self.page.figures for weight in weights}

    @property
    def good(self) -> bool:
        """Tell an answer of 2xx."""
        return self.answer.status in _GOOD


def read(asked: str, method: str, came: Reply | Failure, *, wanted: str = "") -> Seen:
    """Read what came back for an address; `wanted` is another one, whose page led on to it."""
    hops = tuple(replace(hop, location=legible(hop.location)) for hop in came.hops)
    wire = len(came.hops) + came.tries - 1
    if isinstance(came, Failure):
        sent = 0 if came.kind in _UNSENT else max(came.sends, 1)
        failed = LiveAnswer(
            asked=asked,
            method=method,
            at=came.asked_at,
            final_url=came.url if came.hops else None,
            hops=hops,
            address=came.address,
            wire=wire + sent,
            failure=came.kind,
            reason=legible(came.detail[:300]),
            record=came.record,
        )
        return Seen(failed)
    page = read_page(came) if method != "HEAD" and is_page(came) else None
    answer = LiveAnswer(
        asked=asked,
        method=method,
        at=came.asked_at,
        status=came.status,
        final_url=came.url,
        hops=hops,
        media_type=_media_type(came),
        body_sha256=None if method == "HEAD" else came.body.sha256,
        body_size=None if method == "HEAD" else came.body.size,
        declared_size=_declared(came),
        cut=came.body.truncated,
        server_says=legible(server_says(came)),
        secure=came.tls is not None and all(hop.url.startswith("https:") for hop in came.hops),
        address=came.address,
        wire=wire + max(came.sends, 1),
        reason=legible(came.reason[:100]),
        record=came.record,
    )
    return Seen(answer if page is None else _with_page(answer, page, came, wanted or asked), page)


def legible(text: str) -> str:
    """Return text that can be written as JSON: what was no UTF-8 is escaped as in a URL."""
    return _SURROGATES.sub(lambda found: f"%{ord(found[0]) & 0xFF:02X}", text)


def _media_type(reply: Reply) -> str | None:
    declared = media_type(reply)
    return None if declared is None else legible(declared)


def _declared(reply: Reply) -> int | None:
    length = (reply.header("content-length") or "").strip()[:18]
    return int(length) if length.isascii() and length.isdecimal() else None


def _with_page(answer: LiveAnswer, page: Page, reply: Reply, wanted: str) -> LiveAnswer:
    words = len(words_of(page.text))
    return replace(
        answer,
        title=legible(page.title[:200]),
        words=words,
        text_sha256=digest_of(f"{page.title}\n{page.text}", answer.asked),
        signs=signs_of(page, reply, wanted, words),
        scripted="<script" in page.source,
    )


def refreshed(first: Seen, onward: Seen) -> Seen:
    """Return what a page's own refresh led to, the page being one more hop."""
    page, answer = first.answer, onward.answer
    hop = Hop(
        url=page.final_url or page.asked,
        status=page.status or 0,
        location=answer.asked,
        address=page.address,
        record=page.record,
    )
    led = replace(
        answer,
        asked=page.asked,
        hops=(*page.hops, hop, *answer.hops),
        final_url=answer.final_url or answer.asked,
        secure=answer.secure and page.secure,
        wire=page.wire + answer.wire,
    )
    return Seen(led, onward.page)


def restless(seen: Seen) -> Seen:
    """Return a page that leads on still, and was followed as far as pages are: it is none yet."""
    sign = Sign(kind=SignKind.BLANK, words="it leads on and on")
    return Seen(replace(seen.answer, signs=(*seen.answer.signs, sign)), seen.page)


def compare(seen: Seen, impossible: Seen | None, another: Seen | None) -> Comparison | None:
    """Lay an answer beside those to pages that cannot exist."""
    if impossible is None:
        return None
    one, other = seen.answer, impossible.answer
    ours, theirs = seen.groups, impossible.groups
    again = another.groups if another is not None and another.good else None
    noise = 0
    if theirs is not None and again is not None:
        noise = max(len(theirs - again), len(again - theirs))
    texts = ours is not None and theirs is not None and bool(ours or theirs)
    return Comparison(
        status=other.status,
        same_place=same_place(one.asked, one.final_url, other.asked, other.final_url),
        own=len((ours or frozenset()) - (theirs or frozenset())) if texts else None,
        missing=len((theirs or frozenset()) - (ours or frozenset())) if texts else None,
        size=len(theirs or ()),
        noise=noise,
        same_title=texts and _title(seen) == _title(impossible),
        same_bytes=_same_bytes(one, other) or _same_silence(seen, impossible),
        lot=is_usurper(other),
    )


def _title(seen: Seen) -> list[str]:
    title = "" if seen.page is None else seen.page.title
    return words_of(without_echo(title, seen.answer.asked))


def _same_bytes(one: LiveAnswer, other: LiveAnswer) -> bool:
    return (
        one.body_sha256 is not None
        and one.body_sha256 == other.body_sha256
        and one.media_type == other.media_type
    )


def _same_silence(seen: Seen, impossible: Seen) -> bool:
    """Tell two pages without a word, of which a program in the browser makes something."""
    pages = (seen.page, impossible.page)
    silent = all(page is not None and not page.text and not page.title for page in pages)
    return silent and seen.answer.signs == impossible.answer.signs != ()
