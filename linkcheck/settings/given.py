"""What somebody said a setting shall be, and where."""

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True, kw_only=True)
class Given:
    """What somebody said a setting shall be."""

    value: object
    origin: str  # in words: a file, a variable, an option
    base: Path  # what relative paths are relative to
    named: str  # how complaints call the setting
