"""Parsed front matter to fields: every string of it, and where it is spelled."""

import datetime as dt
from collections.abc import Iterator
from typing import Any

from linkcheck.model.article import Field
from linkcheck.readers._bombs import MAX_DEPTH

_MAX_KEY = 100  # every value below carries the names of all keys above it
_MAX_NODES = 10_000  # aliases of aliases make a few lines stand for thousands of millions


def located(found: dict[Any, Any], source: bytes, span: tuple[int, int]) -> Iterator[Field]:
    """Yield every string but tags with its place, found again in the text it was read from."""
    cursor = span[0]
    for key, value in _leaves(found):
        raw = value.encode("utf-8", "replace")
        name = key.rpartition(".")[2].encode("utf-8", "replace")
        after_key = max(source.find(name, cursor, span[1]), cursor)
        start, end = _found(source, raw, after_key, span)
        cursor = max(cursor, end)
        yield Field(key=key, value=value, start=start, end=end)


def is_tag(part: object) -> bool:
    """Tell a member of a list that can name nothing, as most do: there are eight an article."""
    return isinstance(part, str) and "." not in part and "/" not in part


def _found(source: bytes, raw: bytes, after_key: int, span: tuple[int, int]) -> tuple[int, int]:
    """Return where a value is spelled; where it cannot be found, the place of its key."""
    for spelling in (raw, raw.replace(b"/", b"\\/")) if raw else ():
        # An alias stands further up than its key.
        for begin in (after_key, span[0]):
            start = source.find(spelling, begin, span[1])
            if start >= 0:
                return start, start + len(spelling)
    return after_key, after_key


def _leaves(found: dict[Any, Any]) -> Iterator[tuple[str, str]]:
    waiting: list[tuple[str, Any, int]] = [("", found, 0)]
    for _ in range(_MAX_NODES):
        if not waiting:
            return
        key, value, depth = waiting.pop()
        if depth > MAX_DEPTH:
            raise ValueError(f"nested deeper than {MAX_DEPTH} levels")
        if isinstance(value, dict):
            path = f"{key}." if key else ""
            pairs = [(f"{path}{str(name)[:_MAX_KEY]}", part) for name, part in value.items()]
            waiting += [(name, part, depth + 1) for name, part in reversed(pairs)]
        elif isinstance(value, list | tuple):
            waiting += [(key, part, depth + 1) for part in reversed(value) if not is_tag(part)]
        elif isinstance(value, set):  # in no order of its own
            waiting += [(key, part, depth + 1) for part in sorted(value, key=str, reverse=True)]
        elif isinstance(value, str):
            yield key, value
        elif isinstance(value, int) and 10**7 <= value < 10**8:
            yield key, str(value)
        elif isinstance(value, dt.date):
            yield key, value.isoformat()
    raise ValueError(f"more than {_MAX_NODES:,} values, or aliases that multiply")
