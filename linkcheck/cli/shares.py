"""What is known of a collection, read in shares by several processes."""

import tempfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import pairwise
from pathlib import Path
from typing import TypeVar

from linkcheck.collection.spread import apart, usable_cores
from linkcheck.reports import About, PiecedFormat, report_formats
from linkcheck.reports.html import Share, beginnings
from linkcheck.scan.api import read_findings, read_share, read_store
from linkcheck.settings.settings import Settings

Result = TypeVar("Result")

MOST_PROCESSES = 2
"""That read a collection: each holds some 90 MB of a full one, and 300 MB are to be enough."""

_AT_ONCE = 1 << 20


def processes() -> int:
    """Return how many processes read a collection."""
    return min(usable_cores(), MOST_PROCESSES)


def shares(settings: Settings, articles: int, each: int = 2) -> list[Share]:
    """Return a collection in shares, so many for each process: one may take longer than another."""
    read = partial(read_share, settings.scan.store, settings.judging, settings.freshness)
    begins = beginnings(articles, each * processes())
    counts = [end - first for first, end in pairwise(begins)]
    return [
        Share(partial(read, first, count), first)
        for first, count in zip(begins, (*counts, None), strict=True)
    ]


def spread(work: Callable[[Share], Result], parts: Sequence[Share]) -> Iterator[Result]:
    """Do a work for every share, and yield what comes of it in their order."""
    return apart(work, parts, processes())


@dataclass(frozen=True, slots=True)
class Pieces:
    """Write what a format says of a share of the articles into a file of its own."""

    form: str
    folder: Path

    def __call__(self, share: Share) -> Path:
        """Write it, and return the file."""
        path = self.folder / str(share.first)
        form = report_formats()[self.form]
        if isinstance(form, PiecedFormat):  # nobody asks the others
            with path.open("wb") as file:
                file.writelines(map(form.piece, share.read()))
        return path


def pieces(settings: Settings, form: PiecedFormat, about: About) -> Iterator[bytes]:
    """Yield a report: its head, then each share of the articles when it is written, in order.

    While a scan writes, one process reads all of it as it stands at one moment.
    """
    with read_store(settings) as store:
        parts = shares(settings, store.counts()["article"])
        scanning = any(run.ended is None for run in store.runs()[-1:])
    if len(parts) == 1 or scanning or processes() == 1:
        yield from form.write(read_findings(settings), about)
        return
    yield form.head(about)
    with tempfile.TemporaryDirectory(prefix="linkcheck-") as name:
        for path in spread(Pieces(form.name, Path(name)), parts):
            with path.open("rb") as file:
                while block := file.read(_AT_ONCE):
                    yield block
            path.unlink()
