"""Comma-separated values, safe to open in a spreadsheet."""

import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from linkcheck.model.noun import Noun
from linkcheck.reports._escape import for_terminal

# What a spreadsheet takes for the beginning of a formula (OWASP, CSV injection).
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


@dataclass(frozen=True, slots=True)
class Csv:
    """Write nouns as RFC 4180 has it, with a heading."""

    name: str = "csv"

    def head(self, kind: type[Noun]) -> bytes:
        """Return the names of the fields."""
        return _written([kind.__struct_fields__])

    def rows(self, nouns: Sequence[Noun]) -> bytes:
        """Return one line for each noun."""
        return _written(
            [_cell(getattr(noun, field)) for field in noun.__struct_fields__] for noun in nouns
        )


def _cell(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, date):  # times are dates too
        return value.isoformat()
    if isinstance(value, tuple):
        return " ".join(map(str, value))
    if isinstance(value, int | float):
        return str(value)
    text = for_terminal(str(value))
    return f"'{text}" if str(value).lstrip(" ").startswith(_FORMULA) else text


def _written(rows: object) -> bytes:
    text = io.StringIO()
    csv.writer(text, lineterminator="\r\n").writerows(rows)  # type: ignore[arg-type]  # any iterable of rows will do
    return text.getvalue().encode("utf-8", "replace")


FORMAT = Csv()
