"""Arguments to input files: files, folders, globs and lists, each file once, in a stable order."""

import os
import re
import stat
from collections.abc import Iterable, Iterator
from glob import glob, has_magic, iglob
from pathlib import Path

from linkcheck.model.input import Input, Trouble
from linkcheck.readers import reader_of

REPORT = ".linkcheck-report.json"
"""It stands in every report of ours that is a folder: pages about articles are no articles."""

Entry = os.DirEntry[str]
Place = tuple[int, int]  # device and inode: what a path really is

_SHOWN = 3  # of the paths in which nothing was found
_UNMATCHED = "no file matches this pattern"
_SPECIAL = "neither a file nor a folder"


class Inputs:
    """Walk what the user named. `troubles` fills while the files are taken."""

    def __init__(self, root: str, exclude: tuple[re.Pattern[str], ...] = ()) -> None:
        self.troubles: list[Trouble] = []
        self._named: list[str] = []
        self._root = os.path.realpath(root)
        self._exclude = exclude
        self._seen: set[Place] = set()

    def walk(self, paths: Iterable[str]) -> Iterator[Input]:
        """Yield every article below the paths, lazily: a collection may be larger than memory."""
        for path in paths:
            self._named.append(path)
            if os.path.lexists(path) or not has_magic(path):
                yield from self._take(path, named=True)
                continue
            matches = sorted(glob(path, recursive=True))  # noqa: PTH207 Path.glob takes no absolute pattern
            if not matches:
                self._trouble(path, _UNMATCHED, usage=True)
            for match in matches:
                yield from self._take(match, named=False)
        self._seen.clear()

    @property
    def nothing(self) -> str:
        """Say that there is no article, and where there is none."""
        shown = ", ".join(self._named[:_SHOWN])
        more = f" and {len(self._named) - _SHOWN:,} more" if len(self._named) > _SHOWN else ""
        return f"no articles found in {shown}{more}: looked for Markdown, plain text and HTML files"

    def _take(self, path: str, *, named: bool) -> Iterator[Input]:
        try:
            found = os.stat(path)  # noqa: PTH116 half a million paths: strings are five times faster
        except (OSError, ValueError) as error:  # ValueError: no path holds a NUL
            self._trouble(path, _reason(error), usage=named)
            return
        place = (found.st_dev, found.st_ino)
        if stat.S_ISDIR(found.st_mode):
            yield from self._walk_folder(path, self._name(path), place)
        elif stat.S_ISREG(found.st_mode):
            yield from self._take_file(path, self._name(path), place)
        elif named:
            self._trouble(path, _SPECIAL, usage=True)

    def _walk_folder(self, path: str, name: str, place: Place) -> Iterator[Input]:
        # A stack of our own: folders may be nested deeper than Python calls.
        waiting = [self._entries(path, name, place)]
        while waiting:
            for entry, inside, device in waiting[-1]:
                if _is_folder(entry):
                    waiting.append(self._entries_below(entry, inside))
                    break
                yield from self._take_entry(entry, inside, device)
            else:
                waiting.pop()

    def _entries(self, path: str, name: str, place: Place) -> Iterator[tuple[Entry, str, int]]:
        """Yield what stands in a folder, in order, each with its name in reports and its device."""
        if place in self._seen:
            return  # a link that leads back, or a folder named twice
        self._seen.add(place)
        try:
            with os.scandir(path) as scan:
                entries = sorted(scan, key=lambda entry: entry.name)
        except OSError as error:
            self._trouble(path, _reason(error))
            return
        if any(entry.name == REPORT for entry in entries):
            return
        for entry in entries:
            if not entry.name.startswith("."):
                yield entry, f"{name}/{entry.name}" if name else entry.name, place[0]

    def _entries_below(self, folder: Entry, name: str) -> Iterator[tuple[Entry, str, int]]:
        try:
            found = folder.stat()
        except OSError as error:
            self._trouble(folder.path, _reason(error))
            return iter(())
        return self._entries(folder.path, name, (found.st_dev, found.st_ino))

    def _take_entry(self, entry: Entry, name: str, device: int) -> Iterator[Input]:
        """Take what stands in a folder; only links need to be looked at again."""
        if reader_of(entry.name) is None:
            return
        if entry.is_symlink():
            yield from self._take(entry.path, named=False)
        elif entry.is_file():
            yield from self._take_file(entry.path, name, (device, entry.inode()))

    def _take_file(self, path: str, name: str, place: Place) -> Iterator[Input]:
        name = printable(self._name(path) if name.startswith("/") else name)
        if place in self._seen or any(pattern.search(name) for pattern in self._exclude):
            return
        self._seen.add(place)
        yield Input(path=path, name=name)

    def _name(self, path: str) -> str:
        full = os.path.abspath(path)  # noqa: PTH100 as above; links keep the name they go by
        if full == self._root:
            return ""
        inside = full.startswith(self._root.rstrip(os.sep) + os.sep)
        name = full[len(self._root.rstrip(os.sep)) + 1 :] if inside else full
        return name.replace(os.sep, "/")

    def _trouble(self, path: str, message: str, *, usage: bool = False) -> None:
        self.troubles.append(Trouble(path=path, message=message, usage=usage))


def missing(paths: Iterable[str]) -> Iterator[Trouble]:
    """Yield what the user named and is not there, before anything else is done."""
    for path in paths:
        if has_magic(path) and not os.path.lexists(path):
            if next(iglob(path, recursive=True), None) is None:  # noqa: PTH207 as below
                yield Trouble(path=path, message=_UNMATCHED, usage=True)
            continue
        try:
            found = os.stat(path)  # noqa: PTH116 as below
        except (OSError, ValueError) as error:
            yield Trouble(path=path, message=_reason(error), usage=True)
            continue
        if not stat.S_ISDIR(found.st_mode) and not stat.S_ISREG(found.st_mode):
            yield Trouble(path=path, message=_SPECIAL, usage=True)


def listed(text: str) -> Iterator[str]:
    """Yield the paths of a list: one a line, blank lines and `#` comments passed over."""
    for line in text.split("\n"):  # names may hold whatever else splits lines
        path = line.strip()
        if path and not path.startswith("#"):
            yield str(Path(path))


def _is_folder(entry: Entry) -> bool:
    """Tell folders and links to folders; a link that leads nowhere is none."""
    return entry.is_dir(follow_symlinks=False) or (
        entry.is_symlink() and os.path.isdir(entry.path)  # noqa: PTH112 as above
    )


def printable(name: str) -> str:
    """Return a name as text; the disk's names are bytes and need not be UTF-8."""
    return name if name.isascii() else os.fsencode(name).decode("utf-8", "replace")


def _reason(error: OSError | ValueError) -> str:
    if not isinstance(error, OSError):
        return f"no path can be so: {error}"
    words = {
        FileNotFoundError: "there is no such file or folder",
        PermissionError: "it may not be read: permission denied",
        NotADirectoryError: "a part of this path is a file, not a folder",
    }
    return words.get(type(error), error.strerror or type(error).__name__)
