"""`linkcheck verify`: whether the findings follow from the evidence that is kept of them."""

from pathlib import Path

from linkcheck.cli.options import CollectionOptions
from linkcheck.cli.output import Notes
from linkcheck.cli.scan_options import ScanOptions
from linkcheck.errors import LinkcheckError
from linkcheck.scan.verify import verify_run


def verify(
    *paths: str,
    run: str = "last",
    options: CollectionOptions = CollectionOptions(),  # noqa: B008 it is frozen
    store: Path | None = None,
) -> int:
    """Replay a run's evidence and compare what follows from it with what the store says.

    Parameters
    ----------
    paths:
        The articles that were scanned; the configured collection where none is named.
    run:
        Its id, a date, or last.
    store:
        The store's folder.
    """
    loaded = ScanOptions(store=store).loaded(options, record=None)
    root = loaded.root or Path.cwd()
    result = verify_run(loaded.settings, run, options.named(paths, loaded), root)
    notes = Notes()
    for words in (*result.chain, *result.differing):
        notes.note(words)
    notes.end()
    notes.say(
        f"run {result.run}: {result.same:,} findings follow from their evidence,"
        f" {len(result.differing):,} do not; {result.elsewhere:,} rest on other runs or on no"
        " record of this one"
    )
    return LinkcheckError.exit_code if result.chain or result.differing else 0
