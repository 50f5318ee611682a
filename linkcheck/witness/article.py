"""An article to what it says: title and text, without markup, figures and the paper's own words."""

import re
from typing import Any

import pyromark

from linkcheck.links.shortcodes import shortcodes
from linkcheck.model.article import Article, Markup
from linkcheck.model.text import ArticleText
from linkcheck.settings.reading import ReadingSettings
from linkcheck.settings.witness import WitnessSettings
from linkcheck.witness.letters import letters_of, plain
from linkcheck.witness.page import read_source

_FIGURE = re.compile(r"<(?P<name>figure|audio|video)(?=[\s>])", re.IGNORECASE)
_FIGURE_ENDS = {
    name: re.compile(rf"</{name}\s*>", re.IGNORECASE) for name in ("figure", "audio", "video")
}
_ADDRESS = re.compile(r"(?:https?://|www\.)[\x21-\x7e]+", re.IGNORECASE)
_LINE_ENDS = ("SoftBreak", "HardBreak")
_WITHIN_LINE = frozenset(("Emphasis", "Strong", "Strikethrough", "Link"))


def article_text(
    article: Article, reading: ReadingSettings, settings: WitnessSettings
) -> ArticleText:
    """Return what an article says."""
    values = {field.key: field.value for field in reversed(article.fields)}
    title = next((values[key] for key in reading.title_keys if values.get(key)), "")
    body = _without_shortcodes(article.source[article.body_start :])
    body = _without_figures(body)
    if article.markup is Markup.HTML:
        page = read_source(body, settings)
        first, sections = next(iter(page.titles), ""), [page.text]
    else:
        walk = _Walk(settings)
        for event in pyromark.events(body):
            walk.take(event)
        first, sections = walk.heading, walk.finished()
    title = title or first.strip()
    sections[0] = _without_heading(sections[0], title)
    return ArticleText(title=title, text=_ADDRESS.sub(" ", "\n".join(_own(sections, settings))))


class _Walk:
    """One way through the events of one body: its sections, between thematic breaks."""

    def __init__(self, settings: WitnessSettings) -> None:
        self._settings = settings
        self.heading = ""
        self._sections: list[list[str]] = [[]]
        self._images = 0
        self._html: list[str] = []
        self._heading_start: int | None = None

    def finished(self) -> list[str]:
        self._take_html()
        return ["".join(section) for section in self._sections]

    def take(self, event: Any) -> None:
        pieces = self._sections[-1]
        if isinstance(event, str):
            if event == "Rule":
                self._sections.append([])
            elif event in _LINE_ENDS:
                pieces.append("\n")
            return
        kind, content = next(iter(event.items()))
        match kind:
            case "Text" | "Code" if not self._images:
                pieces.append(content)
            case "Html":
                self._html.append(content)
            case "Start" | "End":
                self._border(kind, content if isinstance(content, str) else next(iter(content)))

    def _border(self, kind: str, name: str) -> None:
        if name == "Image":
            self._images += 1 if kind == "Start" else -1
        elif name not in _WITHIN_LINE:
            self._take_html()
            pieces = self._sections[-1]
            if name == "Heading" and kind == "Start":
                self._heading_start = len(pieces)
            elif name == "Heading" and not self.heading:
                self.heading = "".join(pieces[self._heading_start or 0 :])
            pieces.append("\n")

    def _take_html(self) -> None:
        if self._html:
            self._sections[-1].append(read_source("".join(self._html), self._settings).text)
            self._html = []


def _without_shortcodes(body: bytes) -> str:
    pieces, position = [], 0
    for code in shortcodes(body):
        pieces.append(body[position : code.start])
        position = code.end
    return b" ".join((*pieces, body[position:])).decode("utf-8", "replace")


def _without_figures(body: str) -> str:
    """Return the text without figures; one that does not end is none, and none after it is."""
    pieces, position = [], 0
    while (begins := _FIGURE.search(body, position)) is not None:
        ends = _FIGURE_ENDS[begins["name"].lower()].search(body, begins.end())
        if ends is None:
            break
        pieces.append(body[position : begins.start()])
        position = ends.end()
    return "\n\n".join((*pieces, body[position:]))


def _without_heading(text: str, title: str) -> str:
    """Return the text without a first line that only repeats the title."""
    head, _, rest = text.lstrip().partition("\n")
    same = letters_of(plain(head)) == letters_of(plain(title))
    return rest if same else text


def _own(sections: list[str], settings: WitnessSettings) -> list[str]:
    """Return the sections that are the article's: what a paper puts below ends in none of them.

    To leave out too much is no harm: what is left must be on the page all the same.
    """
    closing = re.compile("|".join(settings.closing_words), re.IGNORECASE)
    own: list[str] = []
    length = 0
    for section in sections:
        if own and closing.match(section.strip()):
            continue
        if length > max(len(section), settings.least_runs * 2):
            break
        own.append(section)
        length += len(section)
    return own
