"""Texts as sets of word groups: how much of one page another does not have."""

import hashlib
import re
from urllib.parse import unquote

from linkcheck.urls.parts import split

Groups = frozenset[tuple[str, ...]]
_WIDTH = 3
_MOST = 20_000  # words of a page that are compared
_SCRIPTS = "\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af\uf900-\ufaff"
# Scripts without spaces count each sign as a word.
_SIGN = re.compile(f"[{_SCRIPTS}]")
_WORD = re.compile(rf"[{_SCRIPTS}]|[^\W_{_SCRIPTS}]+")
_LEAST_TITLE, _LEAST_PAGE = 4, 60
_LONG_WORD, _RUN = 5, 4  # letters, and neighbouring signs
_TELLING = 8  # characters from which a part of an address is not an everyday word


def words_of(text: str) -> list[str]:
    """Return the words of a text; a number is a number, whichever: counters and clocks differ."""
    found = _WORD.findall(text.lower())[:_MOST]
    return ["#" if word.isdigit() else word for word in found]


def without_echo(text: str, url: str) -> str:
    """Return a page's text without the address that it repeats: excuses and sales name it."""
    parts = split(url)
    if parts is None:
        return text
    path = parts.path + (f"?{parts.query}" if parts.query else "")
    last = parts.path.rstrip("/").rpartition("/")[2]
    echoes = {url, url.partition("://")[2], parts.host + path, path, path.lstrip("/")}
    echoes |= {last, last.rpartition(".")[0]}
    echoes |= {unquote(echo) for echo in echoes}
    echoes |= {echo.replace("-", " ").replace("_", " ") for echo in {last, unquote(last)}}
    for echo in sorted(echoes, key=len, reverse=True):
        if len(echo) >= _TELLING:
            text = text.replace(echo, " ")
    return text.replace(parts.host, " ").replace(parts.host.upper(), " ")


def groups_of(text: str, url: str) -> Groups:
    """Return the word groups of a page, the echoed address left out."""
    words = words_of(without_echo(text, url))
    if len(words) < _WIDTH:
        return frozenset((tuple(words),)) if words else frozenset()
    return frozenset(zip(*(words[start:] for start in range(_WIDTH)), strict=False))


def digest_of(text: str, url: str) -> str:
    """Return the SHA-256 of the words of a page, the echoed address left out."""
    words = " ".join(words_of(without_echo(text, url)))
    return hashlib.sha256(words.encode("utf-8", "surrogatepass")).hexdigest()


def shares_words(hint: str, text: str, least: int = _LEAST_TITLE) -> bool | None:
    """Tell whether a page has anything of a title: two neighbouring words, or four Chinese signs.

    None where the title is too short, or the page too short to say anything, or where all that
    they share is what everybody says: `of the`, `香港`.
    """
    wanted, found = words_of(hint), words_of(text)
    if len(wanted) < least or len(found) < _LEAST_PAGE:
        return None
    telling = {pair for pair in _runs(wanted, 2) if max(map(len, pair)) >= _LONG_WORD}
    signs = any(map(_SIGN.match, wanted))
    if telling & _runs(found, 2) or (signs and _runs(wanted, _RUN) & _runs(found, _RUN)):
        return True
    if len(telling) > 1:
        return False
    width = _WIDTH if signs else 2
    return None if _runs(wanted, width) & _runs(found, width) else False


def _runs(words: list[str], width: int) -> set[tuple[str, ...]]:
    return set(zip(*(words[start:] for start in range(width)), strict=False))
