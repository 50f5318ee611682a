"""HTML to what a reader sees of it: its titles and its text.

The tokenizer of `links` keeps the place of every attribute, which takes a page of 60 kB 6 ms. Here
nothing is kept but text, by the same rules: a tenth of that. No tree is built, so that neither
depth nor unclosed tags cost anything; every expression goes over the page once.
"""

import html
import re

from msgspec.structs import replace

from linkcheck.media import EMPTY_ROOT
from linkcheck.model.noun import Noun
from linkcheck.settings.witness import WitnessSettings
from linkcheck.witness.charset import decoded

# To the standard, a tag or a comment that never ends reaches to the end of the page.
_MARKUP = re.compile(
    r"""<(?:(?P<close>/?)(?P<name>[A-Za-z][^\s/>]*+)"""
    r"""(?P<rest>(?:[^>=]++|=\s*+(?:"[^"]*+(?:"|\Z)|'[^']*+(?:'|\Z))?)*+)(?:>|\Z)"""
    r"""|(?P<comment>!--)|[!?/][^>]*+(?:>|\Z))"""
)
_COMMENT_END = re.compile(r"--!?>")
# What no reader sees. Of the first ones the content is no markup, whatever it looks like.
_RAW = ("script", "style", "title", "textarea", "iframe", "noembed", "xmp")
_UNSEEN = ("noscript", "template", "svg", "select")
_ENDS = {
    name: re.compile(rf"</{name}(?=[\s/>])[^>]*+(?:>|\Z)", re.IGNORECASE)
    for name in (*_RAW, *_UNSEEN)
}
_TOLD = frozenset((*_ENDS, "frame", "h1", "meta"))
# Tags that divide no word.
_INLINE = frozenset(
    "a abbr acronym b bdi bdo big cite code data dfn del em font i ins kbd label mark nobr q rb"
    " ruby s samp small span strike strong sub sup time tt u var wbr".split()
)
# The standard lets pages leave the end out, papers do not: without it a page may have been cut.
_BEGUN = re.compile(r"<(?:html|body)(?=[\s>])", re.IGNORECASE)
_FINISHED = re.compile(r"</(?:html|body)(?=[\s>])", re.IGNORECASE)
_TOOLBAR_BEGINS = "<!-- BEGIN WAYBACK TOOLBAR INSERT -->"
_TOOLBAR_ENDS = "<!-- END WAYBACK TOOLBAR INSERT -->"
_TITLE_META = re.compile(r"""(?:property|name)\s*=\s*["']?(?:og|twitter):title\b""", re.IGNORECASE)
_CONTENT = re.compile(r"""\bcontent\s*=\s*(?:"([^"]*)"|'([^']*)')""", re.IGNORECASE)
_REFRESH = re.compile(r"""http-equiv\s*=\s*["']?refresh\b""", re.IGNORECASE)
_SENDS_ON = re.compile(r"\s*[0-9]\s*[;,]\s*(?:url\s*=\s*)?\S", re.IGNORECASE)  # within ten seconds
_MOUNT = re.compile(EMPTY_ROOT, re.IGNORECASE)
_ENDLESS_NUMBER = re.compile(r"&#(?:[0-9]{9,}+|[xX][0-9A-Fa-f]{8,}+);?")
_MOST_TITLES = 8
_LONGEST_TITLE = 1000


class Page(Noun, frozen=True, kw_only=True):
    """What a reader sees of a page."""

    titles: tuple[str, ...]
    text: str
    scripts: int  # how many there are: they may make the text
    scripted: str = ""  # what stands in them
    elsewhere: str = ""  # why its text may stand in another place, if it may
    framed: bool = False  # it shows another page within itself
    cut: bool  # it ends within something, or without its end: there may have been more
    garbled: bool = False  # no encoding makes sense of it


def read_page(page: bytes, media_type: str | None, settings: WitnessSettings) -> Page:
    """Read the bytes of a page, whatever they are."""
    source = decoded(page[: settings.most_bytes], media_type)
    read = read_source(source.text, settings)
    return replace(read, garbled=source.garbled, cut=read.cut or len(page) > settings.most_bytes)


def read_source(source: str, settings: WitnessSettings) -> Page:
    """Read the text of a page, or of a piece of one."""
    if _TOOLBAR_BEGINS in source:
        source = _without_toolbar(source)
    reader = _Reader(source)
    reader.read()
    heads = reader.heads if len(reader.heads) == 1 else []
    titles = (_shown(title[:_LONGEST_TITLE]).strip() for title in (*reader.titles, *heads))
    text = _shown("".join(reader.pieces))
    unfinished = _BEGUN.search(source) is not None and _FINISHED.search(source) is None
    return Page(
        titles=tuple(dict.fromkeys(title for title in titles if title)),
        text=text[: settings.most_letters],
        scripts=len(reader.scripts),
        scripted="\n".join(reader.scripts),
        elsewhere=reader.elsewhere or ("scripts fill the page" if _MOUNT.search(source) else ""),
        framed=reader.framed,
        cut=reader.cut or unfinished or len(text) > settings.most_letters,
    )


class _Reader:
    """One way through one page."""

    def __init__(self, source: str) -> None:
        self.source = source
        self.pieces: list[str] = []
        self.titles: list[str] = []
        self.heads: list[str] = []
        self.scripts: list[str] = []
        self.elsewhere = ""
        self.framed = False
        self.cut = False
        self._head_start: int | None = None
        self._endless: set[str] = set()  # names whose end is not to come: sought once only

    def read(self) -> None:
        """Go from tag to tag; what is here runs two thousand times for a usual page."""
        source, search, add = self.source, _MARKUP.search, self.pieces.append
        position = 0
        while (found := search(source, position)) is not None:
            start, end = found.span()
            if start > position:
                add(source[position:start])
            name = found[2]
            if name is None:
                position = self._comment_end(start) if found["comment"] else end
                continue
            position = end
            if not name.islower():
                name = name.lower()
            if name in _INLINE:
                continue
            add("\n")
            if name in _TOLD:
                position = self._told(found, name)
        if position >= len(source) and source[-1:] != ">":
            self.cut = True
        add(source[position:])

    def _told(self, found: re.Match[str], name: str) -> int:
        """Take what a tag tells, and return where to go on."""
        if name in _ENDS:
            return found.end() if found["close"] else self._after(name, found.end())
        if name == "h1":
            self._head(closing=bool(found["close"]))
        elif name == "frame":
            self.elsewhere = "in its frames"
        else:
            self._meta(found["rest"])
        return found.end()

    def _after(self, name: str, start: int) -> int:
        """Return where an element ends whose content is not shown."""
        self.framed = self.framed or name == "iframe"
        end = None if name in self._endless else _ENDS[name].search(self.source, start)
        if name == "script":
            self.scripts.append(self.source[start : None if end is None else end.start()])
        if end is not None:
            if name == "title" and len(self.titles) < _MOST_TITLES:
                self.titles.append(self.source[start : end.start()])
            return end.end()
        self._endless.add(name)
        if name not in _RAW:
            return start
        self.cut = True
        return len(self.source)

    def _comment_end(self, start: int) -> int:
        source = self.source
        if source.startswith(("<!-->", "<!--->"), start):
            return source.index(">", start) + 1
        end = _COMMENT_END.search(source, start + 4)
        if end is None:
            self.cut = True
            return len(source)
        return end.end()

    def _head(self, *, closing: bool) -> None:
        if not closing:
            self._head_start = len(self.pieces)
        elif self._head_start is not None:
            if len(self.heads) < _MOST_TITLES:
                self.heads.append("".join(self.pieces[self._head_start :]))
            self._head_start = None

    def _meta(self, attributes: str) -> None:
        titled = len(self.titles) < _MOST_TITLES and _TITLE_META.search(attributes)
        content = _CONTENT.search(attributes)
        if content is None:
            return
        value = content[1] or content[2] or ""
        if titled:
            self.titles.append(value)
        elif _REFRESH.search(attributes) and _SENDS_ON.match(value):
            self.elsewhere = "it sends on to another page"


def _without_toolbar(source: str) -> str:
    before, _, rest = source.partition(_TOOLBAR_BEGINS)
    _, ends, after = rest.partition(_TOOLBAR_ENDS)
    return before + after if ends else source


def _shown(text: str) -> str:
    if "&" not in text:
        return text
    return html.unescape(_ENDLESS_NUMBER.sub("\ufffd", text))
