"""Comma-separated values, safe to open in a spreadsheet."""

import csv
import io
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from msgspec.structs import astuple

from linkcheck.model.noun import Noun
from linkcheck.reports._escape import for_terminal

# What a spreadsheet takes for the beginning of a formula (OWASP, CSV injection).
_BLANK = " \u00a0\u200b\u2060\u3000\ufeff"  # which it may pass over before one
_FORMULA = frozenset("=+-@\t\r\n＝＋－＠")
# Where a comma is for decimals, a spreadsheet parts cells at semicolons: `x;=1+1` is two.
_BEHIND_SEMICOLON = re.compile(f';(?=[{_BLANK}"]*[-=+@＝＋－＠])')


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
    if first in _BLANK:
        first = text.lstrip(_BLANK)[:1]
    shown = for_terminal(text)
    if ";" in shown:
        shown = _BEHIND_SEMICOLON.sub(";'", shown)
    return f"'{shown}" if first in _FORMULA else shown


def _written(rows: Iterable[Sequence[str]]) -> bytes:
    text = io.StringIO()
    csv.writer(text, lineterminator="\r\n").writerows(rows)
    return text.getvalue().encode("utf-8", "replace")


FORMAT = Csv()
