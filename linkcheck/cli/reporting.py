"""Reports that a scan shall write: `--report FORMAT[=PATH]`."""

from pathlib import Path

from linkcheck.cli.output import row_format
from linkcheck.model.noun import Noun
from linkcheck.scan.job import Outcome
from linkcheck.settings.settings import Settings


class Wanted(Noun, frozen=True, kw_only=True):
    """One report that shall be written."""

    format: str
    path: Path | None = None  # None: standard output


def wanted(said: tuple[str, ...]) -> tuple[Wanted, ...]:
    """Read what `--report` says, before anything is asked."""
    found = []
    for one in said:
        name, _, path = one.partition("=")
        row_format(name)
        found.append(Wanted(format=name, path=Path(path) if path else None))
    return tuple(found)


def write_reports(settings: Settings, reports: tuple[Wanted, ...], outcome: Outcome) -> None:
    """Write every report from the store."""
    del settings, reports, outcome
