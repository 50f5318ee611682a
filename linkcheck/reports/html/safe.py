"""Text and addresses from articles and servers, made fit for a page."""

import re

from linkcheck.reports._escape import for_terminal

LONGEST = 2_000
"""Characters of one text that a page shows; what a 100 kB title says is in its beginning."""

BRIEF = 200
"""Characters of an address or a title in a list."""

_LONGEST_ADDRESS = 8_192  # servers refuse longer ones, and browsers stop showing them
_WEB = re.compile(r"https?://[^\s\x00-\x20\x7f\\]+", re.IGNORECASE)
_ENCODED = re.compile("(?:%[89A-Fa-f][0-9A-Fa-f])+")
_KANA = re.compile("[\u3041-\u30ff]")
_HANGUL = re.compile("[\uac00-\ud7af]")
_HAN = re.compile("[\u3400-\u4dbf\u4e00-\u9fff]")
# Frequent characters that only the simplified script has.
_SIMPLIFIED = re.compile("[们这为说国时会对学发后过还样经动进种点关东车书长门问间见现电话让认识]")


def visible(text: str) -> str:
    """Return text of which every character can be seen, and not too much of it."""
    return for_terminal(text if len(text) <= LONGEST else f"{text[:LONGEST]}…")


def brief(text: str) -> str:
    """Return the beginning of a text, for a list."""
    return text if len(text) <= BRIEF else f"{text[:BRIEF]}…"


def readable(url: str) -> str:
    """Return an address as people write it: what is no ASCII decoded, everything else as it is."""
    return _ENCODED.sub(_decoded, url) if "%" in url else url


def web_address(url: str | None) -> str | None:
    """Return an address that a link may lead to: http or https, and nothing else."""
    if url is None or len(url) > _LONGEST_ADDRESS or _WEB.fullmatch(url) is None:
        return None
    return for_terminal(url) if url.isascii() else _without_controls(url)


def language(text: str) -> str | None:
    """Return the language to typeset a text in, where its script tells: fonts differ by it."""
    if text.isascii():
        return None
    if _KANA.search(text):
        return "ja"
    if _HANGUL.search(text):
        return "ko"
    if _HAN.search(text):
        return "zh-Hans" if _SIMPLIFIED.search(text) else "zh-Hant"
    return None


def _without_controls(url: str) -> str | None:
    return url if for_terminal(url) == url else None


def _decoded(found: re.Match[str]) -> str:
    try:
        return bytes.fromhex(found[0].replace("%", "")).decode()
    except UnicodeDecodeError:
        return found[0]
