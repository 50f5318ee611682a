"""`linkcheck prune`: let go of old history, and of evidence that nothing rests on any more."""

import datetime as dt
from pathlib import Path
from typing import Annotated

from cyclopts import Parameter

from linkcheck.cli.options import Repeated
from linkcheck.cli.output import Notes
from linkcheck.cli.stored import StoreOptions
from linkcheck.console.words import many
from linkcheck.errors import UsageError
from linkcheck.scan.prune import prune_all
from linkcheck.scan.reading import name_of
from linkcheck.settings.convert import span


def prune(
    *,
    keep: str = "2y",
    forget: Repeated = (),
    dry_run: Annotated[bool, Parameter(negative=(), show_default=False)] = False,
    options: StoreOptions = StoreOptions(),  # noqa: B008 it is frozen
) -> int:
    """Drop history that is older than this, and evidence files that nothing rests on.

    Parameters
    ----------
    keep:
        How far back history is kept: 90d, 2y.
    forget:
        Forget the articles at or below this path first: of a folder that is no part of the
        collection any more. Repeatable.
    dry_run:
        Say which evidence could go, and change nothing.
    """
    try:
        kept = span(keep)
    except ValueError as error:
        raise UsageError(f"--keep {keep}: {error}") from error
    loaded = options.loaded()
    names = [name_of(loaded.root or Path.cwd(), path) for path in forget]
    now = dt.datetime.now(dt.UTC)
    result = prune_all(loaded.settings, kept, now, forget=names, dry_run=dry_run)
    notes = Notes()
    verb = "could go" if dry_run else "went"
    if names:
        words = "would be forgotten" if dry_run else "forgotten"
        notes.say(f"{many(len(result.forgotten), 'article')} {words}")
    notes.say(
        f"{many(result.episodes, 'old answer')} {verb}; {many(len(result.files), 'evidence file')}"
        f" {verb} ({result.freed:,} bytes), {many(result.kept_files, 'file')} still needed"
    )
    for path in result.files:
        notes.note(str(path))
    notes.end()
    return 0
