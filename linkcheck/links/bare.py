"""URLs that stand bare in running text, in whatever language the text around them is."""

import re
from collections.abc import Iterator

from linkcheck.links.mention import Mention
from linkcheck.model.link import Role

# What every beginning has in it: three plain searches are ten times faster than one expression.
_NEEDLES = (b"://", b"www.", b"/web/")
_START = re.compile(
    rb"(?<![A-Za-z0-9+])https?://"
    rb"|(?<![A-Za-z0-9+.-])(?:www\.(?=[A-Za-z0-9])|web\.archive\.org/web/(?=[\d*h]))"
    rb"|(?<![A-Za-z0-9./])/web/\d{4,14}(?:[a-z]{2}_)?/(?=https?:/)",
    re.IGNORECASE,
)
_LONGEST_LEAD = len(b"web.archive.org")
_SHORTEST = len(b"www.x")
_RUN = re.compile(rb"[^\s<>\"`|\x00-\x20\x7f]*+")
# Chinese text has no blanks: its punctuation ends a URL, brackets only where none was opened.
_STOP = re.compile(
    "[\u00a0\u2000-\u200b\u2028-\u202f\u3000，。；！？、：「」『』【】《》〈〉“”\u2018\u2019\uff5c…—]"
)
_TRAILING = ".,;:!?'*_~\\"
_BRACKETS = (("(", ")"), ("[", "]"), ("{", "}"), ("（", "）"))


def may_hold_url(text: str) -> bool:
    """Tell quickly, and without ever missing one, whether a text can hold a bare URL."""
    return "://" in text or "www." in text or "/web/" in text


def may_hold_url_in(utf8: bytes) -> bool:
    """Tell the same of a text in bytes."""
    return any(needle in utf8 for needle in _NEEDLES)


def bare_mentions(source: bytes, start: int, end: int) -> Iterator[Mention]:
    """Yield the URLs that stand bare between two offsets."""
    if end - start < _SHORTEST:
        return
    hits = [hit for needle in _NEEDLES if (hit := source.find(needle, start, end)) >= 0]
    if not hits:
        return
    position = max(start, min(hits) - _LONGEST_LEAD)
    while (match := _START.search(source, position, end)) is not None:
        found = _whole(source, match, end)
        position = max(match.end(), found.end if found else 0)
        if found is not None:
            yield found


def _whole(source: bytes, match: re.Match[bytes], end: int) -> Mention | None:
    """Return the whole URL of which the beginning was found; None where nothing follows it."""
    run = _RUN.match(source, match.start(), end)
    text = (run[0] if run else b"").decode("utf-8", "ignore")
    stop = _STOP.search(text)
    text = _trimmed(text[: stop.start()] if stop else text)
    size = len(text.encode())
    if size <= match.end() - match.start():
        return None
    return Mention(start=match.start(), end=match.start() + size, value=text, role=Role.LINK)


def _trimmed(text: str) -> str:
    """Return the text without the punctuation and brackets that belong to the sentence."""
    end = min(_first_unpaired(text, opener, closer) for opener, closer in _BRACKETS)
    return text[:end].rstrip(_TRAILING)


def _first_unpaired(text: str, opener: str, closer: str) -> int:
    if closer not in text:
        return len(text)
    depth = 0
    for place, character in enumerate(text):
        depth += (character == opener) - (character == closer)
        if depth < 0:
            return place
    return len(text)
