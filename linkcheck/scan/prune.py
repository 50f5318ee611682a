"""Letting go: old history, then the files of evidence that nothing rests on."""

import os
from datetime import datetime, timedelta
from pathlib import Path

from linkcheck.errors import LinkcheckError
from linkcheck.model.noun import Noun
from linkcheck.net.record_ids import record_ids
from linkcheck.scan.corridor import open_store
from linkcheck.settings.settings import Settings


class PruneResult(Noun, frozen=True, kw_only=True):
    """What went, or could go."""

    episodes: int
    files: tuple[Path, ...]
    freed: int  # bytes
    kept_files: int


def prune_all(
    settings: Settings, keep: timedelta, now: datetime, *, dry_run: bool = False
) -> PruneResult:
    """Drop history older than `keep`, then whole evidence files of that age that nothing needs."""
    with open_store(settings) as store:
        # Without the will to drop anything, a span longer than any history changes nothing.
        pruned = store.prune(timedelta(days=365_000) if dry_run else keep, now)
        files = sorted(settings.recording.folder.glob("*.warc*"))
        gone = tuple(
            path for path in files if _is_old(path, now - keep) and _is_free(path, pruned.needed)
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
    )


def _is_old(path: Path, before: datetime) -> bool:
    return path.stat().st_mtime < before.timestamp()


def _is_free(path: Path, needed: frozenset[str]) -> bool:
    bare = frozenset(name.strip("<>") for name in needed)
    return not any(name in bare for name in record_ids(path))


def _delete(path: Path) -> None:
    try:
        os.unlink(path)  # noqa: PTH108 its error names the path
    except OSError as error:
        raise LinkcheckError(f"{path}: cannot be deleted: {error.strerror}") from error
