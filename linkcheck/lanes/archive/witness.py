"""What the lane asks of whoever compares an article with a page."""

from typing import Protocol

from linkcheck.lanes.keeper import ArticleText
from linkcheck.model.evidence import Text
from linkcheck.model.noun import Noun


class TextReading(Protocol):
    """What a comparison came to."""

    @property
    def text(self) -> Text:
        """Whether they say the same."""
        ...

    @property
    def score(self) -> float | None:
        """How alike they are."""
        ...


class Witness(Protocol):
    """Compare an article's own text with a replayed page."""

    def __call__(
        self, article: ArticleText, page: bytes, media_type: str | None, /, *, cut: bool
    ) -> TextReading:
        """Return whether the page is the article's.

        `media_type` is the whole header, charset included; `cut` says that more bytes followed.
        """
        ...


class Uncompared(Noun, frozen=True, kw_only=True):
    """Nobody looked."""

    text: Text = Text.NOT_COMPARED
    score: float | None = None


def no_witness(
    _article: ArticleText, _page: bytes, _media_type: str | None, *, cut: bool
) -> TextReading:
    """Compare nothing."""
    del cut
    return Uncompared()
