"""Comma-separated values, safe to open in a spreadsheet."""

import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from msgspec.structs import astuple

from linkcheck.model.noun import Noun
from linkcheck.reports._escape import for_terminal

# What a spreadsheet takes for the beginning of a formula (OWASP, CSV injection).
_FORMULA = frozenset("=+-@\t\r\n＝＋－＠")


@dataclass(frozen=True, slots=True)
class Csv:
    """Write nouns as RFC 4180 has it, with a heading."""

    name: str = "csv"

    def head(self, kind: type[Noun]) -> bytes:
        """Return the names of the fields."""
        return _written([kind.__struct_fields__])

    def rows(self, nouns: Sequence[Noun]) -> bytes:
        """Return one line for each noun."""
        return _written([_cell(value) for value in astuple(noun)] for noun in nouns)


def _cell(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, str):
        return _text(value)
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int | float):
        return str(value)
    if isinstance(value, date):  # times are dates too
        return value.isoformat()
    return _text(" ".join(map(str, value)) if isinstance(value, tuple) else str(value))


def _text(text: str) -> str:
    first = text[:1]
    if first == " ":
        first = text.lstrip(" ")[:1]
    shown = for_terminal(text)
    return f"'{shown}" if first in _FORMULA else shown


def _written(rows: object) -> bytes:
    text = io.StringIO()
    csv.writer(text, lineterminator="\r\n").writerows(rows)  # type: ignore[arg-type]  # any iterable of rows will do
    return text.getvalue().encode("utf-8", "replace")


FORMAT = Csv()
