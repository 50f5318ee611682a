"""Where a Location leads, joined without rewriting what the server wrote."""

import re

ABSOLUTE = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:")
SPLIT = re.compile(r"(?P<scheme>[^:]+:)//(?P<authority>[^/?#]*)(?P<path>[^?#]*)", re.DOTALL)
DOTS = re.compile(r"\.{1,2}(?=/|$)/?")


SURROGATES = re.compile("[\udc80-\udcff]")


def join(base: str, location: str) -> str:
    """Return the URL that a Location means on a page; it loses its fragment, nothing else.

    RFC 3986 would also fold `/../` away, which `/web/<time>/https://…` must be spared: only the
    dots that a relative Location begins with are walked.
    """
    # Bytes that were no UTF-8 (Latin-1, mostly) are escaped as the bytes they are.
    onward = SURROGATES.sub(lambda found: f"%{ord(found[0]) - 0xDC00:02X}", location)
    onward = onward.strip(" \t\r\n").partition("#")[0]
    place = SPLIT.match(base)
    if ABSOLUTE.match(onward) or place is None:
        return onward
    scheme, authority, path = place["scheme"], place["authority"], place["path"]
    if onward.startswith("//"):
        return scheme + onward
    return f"{scheme}//{authority}" + _join_path(path, onward or base[place.end() :])


def _join_path(path: str, onward: str) -> str:
    if onward.startswith("/"):
        return onward
    if onward.startswith("?") or not onward:
        return (path or "/") + onward
    folders = path.split("/")[1:-1]
    while dots := DOTS.match(onward):
        if dots[0].startswith(".."):
            del folders[-1:]
        onward = onward[dots.end() :]
    return "/".join(["", *folders, onward])
