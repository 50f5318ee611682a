"""What an article says, and how a page's text compares with it."""

from linkcheck.model.evidence import Text
from linkcheck.model.noun import Noun


class ArticleText(Noun, frozen=True, kw_only=True):
    """What an article says, to be compared with a page that should say the same."""

    title: str
    text: str  # without markup, links and figures


class TextReading(Noun, frozen=True, kw_only=True):
    """A page's text, compared with an article's."""

    text: Text
    score: float | None = None  # share of the article's text that the page has; None: not counted
    reason: str
