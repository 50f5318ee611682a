"""What the collection says of an archive's keys: counts from the store, texts from the disk."""

from pathlib import Path

from linkcheck.collection.load import load
from linkcheck.model.input import Input
from linkcheck.model.text import ArticleText
from linkcheck.settings.reading import ReadingSettings
from linkcheck.settings.witness import WitnessSettings
from linkcheck.store.histories import CitationIndex
from linkcheck.witness.article import article_text


class StoredCitations:
    """Answer a lane's questions; an article's text is read when it is asked for."""

    def __init__(
        self, index: CitationIndex, root: Path, reading: ReadingSettings, witness: WitnessSettings
    ) -> None:
        self._index = index
        self._root = root
        self._reading = reading
        self._witness = witness

    def articles(self, key: str) -> frozenset[str]:
        """Return the articles that cite it."""
        return self._index.articles(key)

    def is_furniture(self, key: str) -> bool:
        """Tell a link that a site puts on most of its pages."""
        return self._index.is_furniture(key)

    def text(self, key: str) -> ArticleText | None:
        """Return the text of the one article whose `url` it is; None of none or several."""
        name = self._index.page_of(key)
        if name is None:
            return None
        article = load(Input(path=str(self._root / name), name=name), self._reading)
        if article.findings and not article.source:
            return None
        return article_text(article, self._reading, self._witness)
