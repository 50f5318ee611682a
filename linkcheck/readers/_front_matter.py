"""Front matter to fields: YAML, TOML or JSON at the head of an article, damaged or not."""

import datetime as dt
import json
import re
import tomllib
from collections.abc import Iterator
from typing import Any

import yaml
from frontmatter.default_handlers import BaseHandler, JSONHandler, YAMLHandler

from linkcheck.model.article import Field
from linkcheck.model.audit import AuditFinding, Severity
from linkcheck.model.noun import Noun
from linkcheck.readers._plain_yaml import plain_fields

_YAML = re.compile(rb"\s*-{3,}[ \t]*\r?\n")
_YAML_END = re.compile(rb"\n(?:-{3,}|\.\.\.)[ \t]*\r?(?:\n|\Z)")
_TOML = re.compile(rb"\s*\+{3,}[ \t]*\r?\n")
_TOML_END = re.compile(rb"\n\+{3,}[ \t]*\r?(?:\n|\Z)")
_JSON = re.compile(rb"\s*\{\s*(?:\"|\})")
_LENIENT = re.compile(
    rb"^[ \t]*(?:-[ \t]+)?\"?(?P<key>[\w.-]+)\"?[ \t]*[:=][ \t]*"
    rb"(?P<quote>[\"']?)(?P<value>.*?)(?P=quote)[ \t,]*\r?$",
    re.MULTILINE,
)
_LINE = re.compile(rb"^.*$", re.MULTILINE)
_MAX_NODES = 10_000  # aliases of aliases make a few lines stand for thousands of millions
_MAX_DEPTH = 32
_MAX_BYTES = 1024 * 1024  # front matter of a megabyte is no front matter


class _Toml(BaseHandler):
    """TOML by the standard library: the package that python-frontmatter would use is unkept."""

    FM_BOUNDARY = re.compile(r"^\+{3,}\s*$", re.MULTILINE)

    def load(self, fm: str) -> dict[str, Any]:
        return tomllib.loads(fm)


class FrontMatter(Noun, frozen=True, kw_only=True):
    """What stands before the body."""

    body_start: int
    fields: tuple[Field, ...] = ()
    finding: AuditFinding | None = None


class _Block(Noun, frozen=True, kw_only=True):
    handler: Any
    start: int
    end: int
    body_start: int


def front_matter(source: bytes, path: str) -> FrontMatter:
    """Return the front matter of a source; without any, a body that starts at once."""
    block = _block(source)
    if block is None:
        return FrontMatter(body_start=0)
    if isinstance(block.handler, YAMLHandler):
        fields = plain_fields(source, block.start, block.end)
        if fields is not None:
            return FrontMatter(body_start=block.body_start, fields=fields)
    return parsed(source, block.handler, (block.start, block.end), block.body_start, path)


def parsed(
    source: bytes, handler: Any, span: tuple[int, int], body_start: int, path: str
) -> FrontMatter:
    """Read a block with the full parser; where it is damaged, save what can be saved."""
    try:
        fields = tuple(_located(_mapping(handler, source, span), source, span))
    except (
        yaml.YAMLError,
        ValueError,
        TypeError,
        AttributeError,
        RecursionError,
        OverflowError,
    ) as error:
        # What the three parsers raise on hostile input; TypeError and AttributeError come from
        # PyYAML's constructors for keys and tags that are no strings.
        return FrontMatter(
            body_start=body_start,
            fields=tuple(_saved(source, span)),
            finding=_damaged(source, span, path, error),
        )
    return FrontMatter(body_start=body_start, fields=fields)


def _mapping(handler: Any, source: bytes, span: tuple[int, int]) -> dict[Any, Any]:
    if span[1] - span[0] > _MAX_BYTES:
        raise ValueError(f"longer than {_MAX_BYTES:,} bytes")
    found = handler.load(source[span[0] : span[1]].decode())
    if found is not None and not isinstance(found, dict):
        raise ValueError(f"it is a {_plain_name(found)}, not keys with values")
    return found or {}


def _block(source: bytes) -> _Block | None:
    for opening, closing, handler in (
        (_YAML, _YAML_END, YAMLHandler),
        (_TOML, _TOML_END, _Toml),
    ):
        head = opening.match(source)
        tail = closing.search(source, head.end() - 1) if head else None
        if head and tail:
            return _Block(
                handler=handler(), start=head.end(), end=tail.start() + 1, body_start=tail.end()
            )
    head = _JSON.match(source)
    if head is None:
        return None
    start = source.index(b"{")
    end = _json_end(source, start)
    return (
        None if end is None else _Block(handler=JSONHandler(), start=start, end=end, body_start=end)
    )


def _json_end(source: bytes, start: int) -> int | None:
    """Return where the JSON at the head ends, or where the line stands that closes it."""
    text = source[start : start + _MAX_BYTES].decode("utf-8", "ignore")
    try:
        _, length = json.JSONDecoder().raw_decode(text)
    except (ValueError, RecursionError):
        closing = re.search(rb"^\}[ \t]*\r?$", source[start : start + _MAX_BYTES], re.MULTILINE)
        return None if closing is None else start + closing.end()
    return start + len(text[:length].encode())


def _located(found: dict[Any, Any], source: bytes, span: tuple[int, int]) -> Iterator[Field]:
    """Yield every string with its place, found again in the text it was read from."""
    cursor = span[0]
    for key, value in _leaves(found):
        raw = value.encode("utf-8", "replace")
        name = key.rpartition(".")[2].encode("utf-8", "replace")
        after_key = max(source.find(name, cursor, span[1]), cursor)
        start, end = _found(source, raw, after_key, span)
        cursor = max(cursor, end)
        yield Field(key=key, value=value, start=start, end=end)


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
        if depth > _MAX_DEPTH:
            raise ValueError(f"nested deeper than {_MAX_DEPTH} levels")
        if isinstance(value, dict):
            pairs = [(f"{key}.{name}" if key else str(name), part) for name, part in value.items()]
            waiting += [(name, part, depth + 1) for name, part in reversed(pairs)]
        elif isinstance(value, list | tuple | set):
            waiting += [(key, part, depth + 1) for part in reversed(list(value))]
        elif isinstance(value, str):
            yield key, value
        elif isinstance(value, dt.date):
            yield key, value.isoformat()
    raise ValueError(f"more than {_MAX_NODES:,} values, or aliases that multiply")


def _saved(source: bytes, span: tuple[int, int]) -> Iterator[Field]:
    """Yield what can be told line by line from a block that no parser accepts."""
    for line in _LINE.finditer(source, *span):
        match = _LENIENT.match(source, line.start(), line.end())
        key = "" if match is None else match["key"].decode("utf-8", "replace")
        start, end = line.span() if match is None else match.span("value")
        yield Field(
            key=key, value=source[start:end].decode("utf-8", "replace"), start=start, end=end
        )


def _damaged(source: bytes, span: tuple[int, int], path: str, error: Exception) -> AuditFinding:
    mark = getattr(error, "problem_mark", None)
    position = getattr(error, "position", None)
    before = source.count(b"\n", 0, span[0])
    line = before + 1
    if mark is not None:
        line = before + mark.line + 1
    elif isinstance(position, int):
        text = source[span[0] : span[1]].decode()
        line = before + text.count("\n", 0, position) + 1
    reason = getattr(error, "problem", None) or getattr(error, "reason", None) or error
    return AuditFinding(
        article=path,
        line=line,
        rule="front-matter-damaged",
        severity=Severity.ERROR,
        message=f"the front matter cannot be read: {reason}; what could be saved of it was",
        advice="mend the front matter",
    )


def _plain_name(value: object) -> str:
    names = {list: "list", str: "text", int: "number", float: "number", bool: "yes or no"}
    return names.get(type(value), type(value).__name__)
