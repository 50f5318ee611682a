"""`linkcheck show`: everything that is known of a URL or an article, with its history."""

from collections.abc import Iterator
from pathlib import Path

from linkcheck.cli.output import opened
from linkcheck.cli.stored import StoreOptions
from linkcheck.console.history import article_lines, history_lines
from linkcheck.errors import UsageError
from linkcheck.reports import for_terminal
from linkcheck.scan.api import read_store
from linkcheck.scan.reading import name_of
from linkcheck.store import Store


def show(
    subject: str,
    /,
    *,
    options: StoreOptions = StoreOptions(),  # noqa: B008 it is frozen
) -> int:
    """Show everything that is known of a URL or an article, and since when.

    Parameters
    ----------
    subject:
        A URL as an article cites it, the original that it is about, or an article's path.
    """
    loaded = options.loaded()
    root = loaded.root or Path.cwd()
    with read_store(loaded.settings) as store, opened(None) as place:
        said = False
        for line in _lines(store, subject, root):
            said = True
            place.write(f"{for_terminal(line)}\n".encode("utf-8", "replace"))
    if not said:
        raise UsageError(
            f"{subject}: nothing is known of it; name a URL with its scheme, or an article's path"
            " (linkcheck report -f table lists both)"
        )
    return 0


def _lines(store: Store, subject: str, root: Path) -> Iterator[str]:
    if "://" not in subject:
        name = name_of(root, subject)
        for found in store.findings(under=name):
            yield from article_lines(found)
        return
    first = True
    for history in store.history(subject):
        if not first:
            yield ""
        first = False
        yield from history_lines(history)
