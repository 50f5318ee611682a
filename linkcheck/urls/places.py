"""Places of a site that stand for another page: its front, its login, the same thing elsewhere."""

import re

from linkcheck.urls.parts import split
from linkcheck.urls.urlkey import urlkey

_FRONT = re.compile(
    r"/*(?:[a-z]{2}(?:[-_][a-z]{2,4})?(?:/+|$))?(?:(?:index|default|home|main)(?:\.[a-z]{2,5})?)?/*",
    re.IGNORECASE,
)
# Where a visitor came from, for the statistics: no other page than without.
_COUNTED = re.compile(
    r"(?:(?:utm_\w+|\w{0,4}ref(?:err?er)?|from|src|source|via|redirect(?:ed)?|404|error|lang|hl|[fg]clid|spm|icid|cmpid)"
    r"(?:=[^&]*)?(?:&|$))*",
    re.IGNORECASE,
)
# A part of the path, not a word of one: `/news/consent-decree-is-signed` asks nobody who is there.
_LOGIN = re.compile(
    r"/(?:(?:[a-z]+[-_.])?(?:log[-_]?in|sign[-_]?in|log[-_]?on)(?:[-_](?:form|page|required|wall))?"
    r"|sso|oauth2?|session/new|auth|authorize|authwall|checkpoint|consent|cookie-?wall)"
    r"(?:\.[a-z]{2,5})?(?:[/;]|$)|^/password/?$",
    re.IGNORECASE,
)
# Of these an address means the one that it leads to, a front page as well.
_SHORTENER = re.compile(
    r"(?:bit|ow|buff|adf|cutt|rebrand|hubs)\.ly|goo\.gl|t\.co|t\.cn|t\.ly|tinyurl\.com|is\.gd|v\.gd|j\.mp"
    r"|fb\.me|amzn\.to|lnkd\.in|dlvr\.it|tiny\.cc|url\.cn|reurl\.cc|ppt\.cc|pse\.is|lihi\d?\.(?:cc|com|io)"
    r"|shorturl\.at|wp\.me|ift\.tt|trib\.al|git\.io|g\.co|forms\.gle|nyti\.ms|wapo\.st|bbc\.in|cnn\.it"
    r"|reut\.rs|econ\.st|ti\.me|eepurl\.com|dwz\.cn|bit\.do|rb\.gy|s\.id",
    re.IGNORECASE,
)
_LOGIN_HOST = re.compile(r"(?:^|\.)(?:login|signin|sso|auth|consent|accounts)\.", re.IGNORECASE)
_SIZE = re.compile(
    r"(?:[-_](?:large|medium|small|thumb(?:nail)?|original|full|scaled|\d{2,4}x\d{2,4}|\d{2,4}w))+"
    r"(?=\.[a-z0-9]{2,5}(?:\?|$))",
    re.IGNORECASE,
)
_NUMBERED = re.compile(r"(.*?/[^/?]*?)(\d{3,})(?=[/?#-]|$)")
_FILE = re.compile(r"\.(?:jpe?g|png|gif|webp|avif|svg|bmp)(?:\?|$)", re.IGNORECASE)


def is_front_page(url: str) -> bool:
    """Tell a site's front page, a language's among them."""
    parts = split(url)
    if parts is None or _FRONT.fullmatch(parts.path) is None:
        return False
    return _COUNTED.fullmatch(parts.query or "") is not None


def is_shortened(url: str) -> bool:
    """Tell an address that a service made in the place of another one."""
    parts = split(url)
    host = "" if parts is None else parts.host.removeprefix("www.")
    return _SHORTENER.fullmatch(host) is not None


def is_login(url: str) -> bool:
    """Tell a page that asks who is there instead of showing anything."""
    parts = split(url)
    if parts is None:
        return False
    return _LOGIN_HOST.search(parts.host) is not None or _LOGIN.search(parts.path) is not None


def sibling_key(url: str) -> str:
    """Return what other addresses of probably the same thing share: other slug, other size.

    `/article/123/old-slug` and `/article/123/new-slug`; `a_large.jpg` and `a_small.jpg`.
    """
    key = urlkey(url)
    if _FILE.search(key):
        return _SIZE.sub("", key.partition("?")[0])
    numbered = _NUMBERED.match(key)
    return key if numbered is None else numbered[1] + numbered[2]
