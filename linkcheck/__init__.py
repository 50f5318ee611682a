"""Check the archived and live links of a collection of saved articles."""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from linkcheck.errors import LinkcheckError, UsageError
    from linkcheck.model.finding import LinkFinding
    from linkcheck.scan.api import check
    from linkcheck.settings.settings import Settings

    __version__: str

__all__ = ["LinkFinding", "LinkcheckError", "Settings", "UsageError", "__version__", "check"]

_PLACES = {
    "LinkFinding": "linkcheck.model.finding",
    "LinkcheckError": "linkcheck.errors",
    "Settings": "linkcheck.settings.settings",
    "UsageError": "linkcheck.errors",
    "check": "linkcheck.scan.api",
}


def __getattr__(name: str) -> Any:
    """Load what is offered when it is asked for: most of it brings much along."""
    if name == "__version__":
        return import_module("importlib.metadata").version("archival-linkcheck")
    if name not in _PLACES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(_PLACES[name]), name)
