"""Views to pages: pure, every text from articles and servers escaped on its way in."""

import hashlib
from functools import cached_property
from importlib.resources import files
from typing import TYPE_CHECKING

from jinja2 import Environment, FunctionLoader, StrictUndefined
from markupsafe import Markup, escape

from linkcheck.model.finding import ArticleFindings
from linkcheck.model.manifest import Manifest
from linkcheck.model.summary import Summary
from linkcheck.model.verdict import Standing
from linkcheck.reports.html.article import BODY, TITLE, Articles
from linkcheck.reports.html.first import first_page
from linkcheck.reports.html.folder import MARK
from linkcheck.reports.html.handbook import chapters
from linkcheck.reports.html.overview import Overview
from linkcheck.reports.html.places import list_page
from linkcheck.reports.html.program import program
from linkcheck.reports.html.ranks import BAND, RANK
from linkcheck.reports.html.roster import Page
from linkcheck.reports.html.rows import Rows
from linkcheck.reports.html.safe import language, visible
from linkcheck.reports.html.since import Since
from linkcheck.reports.speech import Speech


class Pages:
    """Render the pages of a report in one language."""

    def __init__(self, lang: str) -> None:
        self.speech = Speech(lang)
        self._rows = Rows(self.speech)
        self._environment = Environment(
            loader=FunctionLoader(_template),
            autoescape=True,
            undefined=StrictUndefined,
            finalize=_finalize,
            trim_blocks=True,
            lstrip_blocks=True,
            auto_reload=False,
        )
        self._environment.globals |= {
            "w": {key: escape(said) for key, said in self.speech.words.items()},
            "say": self.speech.say,
            "lang": lang,
            "mark": Markup(MARK.decode()),  # noqa: S704 - our own constant
            "list_page": list_page,
            "language": language,
            "band": BAND,
            "standing_name": lambda one: self.speech.named("standing", one),
            "change_name": lambda one: self.speech.word("change", one),
        }

    @cached_property
    def version(self) -> bytes:
        """Return a hash of what all pages share: the language, and all that makes them."""
        return hashlib.blake2b(self.speech.lang.encode(), digest_size=32, key=program()).digest()

    def article(self, found: ArticleFindings) -> bytes:
        """Return the page of one article."""
        return self._articles.page(found).encode("utf-8", "replace")

    def listing(self, page: Page) -> bytes:
        """Return one page of a list of articles."""
        return self._render("list", root="../", page=page, rows=self._rows)

    def search(self, scripts: list[str], summary: Summary) -> bytes:
        """Return the page that searches."""
        present = {standing for standing, _ in summary.standings}
        options = [
            (number, standing, self.speech.named("standing", standing))
            for number, standing in enumerate(Standing)
            if standing in present
        ]
        options.sort(key=lambda option: RANK[option[1]])
        return self._render("search", root="", scripts=scripts, options=options)

    def handbook(self) -> bytes:
        """Return the page that says what the words mean."""
        return self._render("words", root="", chapters=chapters(self.speech))

    def index(
        self,
        overview: Overview,
        summary: Summary,
        manifest: Manifest | None,
        previous: Since | None,
    ) -> bytes:
        """Return the first page."""
        first = first_page(overview, summary, manifest, previous, self.speech)
        return self._render("index", root="", first=first, previous=previous)

    @cached_property
    def _articles(self) -> Articles:
        frame = self._templates["article"].render(root="../../", title=TITLE, body=BODY)
        return Articles(self.speech, frame)

    def _render(self, name: str, **values: object) -> bytes:
        text = self._templates[name].render(**values)
        return text.encode("utf-8", "replace")

    @cached_property
    def _templates(self) -> dict[str, "_Template"]:
        names = ("article", "index", "list", "search", "words")
        return {name: self._environment.get_template(name) for name in names}


if TYPE_CHECKING:
    from jinja2 import Template as _Template


def _finalize(value: object) -> object:
    """Make every text that is put into a page visible, wherever it came from."""
    if isinstance(value, Markup):
        return value
    return visible(value) if isinstance(value, str) else value


def _template(name: str) -> str:
    return files(__package__).joinpath("templates", f"{name}.html").read_text("utf-8")
