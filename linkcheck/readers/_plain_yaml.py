"""The plain shapes of YAML that fill real collections, read exactly and ten times faster.

Everything else is None: the full parser reads it. A test proves that both agree.
"""

import datetime as dt
import re
from functools import lru_cache

from linkcheck.model.article import Field
from linkcheck.readers._fields import is_tag

# fmt: off
_LINE = re.compile(
    rb"(?:(?P<key>[A-Za-z_][A-Za-z0-9_-]*+):|(?P<item>  -))"
    rb"(?: ++(?:"
    rb"\"(?P<double>[^\"\\\n\t\r]*+)\""
    rb"|'(?P<single>[^'\n\t\r]*+)'"
    rb"|(?P<date>\d{4}-\d\d-\d\d)"
    rb"|(?P<plain>[A-Za-z\xc3-\xee]"
    rb"(?:[^\n\t\r:#\"'\[\]{},&*!|>%@`]*[^ \n\t\r:#\"'\[\]{},&*!|>%@`])?)"
    rb"))? *+"
)
_BACKSLASH = ord("\\")
_KEY = re.compile(rb"[A-Za-z_][A-Za-z0-9_-]*+")
# fmt: on
# Quoted members of a list that can name nothing, as most lines are: passed over many at a time.
_TAGS = re.compile(rb'(?:  - "[^"\\./\n]*+" *+\n)*+')
# What YAML forbids, and what it takes for the end of a line inside a quoted string.
_UNPRINTABLE = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]")
_NO_STRINGS = frozenset((b"true", b"false", b"yes", b"no", b"on", b"off", b"null"))


def plain_fields(source: bytes, start: int, end: int) -> tuple[Field, ...] | None:
    """Return the fields of a block of plain lines; None where one line is anything else."""
    fields: list[Field] = []
    seen: set[str] = set()
    key, takes_items, position = "", False, start
    while position < end:
        if takes_items:
            position = _after_tags(source, position, end)
            if position == end:
                break
        newline = source.find(b"\n", position, end)
        line = source[position : newline if newline >= 0 else end]
        own, kind, opened, closed = _parts(line)
        if own is None:
            if not kind or not takes_items:
                return None  # an empty item is null; an item after a value is no YAML
        else:
            if not own or own in seen:
                return None
            key = own
            seen.add(key)
            takes_items = not kind
        if kind:
            value = _value(line[opened:closed], kind)
            if value is None:
                return None
            if own is None and is_tag(value):
                position += len(line) + 1
                continue
            place = position + opened
            fields.append(Field(key=key, value=value, start=place, end=position + closed))
        position += len(line) + 1
    return tuple(fields)


def _after_tags(source: bytes, position: int, end: int) -> int:
    """Return the end of the list members from a position on that nobody need look at."""
    tags = _TAGS.match(source, position, end)
    if tags is None or not tags[0].decode().replace("\n", " ").isprintable():
        return position
    return tags.end()


@lru_cache(maxsize=1024)  # a collection has a handful of keys
def _key(own: bytes) -> str:
    """Return a key as text; nothing where YAML would take it for something else."""
    return "" if own.lower() in _NO_STRINGS or not _KEY.fullmatch(own) else own.decode()


def _parts(line: bytes) -> tuple[str | None, str, int, int]:
    """Return a line's key, the kind of its value, and where that stands; no kind, no value."""
    # Nine of ten lines are `key: "value"` or `  - "value"`: plain searches are three times faster.
    key, opened, last = None, 5, len(line) - 1
    if not line.startswith(b'  - "'):
        own, found, _ = line.partition(b': "')
        key, opened = _key(own) if found else "", len(own) + 3
    if key != "" and line.find(b'"', opened) == last and _BACKSLASH not in line:
        return key, "double", opened, last
    match = _LINE.fullmatch(line)
    if match is None:
        return None, "", 0, 0
    kind = match.lastgroup or ""
    key = None if match["key"] is None else _key(match["key"])
    if kind in ("key", "item"):
        return key, "", 0, 0
    return key, kind, *match.span(kind)


def _value(raw: bytes, kind: str) -> str | None:
    if kind == "plain" and raw.lower() in _NO_STRINGS:
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
