"""Which reports are wanted, and whether they can be written: found out before a scan, not after."""

import difflib
import os
import sys
import tempfile
from pathlib import Path

from linkcheck.cli.folders import DEFAULT_LANGUAGE, FOLDERS, HERE, QUADS, known_language
from linkcheck.collection.inputs import REPORT
from linkcheck.errors import UsageError
from linkcheck.model.noun import Noun
from linkcheck.reports import report_formats

TABLE = "table"


class Wanted(Noun, frozen=True, kw_only=True):
    """One report that shall be written."""

    format: str
    path: Path | None = None  # None: standard output, or the folder's usual name
    lang: str = DEFAULT_LANGUAGE

    @property
    def on_output(self) -> bool:
        """Tell that it takes standard output for itself."""
        return self.path is None and self.format not in FOLDERS

    @property
    def place(self) -> Path | None:
        """Return the file or folder that it goes to; None: standard output."""
        return (self.path or HERE) if self.format in FOLDERS else self.path


def wanted(said: tuple[str, ...], lang: str = DEFAULT_LANGUAGE) -> tuple[Wanted, ...]:
    """Read what `--report` says, before anything is asked."""
    found: list[Wanted] = []
    known_language(lang)
    taken: dict[str, str] = {}
    for one in said:
        name, _, path = one.partition("=")
        known(name, "--report")
        report = Wanted(format=name, path=Path(path) if path else None, lang=lang)
        place = "" if report.place is None else os.path.realpath(report.place)
        where = str(report.place or "standard output")
        if place in taken:
            raise UsageError(
                f"--report {one}: {where} is taken by --report {taken[place]} already;"
                " name another file or folder"
            )
        taken[place] = one
        if report.place is None:
            _refuse_closed(one)
        elif name in FOLDERS:
            refuse_folder(report.place, f"--report {one}")
        else:
            _refuse_file(report.place, one)
        found.append(report)
    return tuple(found)


def known(name: str, option: str) -> None:
    """Refuse a format that there is not, in words."""
    names = (TABLE, *report_formats(), *FOLDERS, QUADS)
    if name not in names:
        near = difflib.get_close_matches(name, names, n=1, cutoff=0.5)
        hint = f"did you mean {near[0]}?" if near else f"known: {', '.join(names)}"
        raise UsageError(f"{option} {name}: there is no such format; {hint}")


def _refuse_closed(said: str) -> None:
    if sys.stdout is None:
        raise UsageError(f"--report {said}: standard output is closed")


def _refuse_file(path: Path, said: str) -> None:
    try:
        real = Path(os.path.realpath(path))
        if real.is_dir():
            raise UsageError(f"--report {said}: {path} is a folder, not a file")
        if real.exists() and not real.is_file():
            return  # a device or a pipe
        _try(real.parent, f"--report {said}")
    except (OSError, ValueError) as error:
        raise UsageError(f"--report {said}: {_reason(error)}") from error


def refuse_folder(path: Path, option: str) -> None:
    """Refuse a place where no report that is a folder can be, before it is made."""
    try:
        real = Path(os.path.realpath(path))
        if real.is_dir() and not (real / REPORT).exists() and any(real.iterdir()):
            raise UsageError(
                f"{option}: {path} holds files that are not a report of linkcheck's;"
                " name an empty or new folder"
            )
        while not real.exists():
            real = real.parent
        _try(real, option)
    except (OSError, ValueError) as error:
        raise UsageError(f"{option}: {_reason(error)}") from error


def _try(folder: Path, option: str) -> None:
    """Write something there that has no name and leaves nothing: rights alone do not tell."""
    if not folder.is_dir():
        words = "is a file, not a folder" if folder.exists() else "is not there: make it first"
        raise UsageError(f"{option}: the folder {folder} {words}")
    try:
        with tempfile.TemporaryFile(dir=folder) as file:
            file.write(b"\n")
    except OSError as error:
        raise UsageError(f"{option}: {folder} cannot be written to: {_reason(error)}") from error


def _reason(error: OSError | ValueError) -> str:
    return (error.strerror if isinstance(error, OSError) else None) or str(error)
