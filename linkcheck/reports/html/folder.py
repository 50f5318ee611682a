"""The folder of a report: writes what is new, keeps the rest, removes only what is its own."""

import hashlib
import os
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Self

import msgspec

from linkcheck.errors import LinkcheckError, UsageError
from linkcheck.model.noun import Noun

LEDGER = ".linkcheck-report.json"
MARK = b"<!-- a page of a linkcheck report -->"
"""Every page begins with it, so that one that was left by a crash is known again."""

_FOREIGN = "{0} holds files that are not a report of linkcheck's; name an empty or new folder"
_BEGINNING = 200
_ANEW = (
    os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_CLOEXEC", 0) | getattr(os, "O_BINARY", 0)
)


class Entry(Noun, frozen=True, kw_only=True, array_like=True, gc=False):
    """What is known of one file of the report."""

    source: str  # a hash of what it was made from
    content: str  # a hash of what it says
    size: int


class Ledger(Noun, frozen=True, kw_only=True):
    """Which files a report has, and from what they were made."""

    format: int = 1
    finished: bool = False
    state: str = ""  # all that the report was made from, in one name; "": nobody said
    files: dict[str, Entry] = msgspec.field(default_factory=dict)


@dataclass(slots=True)
class Put:
    """Which files a report has now, and how many were written anew."""

    files: dict[str, Entry] = field(default_factory=dict)
    changed: int = 0


class Folder:
    """One report on the disk. Every file is written beside its place and then put there.

    A copy in another process may write other files of the same report: `join` adds what it `put`.
    """

    def __init__(self, root: Path) -> None:
        self.root = root
        self.put = Put()
        self._before: dict[str, Entry] = {}
        self._made: set[str] = set()

    @property
    def changed(self) -> int:
        """Return how many files were written anew."""
        return self.put.changed

    def __getstate__(self) -> dict[str, object]:
        """Return what a copy in another process begins with: it has put nothing there yet."""
        return {**self.__dict__, "put": Put()}

    def __enter__(self) -> Self:
        try:
            self._open()
        except OSError as fault:
            raise _trouble(self.root, fault) from fault
        return self

    def __exit__(self, kind: object, *_: object) -> None:
        if kind is not None:  # keep what is known, so that the next time goes on from there
            with suppress(OSError, LinkcheckError):
                self._note(finished=False, files={**self._before, **self.put.files})

    def is_current(self, name: str, source: str) -> bool:
        """Tell a file that was made from the same and is still there; note it as kept."""
        known = self._before.get(name)
        if known is None or known.source != source:
            return False
        if not self.is_there(name, known.size):
            return False
        self.put.files[name] = known
        return True

    def write(self, name: str, content: bytes, source: str = "") -> None:
        """Put a file into the report, unless it already says the same."""
        digest = _hash(content)
        entry = Entry(source=source or digest, content=digest, size=len(content))
        known = self._before.get(name)
        same = known is not None and known.content == digest
        if not (same and self.is_there(name, len(content))):
            try:
                self._put(name, content)
            except OSError as fault:
                raise _trouble(self.root / name, fault) from fault
            self.put.changed += 1
        self.put.files[name] = entry

    def join(self, other: Put) -> None:
        """Add what a copy of this folder has put into the report."""
        if other is not self.put:
            self.put.files.update(other.files)
            self.put.changed += other.changed

    def finish(self, state: str = "") -> int:
        """Remove our own files that the report has no more, and say how many."""
        removed = 0
        for name in sorted(self._before.keys() - self.put.files.keys()):
            removed += self._remove(name, self._before[name])
        self._note(finished=True, files=self.put.files, state=state)
        return removed

    def _open(self) -> None:
        self.root.mkdir(parents=True, exist_ok=True)
        ledger = self.root / LEDGER
        if not ledger.exists():
            if any(self.root.iterdir()):
                raise UsageError(_FOREIGN.format(self.root))
            self._note(finished=False, files={})
            return
        try:
            known = msgspec.json.decode(ledger.read_bytes(), type=Ledger)
        except (msgspec.DecodeError, UnicodeDecodeError) as fault:
            raise UsageError(f"{ledger} is damaged: delete the folder or name another") from fault
        self._before = {name: entry for name, entry in known.files.items() if _is_ours(name)}
        if not known.finished:
            self._adopt()
        self._note(finished=False, files=self._before)

    def _adopt(self) -> None:
        """Take back the pages that a run which never ended had written."""
        for path in self.root.glob("*/**/*.html"):
            name = path.relative_to(self.root).as_posix()
            if name in self._before or not _is_ours(name) or path.is_symlink():
                continue
            content = path.read_bytes()
            if MARK in content[:_BEGINNING]:
                digest = _hash(content)
                self._before[name] = Entry(source="", content=digest, size=len(content))

    def is_there(self, name: str, size: int) -> bool:
        """Tell a file that has not been cut or taken away."""
        try:
            return os.lstat(f"{self.root}/{name}").st_size == size
        except OSError:
            return False

    def _put(self, name: str, content: bytes) -> None:
        parent, _, last = f"{self.root}/{name}".rpartition("/")
        if parent not in self._made:
            folder = Path(parent)
            folder.mkdir(parents=True, exist_ok=True)
            if not folder.resolve().is_relative_to(self.root.resolve()):
                raise UsageError(f"{parent} leads out of the report's folder")
            self._made.add(parent)
        beside = f"{parent}/.{last}.part"
        try:
            file = os.open(beside, _ANEW, 0o666)
        except FileExistsError:  # left by a crash
            os.unlink(beside)  # noqa: PTH108 - 54,000 files: a Path of each costs as much as writing it
            file = os.open(beside, _ANEW, 0o666)
        try:
            rest = memoryview(content)
            while rest:
                rest = rest[os.write(file, rest) :]
        finally:
            os.close(file)
        os.replace(beside, f"{parent}/{last}")  # noqa: PTH105 - the same

    def _remove(self, name: str, entry: Entry) -> bool:
        """Remove a page of ours; one that somebody has changed since is theirs."""
        path = self.root / name
        try:
            if path.is_symlink() or _hash(path.read_bytes()) != entry.content:
                return False
            path.unlink()
        except OSError:
            return False
        with suppress(OSError):
            path.parent.rmdir()  # only where it is empty
        return True

    def _note(self, *, finished: bool, files: dict[str, Entry], state: str = "") -> None:
        ledger = Ledger(finished=finished, state=state, files=dict(sorted(files.items())))
        try:
            self._put(LEDGER, msgspec.json.encode(ledger))
        except OSError as fault:
            raise _trouble(self.root / LEDGER, fault) from fault


def is_written(root: Path, state: str) -> Ledger | None:
    """Return what is known of a report that was made from this state and is still there, whole."""
    folder = Folder(root)
    try:
        known = msgspec.json.decode((root / LEDGER).read_bytes(), type=Ledger)
    except (OSError, msgspec.DecodeError, UnicodeDecodeError):
        return None
    if not state or not known.finished or known.state != state:
        return None
    files = known.files.items()
    if all(_is_ours(name) and folder.is_there(name, one.size) for name, one in files):
        return known
    return None


def _is_ours(name: str) -> bool:
    """Tell a name that a report can have: a ledger that was tampered with leads nowhere else."""
    parts = Path(name).parts
    return bool(parts) and not Path(name).is_absolute() and ".." not in parts


def _hash(content: bytes) -> str:
    return hashlib.blake2b(content, digest_size=16).hexdigest()


def _trouble(path: Path, fault: OSError) -> LinkcheckError:
    return LinkcheckError(f"cannot write {path}: {fault.strerror or fault}")
