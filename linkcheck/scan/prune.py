"""Letting go: old history, then the files of evidence that nothing rests on."""

import os
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

from linkcheck.errors import LinkcheckError, UsageError
from linkcheck.model.noun import Noun
from linkcheck.net.record_ids import record_ids
from linkcheck.scan.api import read_store
from linkcheck.scan.corridor import open_store
from linkcheck.settings.settings import Settings
from linkcheck.store import Store, trial


class PruneResult(Noun, frozen=True, kw_only=True):
    """What went, or could go."""

    episodes: int
    files: tuple[Path, ...]
    freed: int  # bytes
    kept_files: int
    forgotten: tuple[str, ...] = ()  # articles


def prune_all(
    settings: Settings,
    keep: timedelta,
    now: datetime,
    *,
    forget: Sequence[str] = (),
    dry_run: bool = False,
) -> PruneResult:
    """Drop history older than `keep`, then whole evidence files of that age that nothing needs.

    The articles at or below the names to `forget` go first.
    """
    read_store(settings).close()  # what is not there is not made, only to be pruned
    with _opened(settings, dry_run=dry_run) as store:
        forgotten = store.forget(forget) if forget else ()
        if forget and not forgotten:
            raise UsageError(f"no article is known at or below {', '.join(forget)}")
        pruned = store.prune(keep, now)
        files = sorted(settings.recording.folder.glob("*.warc*"))
        gone = tuple(
            path for path in files if _is_old(path, now, keep) and _is_free(path, pruned.needed)
        )
        freed = sum(path.stat().st_size for path in gone)
        if not dry_run:
            for path in gone:
                _delete(path)
    return PruneResult(
        episodes=pruned.episodes,
        files=gone,
        freed=freed,
        kept_files=len(files) - len(gone),
        forgotten=forgotten,
    )


@contextmanager
def _opened(settings: Settings, *, dry_run: bool) -> Iterator[Store]:
    """Open the store; for a dry run a copy of it."""
    with ExitStack() as stack:
        if dry_run:
            folder = stack.enter_context(trial(settings.scan.store))
            settings = replace(settings, scan=replace(settings.scan, store=folder))
        yield stack.enter_context(open_store(settings))


def _is_old(path: Path, now: datetime, keep: timedelta) -> bool:
    return now.timestamp() - path.stat().st_mtime > keep.total_seconds()


def _is_free(path: Path, needed: frozenset[str]) -> bool:
    bare = frozenset(name.strip("<>") for name in needed)
    return not any(name in bare for name in record_ids(path))


def _delete(path: Path) -> None:
    try:
        os.unlink(path)  # noqa: PTH108 its error names the path
    except OSError as error:
        raise LinkcheckError(f"{path}: cannot be deleted: {error.strerror}") from error
