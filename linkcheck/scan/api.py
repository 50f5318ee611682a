"""Scans from Python: the same corridor that the command walks."""

from collections.abc import AsyncIterator, Iterator, Sequence
from itertools import islice
from os import PathLike
from pathlib import Path

import anyio.to_thread

from linkcheck.model.finding import ArticleFindings, LinkFinding
from linkcheck.scan.assembly import assemble
from linkcheck.scan.corridor import run_scan
from linkcheck.scan.progress import Progress
from linkcheck.settings.freshness import FreshnessSettings
from linkcheck.settings.judging import JudgingSettings
from linkcheck.settings.settings import Settings
from linkcheck.store import Store

_AT_ONCE = 64


async def check(
    paths: Sequence[str | PathLike[str]],
    *,
    settings: Settings | None = None,
    root: str | PathLike[str] | None = None,
    replay: str | PathLike[str] | None = None,
    progress: Progress | None = None,
) -> AsyncIterator[LinkFinding]:
    """Scan articles, then yield what is known of each of their links, in order.

    Names are relative to `root`, the working folder unless it is said. State is kept in
    `settings.scan.store`, so that a second call asks only what is due. `progress` may be looked
    at meanwhile. Raises `LinkcheckError` for the tool's own failures; a link's misfortune is in
    its finding.
    """
    settings = settings or Settings()
    top = Path(root) if root is not None else Path.cwd()
    job = assemble(
        settings,
        tuple(str(Path(path)) for path in paths),
        top,
        replay=() if replay is None else (Path(replay),),
    )
    await run_scan(job, progress or Progress())
    with read_store(settings) as store:
        articles = store.findings()
        while batch := await anyio.to_thread.run_sync(_some, articles):
            for article in batch:
                for finding in article.links:
                    yield finding


def read_store(settings: Settings) -> Store:
    """Return the store, to read what is known."""
    return Store.read(settings.scan.store, judging=settings.judging, freshness=settings.freshness)


def read_findings(settings: Settings) -> Iterator[ArticleFindings]:
    """Yield what is known of every article."""
    with read_store(settings) as store:
        yield from store.findings()


def read_share(
    folder: Path,
    judging: JudgingSettings,
    freshness: FreshnessSettings,
    first: int,
    count: int | None,
) -> Iterator[ArticleFindings]:
    """Yield what is known of so many articles from the first on: also in another process."""
    with Store.read(folder, judging=judging, freshness=freshness) as store:
        yield from store.findings(first=first, count=count)


def _some(articles: Iterator[ArticleFindings]) -> list[ArticleFindings]:
    return list(islice(articles, _AT_ONCE))
