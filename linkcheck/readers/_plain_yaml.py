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
_UNPRINTABLE = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]")
_NO_STRINGS = frozenset((b"true", b"false", b"yes", b"no", b"on", b"off", b"null"))


def plain_fields(source: bytes, start: int, end: int) -> tuple[Field, ...] | None:
    """Return the fields of a block of plain lines; None where one line is anything else."""
    fields: list[Field] = []
    seen: set[bytes] = set()
    key, takes_items, position = b"", False, start
    for match in _LINE.finditer(source, start, end):
        if match.start() != position:
            return None
        kind = match.lastgroup
        own = match["key"]
        if own is None:
            if kind == "item" or not takes_items:
                return None  # an empty item is null; an item after a value is no YAML
        else:
            key = own
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
    return tuple(fields) if position == end else None


def _value(raw: bytes, kind: str) -> str | None:
    if kind == "plain":
        raw = raw.rstrip(b" ")
        if raw.lower() in _NO_STRINGS:
            return None
    text = raw.decode()
    if not text.isprintable() and _UNPRINTABLE.search(text):
        return None
    if kind == "date":
        try:
            dt.date.fromisoformat(text)
        except ValueError:
            return None
    return text
