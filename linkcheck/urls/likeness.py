"""How alike two URLs are: what an archive calls the same may still be another resource."""

import re
from enum import StrEnum
from functools import lru_cache

from msgspec.structs import replace

from linkcheck.urls.encoding import encode
from linkcheck.urls.parts import Parts, split
from linkcheck.urls.urlkey import urlkey


class Likeness(StrEnum):
    """How alike two URLs are, the nearest first."""

    EXACT = "exact"
    ENCODING = "encoding"  # the same bytes, written with other escapes
    FRAGMENT = "fragment"
    SCHEME = "scheme"  # http and https
    WWW = "www"
    PORT = "port"  # a default port written out
    SLASH = "slash"  # at the end of the path
    QUERY_ORDER = "query-order"
    CASE = "case"  # may be another resource
    KEY = "key"  # one key to the archive for another reason, such as a session id
    GLUED_TEXT = "glued-text"  # the text around the citation stuck to one of them
    DIFFERENT = "different"


_ESCAPE = re.compile(r"%([0-9A-Fa-f]{2})")
_RESERVED = "/?#[]@!$&'()*+,;=%:"
_WWW = re.compile(r"www\d*\.")
_DEFAULT_PORTS = {"http": "80", "https": "443"}
# What stands between a URL and the words that stuck to it: "https://x.org/a,see" or "…/a（圖）".
# Of a citation template, `https://x.org/a|accessdate=…}}`: no URL has these in its path.
_TEMPLATE = re.compile(r"\||%7C|\{\{|%7B%7B|\}\}|%7D%7D|<|%3C", re.IGNORECASE)
_GLUE = re.compile(r"[\s\]\[)(<>\"'|,;]|%20|%5[BDbd]|%2[8789C2]|%3[CE]|[^\x00-\x7f]|%E[2-9A-F]%")


@lru_cache(maxsize=256)  # a verdict asks twice, and all wants of a page have one capture's address
def likeness(one: str, other: str) -> Likeness:
    """Grade how alike two absolute URLs are by what it takes to make them equal."""
    if one == other:
        return Likeness.EXACT
    left, right = split(encode(one)), split(encode(other))
    if left is None or right is None:
        return Likeness.DIFFERENT
    for grade, ease in _EASES:
        left, right = ease(left), ease(right)
        if left == right:
            return grade
    if urlkey(encode(one)) == urlkey(encode(other)):
        return Likeness.KEY
    return Likeness.GLUED_TEXT if _is_glued(one, other) else Likeness.DIFFERENT


def _is_glued(one: str, other: str) -> bool:
    """Tell whether text is stuck to the end of one URL, or of both where it was cut differently."""
    short, long = sorted((one, other), key=len)
    if long.startswith(short) and _GLUE.match(long, len(short)):
        return True
    bare, also_bare = _TEMPLATE.split(one, maxsplit=1)[0], _TEMPLATE.split(other, maxsplit=1)[0]
    return bare == also_bare


def _unescaped(parts: Parts) -> Parts:
    return replace(
        parts,
        path=_plain(parts.path),
        query=None if parts.query is None else _plain(parts.query),
    )


def _plain(text: str) -> str:
    """Undo the escapes that mean nothing; a reserved character's escape does mean something."""
    return _ESCAPE.sub(_undone, encode(text))


def _undone(escape: re.Match[str]) -> str:
    character = chr(int(escape[1], 16))
    return escape[0].upper() if character in _RESERVED else character


def _without_fragment(parts: Parts) -> Parts:
    return replace(parts, fragment=None)


def _without_scheme(parts: Parts) -> Parts:
    port = None if parts.port == _DEFAULT_PORTS.get(parts.scheme) else parts.port
    explicit = parts.port is not None and port is None
    return replace(parts, scheme="", port="default" if explicit else port)


def _without_www(parts: Parts) -> Parts:
    return replace(parts, host=_WWW.sub("", parts.host, count=1))


def _without_default_port(parts: Parts) -> Parts:
    return replace(
        parts,
        port=None if parts.port in ("default", "") else parts.port,
        userinfo=None,
        host=parts.host.rstrip("."),
    )


def _without_slash(parts: Parts) -> Parts:
    return replace(parts, path=parts.path.rstrip("/"), query=parts.query or None)


def _with_sorted_query(parts: Parts) -> Parts:
    query = None if parts.query is None else "&".join(sorted(parts.query.split("&")))
    return replace(parts, query=query)


def _without_case(parts: Parts) -> Parts:
    query = None if parts.query is None else parts.query.lower()
    return replace(parts, path=parts.path.lower(), query=query)


_EASES = (
    (Likeness.ENCODING, _unescaped),
    (Likeness.FRAGMENT, _without_fragment),
    (Likeness.SCHEME, _without_scheme),
    (Likeness.WWW, _without_www),
    (Likeness.PORT, _without_default_port),
    (Likeness.SLASH, _without_slash),
    (Likeness.QUERY_ORDER, _with_sorted_query),
    (Likeness.CASE, _without_case),
)
