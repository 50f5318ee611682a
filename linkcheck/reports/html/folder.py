"""The folder of a report: writes what is new, keeps the rest, removes only what is its own."""

import hashlib
from contextlib import suppress
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


class Entry(Noun, frozen=True, kw_only=True, array_like=True, gc=False):
    """What is known of one file of the report."""

    source: str  # a hash of what it was made from
    content: str  # a hash of what it says
    size: int


class Ledger(Noun, frozen=True, kw_only=True):
    """Which files a report has, and from what they were made."""

    format: int = 1
    finished: bool = False
    files: dict[str, Entry] = msgspec.field(default_factory=dict)


class Folder:
    """One report on the disk. Every file is written beside its place and then put there."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.changed = 0
        self._before: dict[str, Entry] = {}
        self._now: dict[str, Entry] = {}
        self._made: set[Path] = set()

    def __enter__(self) -> Self:
        try:
            self._open()
        except OSError as fault:
            raise _trouble(self.root, fault) from fault
        return self

    def __exit__(self, kind: object, *_: object) -> None:
        if kind is not None:  # keep what is known, so that the next time goes on from there
            with suppress(OSError, LinkcheckError):
                self._note(finished=False, files={**self._before, **self._now})

    def is_current(self, name: str, source: str) -> bool:
        """Tell a file that was made from the same and is still there; note it as kept."""
        known = self._before.get(name)
        if known is None or known.source != source:
            return False
        if not self._is_there(name, known.size):
            return False
        self._now[name] = known
        return True

    def write(self, name: str, content: bytes, source: str = "") -> None:
        """Put a file into the report, unless it already says the same."""
        digest = _hash(content)
        entry = Entry(source=source or digest, content=digest, size=len(content))
        known = self._before.get(name)
        same = known is not None and known.content == digest
        if not (same and self._is_there(name, len(content))):
            try:
                self._put(name, content)
            except OSError as fault:
                raise _trouble(self.root / name, fault) from fault
            self.changed += 1
        self._now[name] = entry

    def finish(self) -> int:
        """Remove our own files that the report has no more, and say how many."""
        removed = 0
        for name in sorted(self._before.keys() - self._now.keys()):
            removed += self._remove(name, self._before[name])
        self._note(finished=True, files=self._now)
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

    def _is_there(self, name: str, size: int) -> bool:
        try:
            return (self.root / name).lstat().st_size == size
        except OSError:
            return False

    def _put(self, name: str, content: bytes) -> None:
        path = self.root / name
        if path.parent not in self._made:
            path.parent.mkdir(parents=True, exist_ok=True)
            if not path.parent.resolve().is_relative_to(self.root.resolve()):
                raise UsageError(f"{path.parent} leads out of the report's folder")
            self._made.add(path.parent)
        beside = path.with_name(f".{path.name}.part")
        beside.unlink(missing_ok=True)
        with beside.open("xb", buffering=0) as file:
            file.write(content)
        beside.replace(path)

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

    def _note(self, *, finished: bool, files: dict[str, Entry]) -> None:
        try:
            self._put(LEDGER, msgspec.json.encode(Ledger(finished=finished, files=files)))
        except OSError as fault:
            raise _trouble(self.root / LEDGER, fault) from fault


def _is_ours(name: str) -> bool:
    """Tell a name that a report can have: a ledger that was tampered with leads nowhere else."""
    parts = Path(name).parts
    return bool(parts) and not Path(name).is_absolute() and ".." not in parts


def _hash(content: bytes) -> str:
    return hashlib.blake2b(content, digest_size=16).hexdigest()


def _trouble(path: Path, fault: OSError) -> LinkcheckError:
    return LinkcheckError(f"cannot write {path}: {fault.strerror or fault}")
