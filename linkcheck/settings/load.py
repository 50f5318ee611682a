"""The configuration file: found by searching upward, every key known or refused."""

import difflib
import os
import tomllib
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from linkcheck.errors import UsageError
from linkcheck.model.link import Role
from linkcheck.settings.reading import DEFAULT_KEYS, Keys, ReadingSettings

FILE_NAME = "linkcheck.toml"


def find_config(start: Path) -> Path | None:
    """Return the nearest configuration at or above a folder: cron's own folder says nothing."""
    for folder in (start, *start.parents):
        own, shared = folder / FILE_NAME, folder / "pyproject.toml"
        if _is_file(own):
            return own
        if _is_file(shared) and _own_part(_parsed(shared)) is not None:
            return shared
    return None


def _is_file(path: Path) -> bool:
    return os.path.isfile(path)  # noqa: PTH113 Path's own raises where a folder above is closed


def load_reading(config: Path | None) -> ReadingSettings:
    """Return how articles are read as a configuration file has it."""
    if config is None:
        return ReadingSettings()
    table: Mapping[str, Any] = _parsed(config)
    if config.name == "pyproject.toml":
        own = _own_part(table)
        table = _table({} if own is None else own, config, "tool.linkcheck")
    _refuse_unknown(table, ("reading",), config, "")
    return _reading(_table(table.get("reading", {}), config, "reading"), config)


def _own_part(pyproject: Mapping[str, Any]) -> object:
    tools = pyproject.get("tool")
    return tools.get("linkcheck") if isinstance(tools, dict) else None


def _reading(table: Mapping[str, Any], config: Path) -> ReadingSettings:
    known = ("max_file_bytes", "date_keys", "title_keys", "keys")
    _refuse_unknown(table, known, config, "reading.")
    defaults = ReadingSettings()
    most = table.get("max_file_bytes", defaults.max_file_bytes)
    if not isinstance(most, int) or isinstance(most, bool) or most < 1:
        raise UsageError(f"{config}: reading.max_file_bytes must be a whole number above 0")
    dates = table.get("date_keys", defaults.date_keys)
    titles = table.get("title_keys", defaults.title_keys)
    return ReadingSettings(
        max_file_bytes=most,
        date_keys=_words(dates, config, "reading.date_keys"),
        title_keys=_words(titles, config, "reading.title_keys"),
        keys=_keys(_table(table.get("keys", {}), config, "reading.keys"), config),
    )


def _keys(table: Mapping[str, Any], config: Path) -> Keys:
    _refuse_unknown(table, tuple(Role), config, "reading.keys.")
    own = {Role(role): _words(keys, config, f"reading.keys.{role}") for role, keys in table.items()}
    return tuple({**dict(DEFAULT_KEYS), **own}.items())


def _words(value: object, config: Path, name: str) -> tuple[str, ...]:
    words = (value,) if isinstance(value, str) else value
    if not isinstance(words, list | tuple) or not all(isinstance(word, str) for word in words):
        raise UsageError(f"{config}: {name} must be a list of words")
    return tuple(words)


def _table(value: object, config: Path, name: str) -> Mapping[str, Any]:
    if not isinstance(value, dict):
        raise UsageError(f"{config}: {name} must be a table: [{name}]")
    return value


def _refuse_unknown(
    table: Mapping[str, Any], known: Iterable[str], config: Path, prefix: str
) -> None:
    names = [str(name) for name in known]
    for key in table:
        if key not in names:
            near = difflib.get_close_matches(key, names, n=1, cutoff=0.5)
            hint = f"; did you mean {prefix}{near[0]}?" if near else f"; known: {', '.join(names)}"
            raise UsageError(f"{config}: unknown key {prefix}{key}{hint}")


def _parsed(config: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(config.read_text(encoding="utf-8"))
    except OSError as error:
        raise UsageError(f"{config}: cannot be read: {error.strerror}") from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, RecursionError) as error:
        raise UsageError(f"{config}: is no TOML: {error}") from error
