"""URLs that stand bare in running text, in whatever language the text around them is."""

import re
from collections import Counter
from collections.abc import Iterator

from linkcheck.links.mention import Mention
from linkcheck.model.link import Role

# What every beginning has in it: plain searches are ten times faster than one expression, and
# those for one byte ten times more.
_NEEDLES = (b"://", b"www.", b"/web/")
_SLASH, _W = b"/w"
_START = re.compile(
    rb"(?<![A-Za-z0-9+])https?://"
    rb"|(?<![A-Za-z0-9+.-])(?:www\.(?=[A-Za-z0-9])|web\.archive\.org/web/(?=[\d*h]))"
    rb"|(?<![A-Za-z0-9./])/web/\d{4,14}(?:[a-z]{2}_)?/(?=https?:/)",
    re.IGNORECASE,
)
_LONGEST_LEAD = len(b"web.archive.org")
_SHORTEST = len(b"www.x")
# Chinese text has no blanks: its punctuation ends a URL.
_STOPS = (
    *map(chr, (0xA0, *range(0x2000, 0x200C), *range(0x2028, 0x2030), 0x3000)),
    *"，。；！？、：「」『』【】《》〈〉“”\u2018\u2019\uff5c…—",
)
_STOP = b"|".join(stop.encode() for stop in _STOPS)
# Up to the next bracket, or to what no URL goes past; brackets end one only where none was opened.
_PIECE = re.compile(
    rb"(?:[!#-'*-;=?-Z\\^_a-z~]++|(?!" + _STOP + "|（|）".encode() + rb")[\x80-\xff])*+"
)
_BRACKET = re.compile("[][(){}]|（|）".encode())
_TAG = b"{%"  # of Liquid, as Jekyll has it; blanks follow it, so it is no part of a URL
_TRAILING = ".,;:!?'*_~\\"
_OPENERS = {opener.encode(): closer.encode() for opener, closer in ("()", "[]", "{}", "（）")}


def may_hold_url(text: str) -> bool:
    """Tell quickly, and without ever missing one, whether a text can hold a bare URL."""
    if "/" in text and ("://" in text or "/web/" in text):
        return True
    return "w" in text and "www." in text


def may_hold_url_in(utf8: bytes) -> bool:
    """Tell the same of a text in bytes."""
    if _SLASH in utf8 and (b"://" in utf8 or b"/web/" in utf8):
        return True
    return _W in utf8 and b"www." in utf8


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
    stop = _end_of_run(source, match.start(), end)
    text = source[match.start() : stop].decode("utf-8", "ignore").rstrip(_TRAILING)
    size = len(text.encode())
    if size <= match.end() - match.start():
        return None
    return Mention(start=match.start(), end=match.start() + size, value=text, role=Role.LINK)


def _end_of_run(source: bytes, start: int, end: int) -> int:
    """Return where a URL must end, at the latest; nothing behind that place is looked at."""
    open_brackets: Counter[bytes] = Counter()
    position = _after(_PIECE, source, start, end)
    while (bracket := _BRACKET.match(source, position, end)) is not None:
        closer = _OPENERS.get(bracket[0])
        if source.startswith(_TAG, bracket.start()):
            break
        if closer is not None:
            open_brackets[closer] += 1
        elif open_brackets[bracket[0]]:
            open_brackets[bracket[0]] -= 1
        else:
            break
        position = _after(_PIECE, source, bracket.end(), end)
    return position


def _after(pattern: re.Pattern[bytes], source: bytes, start: int, end: int) -> int:
    match = pattern.match(source, start, end)
    return start if match is None else match.end()
