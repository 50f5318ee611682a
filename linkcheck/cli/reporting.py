"""Reports of what the store knows: their format, and where they go."""

from collections.abc import Iterator
from pathlib import Path

from linkcheck.cli.output import Place, opened, row_format
from linkcheck.console.history import article_lines
from linkcheck.model.noun import Noun
from linkcheck.reports import for_terminal
from linkcheck.scan.api import read_findings, read_store
from linkcheck.scan.rows import ChangeRow, FindingRow, change_row, rows_of
from linkcheck.settings.settings import Settings

TABLE = "table"


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


def write_reports(settings: Settings, reports: tuple[Wanted, ...]) -> None:
    """Write every report from the store."""
    for report in reports:
        with opened(report.path) as place:
            write_findings(settings, report.format, place)


def write_findings(settings: Settings, form: str, place: Place) -> None:
    """Write what is known of every link."""
    if form == TABLE:
        for found in read_findings(settings):
            _say(place, article_lines(found))
        return
    rows = row_format(form)
    place.write(rows.head(FindingRow))
    for found in read_findings(settings):
        place.write(rows.rows(tuple(rows_of(found))))


def write_changes(settings: Settings, since: str, form: str, place: Place) -> None:
    """Write what has changed since a run: new, regressed, still and fixed."""
    with read_store(settings) as store:
        changes = store.changes(store.run(since))
        if form == TABLE:
            last = ""
            for change in changes:
                if change.kind != last:
                    last = str(change.kind)
                    _say(place, (last,))
                link = change.finding.link
                before = change.before or "not known"
                where = f"{link.article}:{link.line}"
                said = f"  {before} → {change.finding.standing}  {link.raw}  {where}"
                _say(place, (said,))
            return
        rows = row_format(form)
        place.write(rows.head(ChangeRow))
        for change in changes:
            place.write(rows.rows((change_row(change.finding, str(change.kind), change.before),)))


def _say(place: Place, lines: Iterator[str] | tuple[str, ...]) -> None:
    for line in lines:
        place.write(f"{for_terminal(line)}\n".encode("utf-8", "replace"))
