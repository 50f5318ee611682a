"""What the configuration's file and the environment say; an unknown name is refused in both."""

import tomllib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, get_args

from linkcheck.errors import UsageError
from linkcheck.settings.convert import converted, is_pairs, near
from linkcheck.settings.given import Given
from linkcheck.settings.settings import Settings
from linkcheck.settings.tree import branches, is_list_of_tables, is_table, leaves

PREFIX = "LINKCHECK_"
CONFIG_VARIABLE = f"{PREFIX}CONFIG"
_MEANT = "did you mean "


def from_file(path: Path, base: Path) -> dict[str, Given]:
    """Return what a file says, by dotted name."""
    table: Mapping[str, Any] = parsed(path)
    if path.name == "pyproject.toml":
        own = own_part(table)
        if own is not None and not isinstance(own, dict):
            raise UsageError(f"{path}: tool.linkcheck must be a table: [tool.linkcheck]")
        table = own or {}
    return dict(from_table(table, Settings(), str(path), base, ""))


def from_table(
    table: Mapping[str, Any], value: Any, origin: str, base: Path, prefix: str
) -> Iterator[tuple[str, Given]]:
    """Yield what a table says; refuse keys that there are not."""
    known = branches(value)
    for key, said in table.items():
        dotted = f"{prefix}{key}"
        if key not in known:
            raise UsageError(f"{origin}: unknown key {dotted}; {_hint(key, known, prefix)}")
        kind, below = known[key]
        if is_table(below):
            if not isinstance(said, dict):
                raise UsageError(f"{origin}: {dotted} must be a table: [{dotted}]")
            yield from from_table(said, below, origin, base, f"{dotted}.")
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


def from_environment(variables: Mapping[str, str], here: Path) -> dict[str, Given]:
    """Return what variables say; refuse those that there are not."""
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
            # Without what all begin with, or any would be like any other.
            hint = near(name.removeprefix(PREFIX), [one.removeprefix(PREFIX) for one in known])
            if hint.startswith(_MEANT):
                hint = hint.replace(_MEANT, _MEANT + PREFIX)
            else:
                hint = "linkcheck config lists what can be set"
            raise UsageError(f"environment: unknown variable {name}; {hint}")
        given[known[name].name] = Given(
            value=variables[name], origin=f"environment: {name}", base=here, named=known[name].name
        )
    return given


def own_part(pyproject: Mapping[str, Any]) -> object:
    """Return the part of a pyproject.toml that is ours, if there is one."""
    tools = pyproject.get("tool")
    return tools.get("linkcheck") if isinstance(tools, dict) else None


def parsed(config: Path) -> dict[str, Any]:
    """Return a file's content."""
    try:
        return tomllib.loads(config.read_text(encoding="utf-8"))
    except OSError as error:
        raise UsageError(f"{config}: cannot be read: {error.strerror}") from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, RecursionError) as error:
        raise UsageError(f"{config}: is no TOML: {error}") from error
