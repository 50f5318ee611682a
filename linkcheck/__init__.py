"""Check the archived and live links of a collection of saved articles."""

from importlib.metadata import version

__version__ = version("archival-linkcheck")
__all__ = ["__version__"]
