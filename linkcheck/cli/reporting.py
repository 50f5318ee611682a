"""Reports of what the store knows: their format, and where they go."""

from collections.abc import Iterable, Iterator
from pathlib import Path

from msgspec.structs import asdict

from linkcheck.cli.folders import FOLDERS, HERE, QUADS, quads, write_folder
from linkcheck.cli.output import Place, opened, row_format
from linkcheck.cli.shares import pieces
from linkcheck.cli.wanted import TABLE, Wanted
from linkcheck.console.history import article_lines
from linkcheck.errors import LinkcheckError
from linkcheck.model.manifest import Manifest
from linkcheck.model.summary import Summary
from linkcheck.reports import About, PiecedFormat, for_terminal, report_formats
from linkcheck.reports.row import FindingRow, row_of
from linkcheck.reports.summary import summarise
from linkcheck.scan.api import read_findings, read_store
from linkcheck.scan.corridor import open_store
from linkcheck.settings.settings import Settings
from linkcheck.store import RunRecord, Store


class ChangeRow(FindingRow, frozen=True, kw_only=True, gc=False):
    """One link whose standing is bad, or was."""

    change: str
    before: str | None


def write_reports(
    settings: Settings, reports: tuple[Wanted, ...], summary: Summary, manifest: Manifest | None
) -> Iterator[str]:
    """Write every report from the store; yield what there is to say of those in folders.

    One that cannot be written does not take the others with it: it is raised after them.
    """
    failed: list[LinkcheckError] = []
    for report in reports:
        try:
            about = About(
                summary=summary, manifest=manifest, fail_on=settings.scan.fail_on, lang=report.lang
            )
            yield from _written(settings, report, about)
        except LinkcheckError as error:
            failed.append(error)
    if len(failed) < len(reports):
        _publish(settings)
    if failed:
        raise LinkcheckError("; ".join(map(str, failed)))


def _written(settings: Settings, report: Wanted, about: About) -> Iterator[str]:
    if report.format in FOLDERS:
        folder = report.path or HERE
        summary, manifest = about.summary, about.manifest
        yield write_folder(settings, report.format, folder, manifest, summary, report.lang)
        return
    with opened(report.path) as place:
        _write(settings, report.format, place, about)


def write_folder_of(settings: Settings, form: str, folder: Path | None, lang: str) -> str:
    """Write what is known of every link into a folder; return what was done, in words."""
    with read_store(settings) as store:
        manifest = _last_manifest(store)
    return write_folder(settings, form, folder or HERE, manifest, None, lang)


def write_findings(settings: Settings, form: str, place: Place, lang: str) -> None:
    """Write what is known of every link."""
    if form == TABLE:
        _table(settings, place)
        return
    with read_store(settings) as store:
        summed = form in report_formats() and report_formats()[form].summed
        about = About(
            summary=summarise(store.findings() if summed else (), settings.scan.fail_on),
            manifest=_last_manifest(store),
            fail_on=settings.scan.fail_on,
            lang=lang,
        )
    _write(settings, form, place, about)


def write_changes(settings: Settings, since: str, form: str, place: Place) -> None:
    """Write what has changed since a run, or in the last: new, regressed, still and fixed."""
    with read_store(settings) as store:
        changes = store.changes(_since(store, since))
        if form == TABLE:
            last = ""
            for change in changes:
                if change.kind != last:
                    last = str(change.kind)
                    _say(place, (last,))
                link = change.finding.link
                before = change.before or "not known"
                where = f"{link.article}:{link.line}"
                _say(place, (f"  {before} → {change.finding.standing}  {link.raw}  {where}",))
            return
        rows = row_format(form)
        place.write(rows.head(ChangeRow))
        for change in changes:
            row = ChangeRow(
                **asdict(row_of(change.finding)), change=str(change.kind), before=change.before
            )
            place.write(rows.rows((row,)))


def _since(store: Store, name: str) -> RunRecord | None:
    """Return the run to compare with; of the last one it is told what it changed itself."""
    run = store.run(name)
    if name != "last":
        return run
    earlier = [one for one in store.runs() if one.ended_at is not None][:-1]
    return earlier[-1] if earlier else None


def _write(settings: Settings, form: str, place: Place, about: About) -> None:
    if form == TABLE:
        _table(settings, place)
        return
    for piece in _pieces(settings, form, about):
        place.write(piece)


def _pieces(settings: Settings, form: str, about: About) -> Iterator[bytes]:
    if form == QUADS:
        return quads(settings, about.manifest)
    writer = report_formats()[form]
    if isinstance(writer, PiecedFormat):
        return pieces(settings, writer, about)
    return writer.write(read_findings(settings), about)


def _table(settings: Settings, place: Place) -> None:
    for found in read_findings(settings):
        _say(place, article_lines(found))


def _last_manifest(store: Store) -> Manifest | None:
    return next((run.manifest for run in reversed(store.runs()) if run.manifest is not None), None)


def _publish(settings: Settings) -> None:
    """Note that a report was given out: prune never drops what it rests on."""
    with open_store(settings) as store:
        runs = [run for run in store.runs() if run.ended is not None]
        if runs:
            store.publish(runs[-1])


def _say(place: Place, lines: Iterable[str]) -> None:
    for line in lines:
        place.write(f"{for_terminal(line)}\n".encode("utf-8", "replace"))
