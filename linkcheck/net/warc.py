"""One WARC 1.1 record as bytes, both ways; nothing here knows what is recorded."""

import re
from collections.abc import Iterable
from urllib.parse import quote

from linkcheck.model.noun import Noun

VERSION = "WARC/1.1"
END = b"\r\n\r\n"  # of every record
WARCINFO, REQUEST, RESPONSE, REVISIT, METADATA = (
    "warcinfo",
    "request",
    "response",
    "revisit",
    "metadata",
)
SAME_PAYLOAD = "http://netpreserve.org/warc/1.1/revisit/identical-payload-digest"

_VISIBLE = "".join(map(chr, range(0x21, 0x7F)))
_all_visible = re.compile(r"[!-~]*").fullmatch

Field = tuple[str, str]


class RecordHead(Noun, frozen=True, kw_only=True):
    """The named fields of one record, as they stand in the file."""

    fields: tuple[Field, ...]

    def get(self, name: str) -> str | None:
        """Return the first field of that name, or None."""
        wanted = name.lower()
        for key, value in self.fields:
            if key.lower() == wanted:
                return value
        return None


def head(fields: Iterable[Field]) -> bytes:
    """Return a record's head, its blank line included."""
    lines = [VERSION, *[f"{name}: {value}" for name, value in fields]]
    text = "\r\n".join(lines)
    if text.count("\n") != len(lines) - 1 or text.count("\r") != len(lines) - 1:
        raise ValueError(f"a field would break its line: {lines}")
    return text.encode() + END


def read_head(data: bytes) -> RecordHead | None:
    """Read a record's head, without its blank line; None when it is none."""
    version, *lines = data.split(b"\r\n")
    if not version.startswith(b"WARC/1."):
        return None
    fields = []
    for line in lines:
        name, colon, value = line.decode("utf-8", "surrogateescape").partition(":")
        if not colon:
            return None
        fields.append((name, value.strip(" \t")))
    return RecordHead(fields=tuple(fields))


def target_uri(url: str) -> str:
    """Return the URL as a field's value: whatever no URI may hold stands percent-encoded."""
    return url if _all_visible(url) else quote(wire_bytes(url), safe=_VISIBLE)


def wire_bytes(text: str) -> bytes:
    """Return the bytes that a text stands for, surrogate escapes being bytes of their own."""
    try:
        return text.encode("utf-8", "surrogateescape")
    except UnicodeEncodeError:
        return text.encode("utf-8", "surrogatepass")
