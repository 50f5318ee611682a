"""Find what a package offers by looking into it: adding one thing is adding one file."""

import importlib
import pkgutil
from types import ModuleType
from typing import TypeVar

Kind = TypeVar("Kind")


def collect(package: ModuleType, attribute: str, kind: type[Kind]) -> tuple[Kind, ...]:
    """Return what every public module of a package offers under one name, sorted by module."""
    names = sorted(module.name for module in pkgutil.iter_modules(package.__path__))
    return tuple(
        _offer(f"{package.__name__}.{name}", attribute, kind)
        for name in names
        if not name.startswith("_")
    )


def _offer(module: str, attribute: str, kind: type[Kind]) -> Kind:
    offer = getattr(importlib.import_module(module), attribute, None)
    if not isinstance(offer, kind):
        raise TypeError(f"{module} must offer {attribute}: {kind.__name__}")
    return offer
