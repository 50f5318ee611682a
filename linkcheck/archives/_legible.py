"""Text out of bytes that are no UTF-8: evidence is stored, and surrogates are not storable."""

import re

_STRAY = re.compile("[\udc80-\udcff]")
_LONE = re.compile("[\ud800-\udfff]")


def escaped_url(text: str) -> str:
    """Return a URL with its stray bytes escaped: what is asked for stays the same."""
    return _STRAY.sub(lambda stray: f"%{ord(stray[0]) - 0xDC00:02X}", text)


def legible(text: str) -> str:
    """Return words with their stray bytes replaced."""
    return _LONE.sub("\ufffd", text)
