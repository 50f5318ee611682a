"""`linkcheck config`: every setting, what it is, and where it came from."""

import datetime as dt
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Annotated, Any

import msgspec
from cyclopts import Parameter

from linkcheck.cli.here import here
from linkcheck.cli.output import opened
from linkcheck.reports import for_terminal
from linkcheck.settings.convert import is_pairs
from linkcheck.settings.live import StatusAction
from linkcheck.settings.load import DEFAULT, Loaded, load
from linkcheck.settings.playback import PlaybackSettings
from linkcheck.settings.tree import leaves

_WIDTH = 44


def config(
    *,
    config: Annotated[Path | None, Parameter(name=["--config", "-c"])] = None,
    changed: Annotated[bool, Parameter(negative=(), show_default=False)] = False,
    output: Annotated[Path | None, Parameter(name=["--output", "-o"])] = None,
) -> int:
    """Show every setting with its value and where it came from.

    Parameters
    ----------
    config:
        Take the settings from this file instead of the nearest linkcheck.toml.
    changed:
        Leave out what is as it was made.
    output:
        Write to this file instead of standard output.
    """
    loaded = load(here(), config=config)
    with opened(output) as place:
        for line in _lines(loaded, changed=changed):
            place.write(f"{for_terminal(line)}\n".encode("utf-8", "replace"))
    return 0


def _lines(loaded: Loaded, *, changed: bool) -> Iterator[str]:
    yield f"# {loaded.config or 'no linkcheck.toml here or above: every setting is its default'}"
    table = ""
    for leaf in leaves(loaded.settings):
        origin = loaded.origins.get(leaf.name, DEFAULT)
        if changed and origin == DEFAULT:
            continue
        head, _, name = leaf.name.rpartition(".")
        if head != table:
            yield ""
            yield f"[{head}]"
            table = head
        value = written({} if is_pairs(leaf.hint) and not leaf.default else leaf.default)
        said = f"{name} = {value}"
        yield f"{said:<{_WIDTH}}  # {origin}"


def written(value: Any) -> str:  # noqa: C901, PLR0911 one for each kind of value
    """Return a value as it would stand in the file."""
    match value:
        case None:
            return '"none"'
        case dt.timedelta():
            return f'"{span(value)}"'
        case PlaybackSettings():
            return _quoted(value.words)
        case StatusAction():
            return _quoted(f"{value.pattern}:{value.action}")
        case tuple() if value and all(_is_pair(one) for one in value):
            inner = ", ".join(f"{_quoted(str(key))} = {written(one)}" for key, one in value)
            return f"{{ {inner} }}"
        case tuple():
            return f"[{', '.join(written(one) for one in value)}]"
        case dt.date():
            return value.isoformat()
        case str() | Path():
            return _quoted(str(value))
        case bool() | int() | float():
            return msgspec.json.encode(value).decode()
        case Mapping():
            inner = ", ".join(f"{key} = {written(one)}" for key, one in value.items())
            return f"{{ {inner} }}" if inner else "{}"
        case _:
            names = getattr(type(value), "__dataclass_fields__", {})
            return written({name: getattr(value, name) for name in names})


def span(value: dt.timedelta) -> str:
    """Return a time in the largest units that give it exactly."""
    seconds = value.total_seconds()
    for unit, size in (("w", 604_800), ("d", 86_400), ("h", 3_600), ("m", 60)):
        if seconds and seconds % size == 0:
            return f"{seconds / size:g}{unit}"
    return f"{seconds:g}s"


def _is_pair(value: object) -> bool:
    return isinstance(value, tuple) and len(value) == 2 and isinstance(value[0], str)  # noqa: PLR2004


def _quoted(text: str) -> str:
    return msgspec.json.encode(text).decode()
