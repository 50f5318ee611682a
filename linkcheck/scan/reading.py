"""Articles into the store: those that are as they were are not even opened."""

import os
from collections.abc import Iterable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from threading import Event

from linkcheck.archives import Archive
from linkcheck.collection.inputs import Inputs, printable
from linkcheck.collection.spread import LostError, spread
from linkcheck.links.chosen import Chosen
from linkcheck.model.input import Input
from linkcheck.scan.parsing import Parsing, status_of
from linkcheck.scan.progress import Progress
from linkcheck.settings.reading import ReadingSettings
from linkcheck.store import Prepared, Sweep, Writer

_SEVERAL = ("are", "They are kept as they were", "them")

TOGETHER = 1_000
"""Articles of one transaction: their keys lie all over the store's indexes, and each transaction
writes every page that it has touched."""

_TOLD_TOO = 1.0
"""Seconds after which we, too, have been told what `timeout` and systemd tell a whole group."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Collection:
    """What shall be read, and how."""

    root: Path  # names in the store are relative to it
    paths: tuple[str, ...]
    inputs: Inputs
    chosen: Chosen
    reading: ReadingSettings
    archives: tuple[Archive, ...]  # those that can be recognised
    asked: tuple[str, ...]  # names of those that are asked; the first stands for all others
    processes: int


@dataclass(slots=True, kw_only=True)
class Reading:
    """What became of it."""

    sweep: Sweep | None = None  # None: it was stopped before its end
    troubles: list[str] = field(default_factory=list)  # in words
    wrong_path: bool = False  # something that the user named is not there


def read_collection(
    collection: Collection, writer: Writer, progress: Progress, stopping: Event
) -> Reading:
    """Bring the store up to date with the disk. Runs in a thread; `stopping` ends it in order."""
    result = Reading()
    work = Parsing(
        collection.reading,
        collection.chosen,
        collection.archives,
        collection.asked,
        collection.asked[0],
    )
    met: list[Input] = []
    changed = _changed(collection, writer, progress, stopping, met)
    unread: set[str] = set()
    fresh: list[Prepared] = []
    with (
        closing(spread(changed, work, collection.processes)) as chunks,
        _unless_stopped(stopping),
    ):
        for chunk in chunks:
            fresh += [one for one in chunk.articles if not writer.adopt(one.footprint)]
            if len(fresh) >= TOGETHER:
                writer.put(fresh)
                fresh = []
            progress.articles += len(chunk.articles)
            progress.links += sum(len(one.links) for one in chunk.articles)
            for finding in chunk.findings:
                unread.add(finding.article)
                result.troubles.append(f"{finding.article}: {finding.message}")
            if stopping.is_set():
                break
    if fresh:
        writer.put(fresh)
    if stopping.is_set():
        return result
    for trouble in collection.inputs.troubles:
        result.troubles.append(f"{trouble.path}: {trouble.message}")
        result.wrong_path |= trouble.usage
    if stopping.is_set():
        return result
    emptied = dict(_emptied(collection, writer, met))
    result.troubles += [_kept(path, known) for path, known in emptied.items()]
    if not met and not collection.inputs.troubles:
        result.troubles = result.troubles or [collection.inputs.nothing]
        result.wrong_path = True
    result.sweep = writer.sweep(tuple(_walked(collection, {*unread, *emptied}, met)))
    return result


@contextmanager
def _unless_stopped(stopping: Event) -> Iterator[None]:
    """Take it for a stop that a process is lost: where all were told to, it heard of it first."""
    try:
        yield
    except LostError:
        if not stopping.wait(_TOLD_TOO):
            raise


def _changed(
    collection: Collection,
    writer: Writer,
    progress: Progress,
    stopping: Event,
    met: list[Input],
) -> Iterator[Input]:
    """Yield the files that are not as they were, until somebody stops it."""
    for given in collection.inputs.walk(collection.paths):
        if stopping.is_set():
            return
        met.append(given)
        found = status_of(given.path)
        if found is not None and writer.is_known(given.name, found.st_size, found.st_mtime_ns):
            progress.articles += 1
            progress.unchanged += 1
        else:
            yield given


def _emptied(
    collection: Collection, writer: Writer, met: Iterable[Input]
) -> Iterator[tuple[str, int]]:
    """Yield folders that hold no article where there were some: a disk that is not there is empty.

    Each with the number of those that are known.
    """
    for path in collection.paths:
        name = name_of(collection.root, path)
        if os.path.isdir(path) and not any(_is_below(one.name, name) for one in met):  # noqa: PTH112 as below
            known = writer.known_below(name)
            if known:
                yield name, known


def _kept(name: str, known: int) -> str:
    are, they, them = ("is", "It is kept as it was", "it") if known == 1 else _SEVERAL
    place = name or "."
    return (
        f"{place}: holds no article any more, where {known:,} {are} known: is a disk missing?"
        f" {they}; linkcheck prune --forget {place} lets {them} go"
    )


def _walked(collection: Collection, unread: set[str], met: Iterable[Input]) -> Iterator[str]:
    """Yield the roots that were walked to the end: only there are missing articles missing.

    Where something could not be read, what was met stands for itself alone.
    """
    failed = [name_of(collection.root, one.path) for one in collection.inputs.troubles]
    failed += unread
    whole = []
    for path in collection.paths:
        name = name_of(collection.root, path)
        if os.path.isdir(path) and not any(_is_below(one, name) for one in failed):  # noqa: PTH112 as Inputs: paths are strings
            whole.append(name)
            yield name
    for given in met:
        if given.name not in unread and not any(_is_below(given.name, name) for name in whole):
            yield given.name


def name_of(root: Path, path: str) -> str:
    """Return the name of a path in the store: relative to the root where it lies below it."""
    full = os.path.abspath(path)  # noqa: PTH100 links keep the name they go by
    top = os.path.realpath(root)
    if full == top:
        return ""
    return printable(full[len(top.rstrip("/")) + 1 :] if _is_below(full, top) else full)


def _is_below(name: str, folder: str) -> bool:
    return not folder or name == folder or name.startswith(f"{folder.rstrip('/')}/")
