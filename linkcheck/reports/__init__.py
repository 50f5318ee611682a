"""Nouns to text: one file per format, each good for rows of any kind."""

import sys
from collections.abc import Sequence
from functools import cache
from typing import Protocol, runtime_checkable

from linkcheck.catalogue import collect
from linkcheck.model.noun import Noun
from linkcheck.reports._escape import for_terminal


@runtime_checkable
class RowFormat(Protocol):
    """One way to write rows of nouns, a piece at a time: no report is held in memory."""

    @property
    def name(self) -> str:
        """What the user asks for with `--format`."""
        ...

    def head(self, kind: type[Noun]) -> bytes:
        """Return what comes before the first row."""
        ...

    def rows(self, nouns: Sequence[Noun]) -> bytes:
        """Return the text of some rows, each ended."""
        ...


__all__ = ["RowFormat", "for_terminal", "row_formats"]


@cache
def row_formats() -> dict[str, RowFormat]:
    """Return every format by its name."""
    found = collect(sys.modules[__name__], "FORMAT", RowFormat)  # type: ignore[type-abstract]  # a Protocol is what is asked for
    return {form.name: form for form in found}
