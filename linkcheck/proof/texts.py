"""A replayed page beside the article once more, where the article is at hand."""

from collections.abc import Callable
from dataclasses import dataclass

from linkcheck.lanes.archive import Witness
from linkcheck.model.evidence import ArchiveEvidence
from linkcheck.model.exchange import Reply
from linkcheck.model.text import ArticleText
from linkcheck.unpack import decode


@dataclass(frozen=True, slots=True)
class Texts:
    """Who knows the articles, and who compares them with pages."""

    article: Callable[[str, str], ArticleText | None]  # archive and key of its own copy
    witness: Witness
    page_bytes: int

    def agrees(self, evidence: ArchiveEvidence, key: str, reply: Reply | None) -> bool:
        """Tell that the comparison, made again, comes to the same; False where it cannot be."""
        article = None if reply is None else self.article(evidence.archive, key)
        if article is None or reply is None:
            return False
        page = decode(reply, self.page_bytes)
        last = evidence.chain[-1]
        declared = last.origin_header("content-type") or reply.header("content-type")
        told = self.witness(article, page.content, declared, cut=not page.complete)
        return (told.text, told.score) == (evidence.text, evidence.text_score)
