"""Nouns to text: rows of any kind in `rows`, reports of a scan in `findings`; a file a format."""

from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from typing import Protocol, runtime_checkable

from linkcheck.catalogue import collect
from linkcheck.model.finding import ArticleFindings
from linkcheck.model.noun import Noun
from linkcheck.reports import findings, rows
from linkcheck.reports._escape import for_terminal
from linkcheck.reports.about import About


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


@runtime_checkable
class ReportFormat(Protocol):
    """One way to write what a scan found, a piece at a time, the same text every time."""

    @property
    def name(self) -> str:
        """What the user asks for with `--report`."""
        ...

    @property
    def summed(self) -> bool:
        """Tell whether it shows the summary: counting it is a reading of its own."""
        ...

    def write(self, articles: Iterable[ArticleFindings], about: About) -> Iterator[bytes]:
        """Yield the report; `about` was counted over the same articles before."""
        ...


@runtime_checkable
class PiecedFormat(ReportFormat, Protocol):
    """A format that is a head and then what it says of each article, whichever process says it."""

    def head(self, about: About) -> bytes:
        """Return what comes first."""
        ...

    def piece(self, found: ArticleFindings) -> bytes:
        """Return what it says of one article."""
        ...


__all__ = [
    "About",
    "PiecedFormat",
    "ReportFormat",
    "RowFormat",
    "for_terminal",
    "report_formats",
    "row_formats",
]


@cache
def row_formats() -> dict[str, RowFormat]:
    """Return every format for rows by its name."""
    found = collect(rows, "FORMAT", RowFormat)  # type: ignore[type-abstract]  # a Protocol is what is asked for
    return {form.name: form for form in found}


@cache
def report_formats() -> dict[str, ReportFormat]:
    """Return every format for what a scan found by its name."""
    found = collect(findings, "REPORT", ReportFormat)  # type: ignore[type-abstract]  # a Protocol is what is asked for
    return {form.name: form for form in found}
