"""Whether a page says what an article says: counted, then decided."""

from collections.abc import Hashable, Iterable, Iterator

from msgspec.structs import replace

from linkcheck.media import HEAD, TAIL, sniff
from linkcheck.model.content import Medium
from linkcheck.model.evidence import Text
from linkcheck.model.noun import Noun
from linkcheck.model.text import ArticleText, TextReading
from linkcheck.settings.witness import WitnessSettings
from linkcheck.witness._variants import simplified
from linkcheck.witness.letters import is_undivided, letters_of, plain, unescaped, words_of
from linkcheck.witness.page import Page, read_page
from linkcheck.witness.titles import same_title

_DEFAULT = WitnessSettings()
_NO_TEXT = {
    Medium.NOTHING: "the page is empty",
    Medium.IMAGE: "it is an image, no page",
    Medium.VIDEO: "it is a film, no page",
    Medium.AUDIO: "it is sound, no page",
    Medium.PDF: "it is a PDF, which is not read",
}


class _Overlap(Noun, frozen=True, kw_only=True):
    runs: int  # different ones of the article
    held: float  # share of them that the page has
    parts: int  # of the article that the page has; counted, as the next, where it matters
    own: float  # share of the page that is the article's
    letters: int  # of the page


def compare(
    article: ArticleText,
    page: bytes,
    media_type: str | None = None,
    settings: WitnessSettings = _DEFAULT,
    *,
    cut: bool = False,
) -> TextReading:
    """Compare a replayed page with the article that cites it; silence never condemns.

    `page` is unpacked; `cut` says that it is known to be only the beginning.
    """
    medium = sniff(page[:HEAD], page[-TAIL:], len(page)).medium
    if medium in _NO_TEXT or "json" in (media_type or ""):
        return _undecided(_NO_TEXT.get(medium, "it is data, no page"))
    text = plain(article.text)[: settings.most_letters]
    undivided = is_undivided(text)
    seen = read_page(page, media_type, settings)
    shown = plain(seen.text)[: settings.most_letters]
    titled = same_title(article.title, seen.titles, settings)
    overlap = _overlap(text, shown, settings, undivided=undivided)
    if undivided and overlap.held < settings.agree_at:
        # One script for both: a page may exist in traditional and in simplified characters.
        overlap = _overlap(simplified(text), simplified(shown), settings, undivided=True)
        titles = tuple(simplified(title) for title in seen.titles)
        titled = titled or same_title(simplified(article.title), titles, settings)
    least = settings.least_runs if undivided else settings.least_words
    if overlap.runs < least:
        return _undecided("the article has too little text to tell it by")
    seen = replace(seen, cut=True) if cut else seen
    if overlap.held < settings.disagree_below and seen.scripted:
        scripted = plain(unescaped(seen.scripted[: settings.most_letters]))
        hidden = _overlap(text, scripted, settings, undivided=undivided).held
        if hidden >= settings.disagree_below:
            seen = replace(seen, elsewhere="in its scripts")
    return _decided(overlap, seen, settings, titled=titled)


def _decided(
    overlap: _Overlap, page: Page, settings: WitnessSettings, *, titled: bool
) -> TextReading:
    score = round(overlap.held, 3)
    share = f"{overlap.held:.0%} of the article's text stands on the page"
    if overlap.held >= settings.agree_at:
        if overlap.parts < settings.least_parts:
            return _undecided(f"{share}, but not from beginning to end", score)
        if titled:
            return TextReading(text=Text.AGREES, score=score, reason=f"{share}, under its title")
        if overlap.own >= settings.own_text:
            return TextReading(text=Text.AGREES, score=score, reason=f"{share}, most of what does")
        return _undecided(f"{share}, among much else and under another title", score)
    doubt = _doubt(overlap, page, settings, titled=titled)
    if doubt:
        return _undecided(f"{share}; {doubt}", score)
    return TextReading(text=Text.DISAGREES, score=score, reason=f"{share}, nor does its title")


def _doubt(overlap: _Overlap, page: Page, settings: WitnessSettings, *, titled: bool) -> str:
    """Return why a page with little of the article may be its page all the same."""
    hardly_any = overlap.letters < settings.scripted_letters
    doubts = (
        (overlap.letters < settings.least_letters, "the page shows no text"),
        (hardly_any and page.scripts, "the page shows hardly any text: scripts may fill it"),
        (hardly_any and page.framed, "the page shows hardly any text: a frame may hold it"),
        (page.elsewhere, f"its text may stand elsewhere: {page.elsewhere}"),
        (page.garbled, "the page's encoding is not known"),
        (titled, "but the page bears its title"),
        (page.cut, "the page breaks off"),
        (overlap.held >= settings.disagree_below, "too much for another text, too little for it"),
    )
    return next((words for holds, words in doubts if holds), "")


def _overlap(article: str, page: str, settings: WitnessSettings, *, undivided: bool) -> _Overlap:
    """Count what both have, in the memory that the article's runs take."""
    split, length = (letters_of, settings.run) if undivided else (words_of, settings.words)
    own, shown = split(article), split(page)
    ordered = list(_runs(own, length))
    wanted = frozenset(ordered)
    found = wanted.intersection(_runs(shown, length))
    held = len(found) / max(1, len(wanted))
    agrees = held >= settings.agree_at
    return _Overlap(
        runs=len(wanted),
        held=held,
        parts=_parts(ordered, found, settings) if agrees else 0,
        own=_share(_runs(shown, length), found) if agrees else 0.0,
        letters=len(shown) if undivided else sum(map(len, shown)),
    )


def _parts(ordered: list[Hashable], found: frozenset[Hashable], settings: WitnessSettings) -> int:
    """Return how many parts of an article are there."""
    size = -(-len(ordered) // settings.parts)
    parts = (ordered[at : at + size] for at in range(0, len(ordered), size))
    return sum(_share(part, found) >= settings.part_held for part in parts)


def _share(runs: Iterable[Hashable], found: frozenset[Hashable]) -> float:
    hits = [run in found for run in runs]
    return sum(hits) / max(1, len(hits))


def _runs(split: str | list[str], length: int) -> Iterator[Hashable]:
    """Return neighbours together: letters as text, words as tuples."""
    if isinstance(split, str):
        return (split[at : at + length] for at in range(len(split) - length + 1))
    return zip(*(split[at:] for at in range(length)), strict=False)


def _undecided(reason: str, score: float | None = None) -> TextReading:
    return TextReading(text=Text.UNDECIDED, score=score, reason=reason)
