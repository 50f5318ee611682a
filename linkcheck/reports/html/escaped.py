"""Text as a page may hold it: what comes from articles and servers goes through here."""

import re
from functools import cache

from markupsafe import escape

from linkcheck.reports.html.safe import LONGEST, visible, web_address
from linkcheck.reports.speech import Speech

# What a page or a reader could take for something else: looking first makes the usual case free.
_HARM = re.compile(
    "[&<>\"'\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069]"
)
AWAY = '" rel="noreferrer noopener">'


def text(value: str) -> str:
    """Return a text as a page may hold it, in an element or in a quoted attribute."""
    if _HARM.search(value) is None and len(value) <= LONGEST:
        return value
    return str(escape(visible(value)))


@cache
def label(word: str) -> str:
    """Return a word of the catalogue as a page may hold it: there are few, and each comes often."""
    return text(word)


def leading(url: str | None, shown: str) -> str:
    """Return a text that leads to an address, where that is one that may be followed."""
    href = web_address(url)
    return shown if href is None else f'<a href="{text(href)}{AWAY}{shown}</a>'


def words_of(speech: Speech) -> dict[str, str]:
    """Return every word of a language as a page may hold it."""
    return {key: str(escape(said)) for key, said in speech.words.items()}


def terms_of(speech: Speech) -> dict[str, str]:
    """Return every word of a language as the term of a list, whose description follows."""
    return {key: f"<dt>{label(said)}<dd>" for key, said in speech.words.items()}
