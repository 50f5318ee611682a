"""Where settings come from: defaults, then the file, then the environment, then the options.

The file is found by searching upward; an unknown name is refused wherever it stands.
"""

import dataclasses
import os
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, get_args

from linkcheck.errors import UsageError
from linkcheck.settings.convert import converted
from linkcheck.settings.given import Given
from linkcheck.settings.reading import ReadingSettings
from linkcheck.settings.settings import Settings
from linkcheck.settings.sources import (
    CONFIG_VARIABLE,
    from_environment,
    from_file,
    from_table,
    own_part,
    parsed,
)
from linkcheck.settings.tree import Leaf, branches, grafted, is_list_of_tables, leaves

FILE_NAME = "linkcheck.toml"
DEFAULT = "default"


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Loaded:
    """The settings, and where each of them came from."""

    settings: Settings
    origins: Mapping[str, str]  # by dotted name; what is not in it is a default
    config: Path | None  # the file

    @property
    def root(self) -> Path | None:
        """Return the collection's root: the configuration's folder."""
        return self.config.parent if self.config is not None else None


def find_config(start: Path) -> Path | None:
    """Return the nearest configuration at or above a folder: cron's own folder says nothing."""
    for folder in (start, *start.parents):
        own, shared = folder / FILE_NAME, folder / "pyproject.toml"
        if _is_file(own):
            return own
        if _is_file(shared) and own_part(parsed(shared)) is not None:
            return shared
    return None


def load(
    here: Path,
    *,
    config: Path | None = None,
    environment: Mapping[str, str] | None = None,
    options: Mapping[str, Given] | None = None,
) -> Loaded:
    """Return all settings as the file, the environment and the options have them.

    `config` takes the place of the nearest file. `options` are by dotted name.
    """
    variables = os.environ if environment is None else environment
    said = variables.get(CONFIG_VARIABLE)
    named = config or (Path(said) if said else None)
    if named is not None and not named.is_file():
        origin = "" if config else f"environment: {CONFIG_VARIABLE}: "
        raise UsageError(f"{origin}{named}: there is no such configuration file")
    found = named or find_config(here)
    base = here if found is None else Path(os.path.abspath(found)).parent  # noqa: PTH100 links stay
    given = {
        **(from_file(found, base) if found is not None else {}),
        **from_environment(variables, here),
        **(options or {}),
    }
    # Places that nobody chose are beside the configuration too.
    for leaf in leaves(Settings()):
        if isinstance(leaf.default, Path) and leaf.name not in given:
            given[leaf.name] = Given(
                value=str(leaf.default), origin=DEFAULT, base=base, named=leaf.name
            )
    origins = {name: one.origin for name, one in given.items() if one.origin != DEFAULT}
    return Loaded(settings=_settings(given), origins=origins, config=found)


def load_reading(config: Path | None) -> ReadingSettings:
    """Return how articles are read as one configuration file has it, and nothing besides."""
    if config is None:
        return ReadingSettings()
    return load(config.parent, config=config, environment={}).settings.reading


def _settings(given: Mapping[str, Given]) -> Settings:
    changes: dict[str, Any] = {}
    for leaf in leaves(Settings()):
        if leaf.name in given:
            changes[leaf.name] = _value(given[leaf.name], leaf)
    settings = Settings()
    for name in branches(settings):
        own = {key: value for key, value in changes.items() if key.startswith(f"{name}.")}
        try:
            settings = grafted(settings, own)
        except ValueError as error:
            blamed = given[_culprit(settings, own, given)]
            raise UsageError(f"{_place(blamed, name)}: {error}") from error
    return settings


def _culprit(settings: Any, own: Mapping[str, Any], given: Mapping[str, Given]) -> str:
    """Return the setting without which all would be well, else the first that somebody said."""
    said = [key for key in own if given[key].origin != DEFAULT]
    for key in said:
        try:
            grafted(settings, {name: value for name, value in own.items() if name != key})
        except ValueError:
            continue
        return key
    return said[0]


def _place(given: Given, table: str = "") -> str:
    """Return where something was said: an option is its own place."""
    if given.origin == given.named:
        return given.origin
    return f"{given.origin}: {table or given.named}"


def _value(given: Given, leaf: Leaf) -> Any:
    try:
        if is_list_of_tables(leaf.hint):
            return tuple(_listed(given, leaf))
        return converted(given.value, leaf.hint, given.base, leaf.default)
    except ValueError as error:
        table = f": [{given.named}]" if str(error) == "must be a table" else ""
        raise UsageError(f"{_place(given)} {error}{table}") from error


def _listed(given: Given, leaf: Leaf) -> Iterator[Any]:
    """Yield what each `[[name]]` says."""
    if not isinstance(given.value, list) or not all(isinstance(one, dict) for one in given.value):
        raise ValueError(f"must be tables: [[{given.named}]]")
    kind = get_args(leaf.hint)[0]
    for table in given.value:
        default = kind()
        own = dict(from_table(table, default, given.origin, given.base, f"{given.named}."))
        prefix = f"{given.named}."
        changes = {
            leaf.name: _value(own[leaf.name], leaf)
            for leaf in leaves(default, prefix)
            if leaf.name in own
        }
        yield grafted(default, changes, prefix)


def _is_file(path: Path) -> bool:
    return os.path.isfile(path)  # noqa: PTH113 Path's own raises where a folder above is closed
