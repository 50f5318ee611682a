"""An original as its key and a few bits: most differ from their key by manners alone."""

import re
from functools import lru_cache

_ESCAPE = re.compile(r"%[0-9a-f]{2}")
_MANNERS = tuple(
    (f"{scheme}://{www}", slash)
    for scheme in ("http", "https")
    for www in ("", "www.")
    for slash in ("", "/")
)

Spelling = int | str
"""The number of a manner, or the original itself where none gives it."""


def spelling_of(key: str, original: str) -> Spelling:
    """Return the shortest form from which a key's original can be had again.

    Of 21,632 real originals four of five are given by a manner, and their 200 characters need
    not be kept beside the key's 189.
    """
    host, path = _web_parts(key)
    for number, (front, slash) in enumerate(_MANNERS):
        if original == f"{front}{host}{path}{slash}":
            return number
    return original


def spelled(key: str, spelling: Spelling) -> str:
    """Return the original again."""
    if isinstance(spelling, str):
        return spelling
    (front, slash), (host, path) = _MANNERS[spelling], _web_parts(key)
    return f"{front}{host}{path}{slash}"


def host_of(key: str) -> str:
    """Return the host as it stands in a key: `com,hkcnews`; empty where a key has none."""
    host, bracket, _ = key.partition(")")
    return host if bracket and "/" not in host else ""


def web_address(prefix: str) -> str:
    """Return a URL whose key is a prefix of keys, or begins as it does."""
    host, path = _web_parts(prefix)
    return f"http://{host}{path or '/'}"


def _web_parts(prefix: str) -> tuple[str, str]:
    host, _, path = prefix.partition(")")
    if "%" in path:
        path = _ESCAPE.sub(_upper, path)
    return _web_host(host), "" if path == "/" else path


@lru_cache(maxsize=256)  # subjects come by their hosts
def _web_host(host: str) -> str:
    name, colon, port = host.partition(":")
    return ".".join(reversed(name.split(","))) + colon + port


def _upper(escape: re.Match[str]) -> str:
    return escape[0].upper()
