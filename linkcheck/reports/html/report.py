"""Write a report: each article as it passes, then what is said of all of them."""

import hashlib
from collections.abc import Iterable
from importlib.resources import files
from pathlib import Path

import msgspec

from linkcheck.model.finding import ArticleFindings
from linkcheck.model.manifest import Manifest
from linkcheck.model.summary import Summary
from linkcheck.reports.html.folder import Folder
from linkcheck.reports.html.overview import Overview
from linkcheck.reports.html.pages import Pages
from linkcheck.reports.html.places import article_page, list_page
from linkcheck.reports.html.roster import Entry, entry_of, pages_of
from linkcheck.reports.html.search import Chunks
from linkcheck.reports.html.since import Since
from linkcheck.reports.html.written import Written
from linkcheck.reports.summary import Tally

ASSETS = ("style.css", "search.js", "icon.svg")
_ENCODER = msgspec.json.Encoder()


def write_report(  # noqa: PLR0913 - what a report is made of, and how it is said
    folder: Path,
    articles: Iterable[ArticleFindings],
    manifest: Manifest | None,
    summary: Summary | None = None,
    *,
    previous: Since | None = None,
    lang: str = "en",
) -> Written:
    """Write the report of a collection into a folder of its own; unchanged pages are left alone.

    Without a summary it is counted here, from the articles as they pass.
    """
    pages, overview, chunks = Pages(lang), Overview(), Chunks()
    tally = Tally(named=0)
    entries: list[Entry] = []
    with Folder(folder) as out:
        for found in articles:
            overview.add(found)
            entries.append(entry_of(found))
            if summary is None:
                tally.add(found)
            _write(out, chunks.add(found))
            name, source = article_page(found.article), _fingerprint(pages, found)
            if not out.is_current(name, source):
                out.write(name, pages.article(found), source)
        _write(out, chunks.rest())
        count = len(entries)
        for page in pages_of(entries):
            out.write(list_page(page.standing, page.number), pages.listing(page))
            count += 1
        assets = files(__package__).joinpath("assets")
        for name in ASSETS:
            out.write(name, assets.joinpath(name).read_bytes())
        counted = tally.done() if summary is None else summary
        out.write("search.html", pages.search(chunks.names, counted))
        out.write("words.html", pages.handbook())
        out.write("index.html", pages.index(overview, counted, manifest, previous))
        removed = out.finish()
    return Written(pages=count + 3, changed=out.changed, removed=removed)


def _write(out: Folder, script: tuple[str, bytes] | None) -> None:
    if script is not None:
        out.write(*script)


def _fingerprint(pages: Pages, found: ArticleFindings) -> str:
    """Return a hash of all that an article's page is made from."""
    try:
        encoded = _ENCODER.encode(found)
    except UnicodeEncodeError:  # lone surrogates of a server's header
        encoded = repr(found).encode("utf-8", "surrogatepass")
    return hashlib.blake2b(encoded, digest_size=16, key=pages.version).hexdigest()
