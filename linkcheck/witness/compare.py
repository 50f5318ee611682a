"""Whether a page says what an article says: counted, then decided."""

from collections.abc import Hashable, Iterable, Iterator

from linkcheck.model.evidence import Text
from linkcheck.model.noun import Noun
from linkcheck.model.text import ArticleText, TextReading
from linkcheck.settings.witness import WitnessSettings
from linkcheck.witness._variants import simplified
from linkcheck.witness.letters import is_undivided, letters_of, plain, words_of
from linkcheck.witness.page import Page, read_page
from linkcheck.witness.titles import same_title

_DEFAULT = WitnessSettings()
_NO_PAGE = (b"%PDF-", b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"PK\x03\x04", b"\x1f\x8b")


class Overlap(Noun, frozen=True, kw_only=True):
    """How much an article and a page have in common."""

    runs: int  # different ones of the article
    held: float  # share of them that the page has
    own: float  # share of the page that is the article's
    letters: int  # of the page


def compare(
    article: ArticleText,
    page: bytes,
    media_type: str | None = None,
    settings: WitnessSettings = _DEFAULT,
) -> TextReading:
    """Compare a replayed page with the article that cites it; silence never condemns."""
    if page.startswith(_NO_PAGE):
        return _undecided("what was replayed is no page of text")
    text = plain(article.text)
    undivided = is_undivided(text)
    seen = read_page(page, media_type, settings)
    shown = plain(seen.text)
    overlap = _overlap(text, shown, settings, undivided=undivided)
    titled = same_title(article.title, seen.titles, settings)
    if undivided and overlap.held < settings.agree_at:
        # One script for both: a page may exist in traditional and in simplified characters.
        overlap = _overlap(simplified(text), simplified(shown), settings, undivided=True)
        titles = tuple(simplified(title) for title in seen.titles)
        titled = titled or same_title(simplified(article.title), titles, settings)
    least = settings.least_runs if undivided else settings.least_words
    return _decided(overlap, seen, settings, titled=titled, least=least)


def _decided(
    overlap: Overlap, page: Page, settings: WitnessSettings, *, titled: bool, least: int
) -> TextReading:
    score = round(overlap.held, 3)
    if overlap.runs < least:
        return _undecided("the article has too little text to tell it by")
    share = f"{overlap.held:.0%} of the article's text stands on the page"
    if overlap.held >= settings.agree_at:
        if titled:
            return TextReading(text=Text.AGREES, score=score, reason=f"{share}, under its title")
        if overlap.own >= settings.own_text:
            return TextReading(text=Text.AGREES, score=score, reason=f"{share}, which is its own")
        return _undecided(f"{share}, among much else and under another title", score)
    doubt = _doubt(overlap, page, settings, titled=titled)
    if doubt:
        return _undecided(f"{share}; {doubt}", score)
    return TextReading(
        text=Text.DISAGREES, score=score, reason=f"{share}, and its title does not: another page"
    )


def _doubt(overlap: Overlap, page: Page, settings: WitnessSettings, *, titled: bool) -> str:
    """Return why a page with little of the article may be its page all the same."""
    hardly_any = page.scripts and overlap.letters < settings.scripted_letters
    garbled = page.text.count("\ufffd") > settings.garbled * len(page.text)
    doubts = (
        (overlap.letters < settings.least_letters, "the page shows no text"),
        (hardly_any, "the page shows hardly any text: scripts may fill it"),
        (garbled, "the page's encoding is not known"),
        (titled, "but the page bears its title"),
        (page.cut, "the page breaks off"),
        (overlap.held >= settings.disagree_below, "too much for another text, too little for it"),
    )
    return next((words for holds, words in doubts if holds), "")


def _overlap(article: str, page: str, settings: WitnessSettings, *, undivided: bool) -> Overlap:
    if undivided:
        own, shown = letters_of(article)[: settings.most_letters], letters_of(page)
        return _counted(_runs(own, settings.run), _runs(shown, settings.run), len(shown))
    own_words, shown_words = words_of(article)[: settings.most_letters], words_of(page)
    return _counted(
        _shingles(own_words, settings.words),
        _shingles(shown_words, settings.words),
        sum(map(len, shown_words)),
    )


def _counted(article: Iterable[Hashable], page: Iterable[Hashable], letters: int) -> Overlap:
    """Count what both have, in the memory that the article's runs take."""
    wanted, found = frozenset(article), set[Hashable]()
    hits = total = 0
    for run in page:
        total += 1
        if run in wanted:
            hits += 1
            found.add(run)
    return Overlap(
        runs=len(wanted),
        held=len(found) / max(1, len(wanted)),
        own=hits / max(1, total),
        letters=letters,
    )


def _runs(letters: str, length: int) -> Iterator[str]:
    return (letters[at : at + length] for at in range(len(letters) - length + 1))


def _shingles(words: list[str], length: int) -> Iterator[tuple[str, ...]]:
    return zip(*(words[at:] for at in range(length)), strict=False)


def _undecided(reason: str, score: float | None = None) -> TextReading:
    return TextReading(text=Text.UNDECIDED, score=score, reason=reason)
