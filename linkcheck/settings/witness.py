"""How a page's text is compared with an article's: every threshold with its reason.

The numbers were set on pairs made from the sample of 4,912 articles (`benchmarks/witness.py`).
"""

from dataclasses import dataclass

# A section after a thematic break that begins so is the paper's, not the article's.
CLOSING_WORDS = (
    r"請?加入成為.{0,20}訂戶",
    r"(?:博客|主筆|作者|專欄)\s*[|｜]",
    r"(?:訂閱|支持我們|關於作者|延伸閱讀|相關(?:文章|報道|新聞))",
    r"(?:about the author|subscribe|sign up|support us|read more|related (?:articles|stories))\b",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class WitnessSettings:
    """When a page's text is taken for the article's, and when for another."""

    run: int = 5
    """Characters that are compared together where words are not divided: two different articles
    on one subject share names of two to four, seldom more."""

    words: int = 3
    """Words that are compared together elsewhere."""

    least_runs: int = 100
    """An article with fewer different runs of characters is undecided: a list of headlines may
    hold all of it, and another article on its subject a good part."""

    least_words: int = 40
    """The same where words are divided: about as much text."""

    agree_at: float = 0.33
    """Share of the article that must be there: of 1,000 articles with up to a third of their
    sentences changed and a paragraph gone, one in a hundred keeps less than 0.4."""

    parts: int = 8
    """An article is cut into so many, to see whether the page has it from beginning to end."""

    part_held: float = 0.25
    """Share of a part's runs with which it counts as there, changed sentences and all."""

    least_parts: int = 5
    """Parts that must be there: before a wall stands the beginning only, and a cut page has the
    first half, while a correction leaves something of nearly every part."""

    disagree_below: float = 0.12
    """Share below which it is another text: articles on one subject that quote the same sentence
    may have more, and stay undecided."""

    own_text: float = 0.4
    """Share of the page that must be the article where no title says so: a list or a front page
    that holds whole articles holds three or more."""

    least_letters: int = 4
    """A page with fewer letters says nothing: scripts may fill it."""

    scripted_letters: int = 60
    """A page with fewer letters and scripts of its own may be filled by them."""

    title_likeness: float = 0.8
    """Share of a title's pairs of letters that another spelling of it keeps."""

    least_title: int = 6
    """A shorter title stands in many others; only the very same one counts."""

    closing_words: tuple[str, ...] = CLOSING_WORDS
    """Expressions for how sections begin that a paper puts under its articles."""

    most_bytes: int = 4 * 1024 * 1024
    """Of a page that are read: the longest page of a newspaper met in recordings has 0.3 MB."""

    most_letters: int = 300_000
    """Of a text that are compared: the length of a book."""
