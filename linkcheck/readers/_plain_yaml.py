"""The plain shapes of YAML that fill real collections, read exactly and ten times faster.

Everything else is None: the full parser reads it. A test proves that both agree.
"""

import datetime as dt
import re

from linkcheck.model.article import Field

# fmt: off
_LINE = re.compile(
    rb"(?:(?P<key>[A-Za-z_][A-Za-z0-9_-]*+):|(?P<item>  -))"
    rb"(?: ++(?:"
    rb"\"(?P<double>[^\"\\\n\t\r]*+)\""
    rb"|'(?P<single>[^'\n\t\r]*+)'"
    rb"|(?P<date>\d{4}-\d\d-\d\d)"
    rb"|(?P<plain>[A-Za-z\xc3-\xee][^\n\t\r:#\"'\[\]{},&*!|>%@`]*)"
    rb"))? *+(?:\n|\Z)"
)
# fmt: on
# What YAML forbids, and what it takes for the end of a line inside a quoted string.
_UNPRINTABLE = re.compile(
    rb"[\x00-\x08\x0b-\x1f\x7f]|\xc2[\x80-\x9f\xa0]|\xef\xbf[\xbe\xbf]|\xef\xbb\xbf|\xe2\x80[\xa8\xa9]"
)
_NO_STRINGS = frozenset((b"true", b"false", b"yes", b"no", b"on", b"off", b"null"))


def plain_fields(source: bytes, start: int, end: int) -> tuple[Field, ...] | None:
    """Return the fields of a block of plain lines; None where one line is anything else."""
    if _UNPRINTABLE.search(source, start, end):
        return None
    fields: list[Field] = []
    seen: set[bytes] = set()
    key, takes_items, position = b"", False, start
    while position < end:
        match = _LINE.match(source, position, end)
        if match is None:
            return None
        kind = match.lastgroup
        if kind == "item" or (match["item"] is not None and not takes_items):
            return None  # an empty item is null; an item after a value is no YAML
        if match["key"] is not None:
            key = match["key"]
            if key in seen or key.lower() in _NO_STRINGS:
                return None
            seen.add(key)
            takes_items = kind == "key"
        if kind is not None and kind != "key":
            place = match.span(kind)
            value = _value(source[place[0] : place[1]], kind)
            if value is None:
                return None
            if kind == "plain":
                place = (place[0], place[0] + len(value.encode()))
            fields.append(Field(key=key.decode(), value=value, start=place[0], end=place[1]))
        position = match.end()
    return tuple(fields)


def _value(raw: bytes, kind: str) -> str | None:
    if kind == "plain":
        raw = raw.rstrip(b" ")
        if raw.lower() in _NO_STRINGS:
            return None
    text = raw.decode()
    if kind == "date":
        try:
            dt.date.fromisoformat(text)
        except ValueError:
            return None
    return text
