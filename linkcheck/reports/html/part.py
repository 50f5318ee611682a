"""What is left to say of a share of the articles when their pages are written."""

import hashlib
from dataclasses import dataclass, field

import msgspec

from linkcheck.model.finding import ArticleFindings
from linkcheck.reports.html.folder import Folder, Put
from linkcheck.reports.html.overview import Overview
from linkcheck.reports.html.pages import Pages
from linkcheck.reports.html.places import article_page
from linkcheck.reports.html.roster import Entry, entry_of
from linkcheck.reports.html.search import Chunks
from linkcheck.reports.html.share import Share
from linkcheck.reports.summary import Tally

_ENCODER = msgspec.json.Encoder()


@dataclass(slots=True)
class Part:
    """What some articles told; parts are joined in the order of the articles."""

    overview: Overview = field(default_factory=Overview)
    tally: Tally = field(default_factory=lambda: Tally(named=0))
    entries: list[Entry] = field(default_factory=list)
    scripts: list[str] = field(default_factory=list)
    put: Put = field(default_factory=Put)

    def join(self, later: "Part") -> None:
        """Add what the articles that follow told."""
        self.overview.join(later.overview)
        self.tally.join(later.tally)
        self.entries += later.entries
        self.scripts += later.scripts


@dataclass(frozen=True, slots=True)
class Writing:
    """Write the pages of a share of the articles, in whichever process."""

    folder: Folder
    lang: str

    def __call__(self, share: Share) -> Part:
        """Write the pages, and return what else they told."""
        out, pages, part = self.folder, Pages(self.lang), Part()
        chunks = Chunks(share.first // share.chunk, share.chunk)
        for found in share.read():
            part.overview.add(found)
            part.tally.add(found)
            part.entries.append(entry_of(found))
            if script := chunks.add(found):
                out.write(*script)
            name, source = article_page(found.article), _fingerprint(pages, found)
            if not out.is_current(name, source):
                out.write(name, pages.article(found), source)
        if script := chunks.rest():
            out.write(*script)
        part.scripts = chunks.names
        part.put = out.put
        return part


def _fingerprint(pages: Pages, found: ArticleFindings) -> str:
    """Return a hash of all that an article's page is made from."""
    try:
        encoded = _ENCODER.encode(found)
    except UnicodeEncodeError:  # lone surrogates of a server's header
        encoded = repr(found).encode("utf-8", "surrogatepass")
    return hashlib.blake2b(encoded, digest_size=16, key=pages.version).hexdigest()
