"""Where settings come from: defaults, then the file, then the environment, then the options.

The file is found by searching upward; an unknown name is refused wherever it stands.
"""

import dataclasses
import os
import tomllib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, get_args

from linkcheck.errors import UsageError
from linkcheck.settings.convert import converted, is_pairs, near
from linkcheck.settings.reading import ReadingSettings
from linkcheck.settings.settings import Settings
from linkcheck.settings.tree import Leaf, branches, grafted, is_list_of_tables, is_table, leaves

FILE_NAME = "linkcheck.toml"
PREFIX = "LINKCHECK_"
CONFIG_VARIABLE = f"{PREFIX}CONFIG"
DEFAULT = "default"
_MEANT = "did you mean "


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Given:
    """What somebody said a setting shall be."""

    value: object
    origin: str  # in words: a file, a variable, an option
    base: Path  # what relative paths are relative to
    named: str  # how complaints call the setting


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
        if _is_file(shared) and _own_part(_parsed(shared)) is not None:
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
    named = config or (Path(variables[CONFIG_VARIABLE]) if variables.get(CONFIG_VARIABLE) else None)
    if named is not None and not named.is_file():
        raise UsageError(f"{named}: there is no such configuration file")
    found = named or find_config(here)
    base = here if found is None else Path(os.path.abspath(found)).parent  # noqa: PTH100 links stay
    given = {
        **(_from_file(found, base) if found is not None else {}),
        **_from_environment(variables, here),
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
        own = dict(_from_table(table, default, given.origin, given.base, f"{given.named}."))
        prefix = f"{given.named}."
        changes = {
            leaf.name: _value(own[leaf.name], leaf)
            for leaf in leaves(default, prefix)
            if leaf.name in own
        }
        yield grafted(default, changes, prefix)


def _from_file(path: Path, base: Path) -> dict[str, Given]:
    table: Mapping[str, Any] = _parsed(path)
    if path.name == "pyproject.toml":
        own = _own_part(table)
        if own is not None and not isinstance(own, dict):
            raise UsageError(f"{path}: tool.linkcheck must be a table: [tool.linkcheck]")
        table = own or {}
    return dict(_from_table(table, Settings(), str(path), base, ""))


def _from_table(
    table: Mapping[str, Any], value: Any, origin: str, base: Path, prefix: str
) -> Iterator[tuple[str, Given]]:
    known = branches(value)
    for key, said in table.items():
        dotted = f"{prefix}{key}"
        if key not in known:
            raise UsageError(f"{origin}: unknown key {dotted}; {_hint(key, known, prefix)}")
        kind, below = known[key]
        if is_table(below):
            if not isinstance(said, dict):
                raise UsageError(f"{origin}: {dotted} must be a table: [{dotted}]")
            yield from _from_table(said, below, origin, base, f"{dotted}.")
            continue
        if is_pairs(kind) and isinstance(said, dict):
            _refuse_unknown_words(said, kind, origin, dotted)
        yield dotted, Given(value=said, origin=origin, base=base, named=dotted)


def _hint(key: str, known: Mapping[str, object], prefix: str) -> str:
    """Say which key was probably meant, of the same table or, at the root, of any."""
    hint = near(key, list(known))
    if hint.startswith(_MEANT):
        return hint.replace(_MEANT, f"{_MEANT}{prefix}")
    if not prefix:
        places = {leaf.name.rpartition(".")[2]: leaf.name for leaf in leaves(Settings())}
        elsewhere = near(key, list(places))
        if elsewhere.startswith(_MEANT):
            name = elsewhere.removeprefix(_MEANT).rstrip("?")
            return f"{_MEANT}{places[name]}?"
    return hint


def _refuse_unknown_words(table: Mapping[str, Any], kind: Any, origin: str, dotted: str) -> None:
    """Say which of a table's keys is none, before its values are looked at."""
    first = get_args(get_args(kind)[0])[0]
    for key, said in table.items():
        name = f"{dotted}.{key}"
        if first is not str and key not in set(first):
            hint = near(key, tuple(first)).replace("did you mean ", f"did you mean {dotted}.")
            raise UsageError(f"{origin}: unknown key {name}; {hint}")
        try:
            converted(said, get_args(get_args(kind)[0])[1], Path(), None)
        except ValueError as error:
            raise UsageError(f"{origin}: {name} {error}") from error


def _from_environment(variables: Mapping[str, str], here: Path) -> dict[str, Given]:
    known = {
        PREFIX + leaf.name.upper().replace(".", "_"): leaf
        for leaf in leaves(Settings())
        if not is_list_of_tables(leaf.hint) and not is_pairs(leaf.hint)
    }
    given: dict[str, Given] = {}
    for name in sorted(variables):
        if not name.startswith(PREFIX) or name == CONFIG_VARIABLE:
            continue
        if name not in known:
            hint = near(name, [*known]) if near(name, [*known]).startswith("did") else ""
            hint = hint or "linkcheck config lists what can be set"
            raise UsageError(f"environment: unknown variable {name}; {hint}")
        given[known[name].name] = Given(
            value=variables[name], origin=f"environment: {name}", base=here, named=known[name].name
        )
    return given


def _is_file(path: Path) -> bool:
    return os.path.isfile(path)  # noqa: PTH113 Path's own raises where a folder above is closed


def _own_part(pyproject: Mapping[str, Any]) -> object:
    tools = pyproject.get("tool")
    return tools.get("linkcheck") if isinstance(tools, dict) else None


def _parsed(config: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(config.read_text(encoding="utf-8"))
    except OSError as error:
        raise UsageError(f"{config}: cannot be read: {error.strerror}") from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, RecursionError) as error:
        raise UsageError(f"{config}: is no TOML: {error}") from error
