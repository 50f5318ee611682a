"""Front matter to fields: YAML, TOML or JSON at the head of an article, damaged or not."""

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
from linkcheck.readers._bombs import refuse_bombs
from linkcheck.readers._fields import located
from linkcheck.readers._plain_yaml import plain_fields

_YAML = re.compile(rb"\s*-{3,}[ \t]*\r?\n")
_YAML_END = re.compile(rb"\n(?:-{3,}|\.\.\.)[ \t]*\r?(?:\n|\Z)")
_TOML = re.compile(rb"\s*\+{3,}[ \t]*\r?\n")
_TOML_END = re.compile(rb"\n\+{3,}[ \t]*\r?(?:\n|\Z)")
_JSON = re.compile(rb"\s*\{\s*(?:\"|\})")
_LENIENT = re.compile(
    rb"[ \t]*+(?:-[ \t]++)?\"?(?P<key>[\w.-]++)\"?[ \t]*+[:=][ \t]*+[\"']?(?P<value>.*+)"
)
_LINE = re.compile(rb"^.*$", re.MULTILINE)
_MAX_BYTES = 256 * 1024  # longer than this is no front matter


_LOOKS_LIKE_KEY = re.compile(rb"[A-Za-z_][\w.-]*+[ \t]*+[:=](?=[\s\"'\[{])")
_BLANK_LINE = re.compile(rb"\n[ \t]*\r?(?=\n)")
_AT_LINE = re.compile(r"at line (\d+)")


class _NoMappingError(ValueError):
    """What stands there is no front matter, though it is marked as such."""


class _Toml(BaseHandler):
    """TOML by the standard library: the package that python-frontmatter would use is unkept."""

    FM_BOUNDARY = re.compile(r"^\+{3,}\s*$", re.MULTILINE)

    def load(self, fm: str) -> dict[str, Any]:
        return tomllib.loads(fm)


class FrontMatter(Noun, frozen=True, kw_only=True, gc=False):
    """What stands before the body."""

    body_start: int
    fields: tuple[Field, ...] = ()
    finding: AuditFinding | None = None


class _Block(Noun, frozen=True, kw_only=True, gc=False):
    handler: Any
    start: int
    end: int
    body_start: int
    closed: bool = True


def front_matter(source: bytes, path: str) -> FrontMatter:
    """Return the front matter of a source; without any, a body that starts at once."""
    block = _block(source)
    if block is None:
        return FrontMatter(body_start=0)
    if isinstance(block.handler, YAMLHandler):
        fields = plain_fields(source, block.start, block.end) if block.closed else None
        if fields is not None:
            return FrontMatter(body_start=block.body_start, fields=fields)
    found = parsed(source, block.handler, (block.start, block.end), block.body_start, path)
    if block.closed or found.finding is not None:
        return found
    unclosed = ValueError("it is never closed; read up to the first blank line")
    finding = _damaged(source, (block.start, block.end), path, unclosed)
    return FrontMatter(body_start=found.body_start, fields=found.fields, finding=finding)


def parsed(
    source: bytes, handler: Any, span: tuple[int, int], body_start: int, path: str
) -> FrontMatter:
    """Read a block with the full parser; where it is damaged, save what can be saved."""
    try:
        fields = tuple(located(_mapping(handler, source, span), source, span))
    except _NoMappingError as error:
        # Perhaps two rules drawn around some text: as a part of the body it loses no link.
        return FrontMatter(body_start=0, finding=_damaged(source, span, path, error))
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
    text = source[span[0] : span[1]].decode()
    if isinstance(handler, YAMLHandler):
        refuse_bombs(source, span, text)
    found = handler.load(text)
    if found is not None and not isinstance(found, dict):
        raise _NoMappingError(f"it is a {_plain_name(found)}, not keys with values")
    return found or {}


def _block(source: bytes) -> _Block | None:
    for opening, closing, handler in (
        (_YAML, _YAML_END, YAMLHandler),
        (_TOML, _TOML_END, _Toml),
    ):
        head = opening.match(source)
        if head is None:
            continue
        tail = closing.search(source, head.end() - 1)
        if tail is not None:
            return _Block(
                handler=handler(), start=head.end(), end=tail.start() + 1, body_start=tail.end()
            )
        if _LOOKS_LIKE_KEY.match(source, head.end()):
            blank = _BLANK_LINE.search(source, head.end())
            last = len(source) if blank is None else blank.start() + 1
            return _Block(
                handler=handler(), start=head.end(), end=last, body_start=last, closed=False
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


def _saved(source: bytes, span: tuple[int, int]) -> Iterator[Field]:
    """Yield what can be told line by line from a block that no parser accepts."""
    for line in _LINE.finditer(source, *span):
        match = _LENIENT.match(source, line.start(), line.end())
        key = "" if match is None else match["key"].decode("utf-8", "replace")
        start, end = line.span() if match is None else match.span("value")
        if match is not None:
            end = start + len(source[start:end].rstrip(b" \t\r,").rstrip(b"\"'"))
        yield Field(
            key=key, value=source[start:end].decode("utf-8", "replace"), start=start, end=end
        )


def _damaged(source: bytes, span: tuple[int, int], path: str, error: Exception) -> AuditFinding:
    line = source.count(b"\n", 0, span[0]) + _line_in_block(error, source, span)
    reason = getattr(error, "problem", None) or getattr(error, "reason", None) or error
    return AuditFinding(
        article=path,
        line=line,
        rule="front-matter-damaged",
        severity=Severity.ERROR,
        message=f"the front matter cannot be read: {reason}; what could be saved of it was",
        advice="mend the front matter",
    )


def _line_in_block(error: Exception, source: bytes, span: tuple[int, int]) -> int:
    """Return the line that a parser complains of, each parser in its own way; else the first."""
    mark = getattr(error, "problem_mark", None)
    if mark is not None:
        return int(mark.line) + 1
    position = getattr(error, "position", None)
    if isinstance(position, int):
        return source[span[0] : span[1]].decode().count("\n", 0, position) + 1
    if isinstance(error, json.JSONDecodeError):
        return error.lineno
    said = _AT_LINE.search(str(error)) if isinstance(error, tomllib.TOMLDecodeError) else None
    return int(said[1]) if said else 1


def _plain_name(value: object) -> str:
    names = {list: "list", str: "text", int: "number", float: "number", bool: "yes or no"}
    return names.get(type(value), type(value).__name__)
