"""The settings as a tree: which names there are, of which type, and how one is set."""

import dataclasses
from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any, get_args, get_origin, get_type_hints

from linkcheck.model.pace import ArchivePace
from linkcheck.settings.archive_lane import ArchiveLaneSettings
from linkcheck.settings.convert import OWN_WORDS


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Leaf:
    """One setting: its dotted name, its type, and what it is unless somebody says otherwise."""

    name: str
    hint: Any
    default: Any


def branches(value: Any) -> dict[str, tuple[Any, Any]]:
    """Return the fields below a table, each with its type and its present value."""
    if isinstance(value, Mapping):
        return {str(key): (type(below), below) for key, below in value.items()}
    kind: Any = type(value)
    hints = _hints(kind)
    return {
        field.name: (hints[field.name], getattr(value, field.name))
        for field in dataclasses.fields(value)
        if field.init and not _is_derived(value, field.name, hints[field.name])
    }


def _is_derived(value: Any, name: str, hint: Any) -> bool:
    """Tell what is set elsewhere.

    Archives declare their pace, `-H` names its own headers, and what several use has its own table.
    """
    if isinstance(value, ArchiveLaneSettings):
        return name in {"planning", "judging", "playback"}
    return ArchivePace in get_args(hint) or name == "user_headers"


def is_table(value: Any) -> bool:
    """Tell settings that have names below them."""
    if isinstance(value, OWN_WORDS):
        return False
    return isinstance(value, Mapping) or dataclasses.is_dataclass(value)


def is_list_of_tables(hint: Any) -> bool:
    """Tell a setting that is written as `[[name]]`."""
    if get_origin(hint) is not tuple or get_args(hint)[0] in OWN_WORDS:
        return False
    return dataclasses.is_dataclass(get_args(hint)[0])


def leaves(value: Any, prefix: str = "") -> Iterator[Leaf]:
    """Yield every setting below a table, its own before those of the tables in it."""
    found = branches(value)
    for name, (hint, below) in found.items():
        if not is_table(below):
            yield Leaf(name=f"{prefix}{name}", hint=hint, default=below)
    for name, (_, below) in found.items():
        if is_table(below):
            yield from leaves(below, f"{prefix}{name}.")


def grafted(value: Any, changes: Mapping[str, Any], prefix: str = "") -> Any:
    """Return a table with the settings of these dotted names changed."""
    new: dict[str, Any] = {}
    for name, (_, below) in branches(value).items():
        dotted = f"{prefix}{name}"
        if is_table(below):
            changed = grafted(below, changes, f"{dotted}.")
            if changed is not below:
                new[name] = changed
        elif dotted in changes:
            new[name] = changes[dotted]
    if not new:
        return value
    return {**value, **new} if isinstance(value, Mapping) else dataclasses.replace(value, **new)


@cache
def _hints(kind: Any) -> dict[str, Any]:
    return get_type_hints(kind)
