"""Write a report: each article as it passes, then what is said of all of them."""

import hashlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from importlib.resources import files
from pathlib import Path
from typing import Protocol

import msgspec

from linkcheck.model.finding import ArticleFindings
from linkcheck.model.manifest import Manifest
from linkcheck.model.summary import Summary
from linkcheck.reports.html.folder import Folder, is_written
from linkcheck.reports.html.pages import Pages
from linkcheck.reports.html.part import Part, Writing
from linkcheck.reports.html.places import list_page
from linkcheck.reports.html.program import program
from linkcheck.reports.html.roster import pages_of
from linkcheck.reports.html.share import Share
from linkcheck.reports.html.since import Since
from linkcheck.reports.html.written import Written

ASSETS = ("style.css", "search.js", "icon.svg")


class Spread(Protocol):
    """Do one work for several shares, here or in other processes, and give what came of it."""

    def __call__(self, work: Callable[[Share], Part], shares: Sequence[Share], /) -> Iterator[Part]:
        """Yield the parts in the order of the shares."""
        ...


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
    shares = (Share(lambda: articles),)
    return write_shares(folder, shares, manifest, summary, previous=previous, lang=lang)


def write_shares(  # noqa: PLR0913 - the same
    folder: Path,
    shares: Sequence[Share],
    manifest: Manifest | None,
    summary: Summary | None = None,
    *,
    previous: Since | None = None,
    lang: str = "en",
    spread: Spread = map,
    state: str = "",
) -> Written:
    """Write the report of a collection that is read in shares: the same, to the byte.

    `state` names all that the findings are made from, so that `pages_written` knows them again.
    """
    pages, whole = Pages(lang), Part()
    with Folder(folder) as out:
        for part in spread(Writing(out, lang), shares):
            out.join(part.put)
            whole.join(part)
            del part  # before the next one comes
        count = len(whole.entries)
        for page in pages_of(whole.entries):
            out.write(list_page(page.standing, page.number), pages.listing(page))
            count += 1
        assets = files(__package__).joinpath("assets")
        for name in ASSETS:
            out.write(name, assets.joinpath(name).read_bytes())
        counted = whole.tally.done() if summary is None else summary
        out.write("search.html", pages.search(whole.scripts, counted))
        out.write("words.html", pages.handbook())
        out.write("index.html", pages.index(whole.overview, counted, manifest, previous))
        removed = out.finish(_named(state, manifest, lang))
    return Written(pages=count + 3, changed=out.changed, removed=removed)


def pages_written(folder: Path, manifest: Manifest | None, lang: str, state: str) -> Written | None:
    """Return what there is where the very same report was written before; None where it was not.

    What it is made from is compared, and every file's place and size: nothing is read or rendered.
    """
    known = is_written(folder, _named(state, manifest, lang))
    if known is None:
        return None
    return Written(pages=sum(name.endswith(".html") for name in known.files), changed=0, removed=0)


def _named(state: str, manifest: Manifest | None, lang: str) -> str:
    """Return one name for all that a report is made from; "" where the state has none."""
    if not state:
        return ""
    parts = (state.encode(), lang.encode(), msgspec.json.encode(manifest))
    return hashlib.blake2b(b"\0".join(parts), digest_size=16, key=program()).hexdigest()
