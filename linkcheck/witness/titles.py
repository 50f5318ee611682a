"""Whether a page bears an article's title."""

import re

from linkcheck.settings.witness import WitnessSettings
from linkcheck.witness.letters import letters_of, pairs_of, plain

# What papers put between a title, a rubric and their own name.
_PARTED = re.compile(r"\s*(?:[|｜–—»·]|\s-\s|::|_)\s*")


def same_title(title: str, titles: tuple[str, ...], settings: WitnessSettings) -> bool:
    """Tell whether one of a page's titles is the article's, other words around it or not."""
    wanted = letters_of(plain(title))
    if not wanted:
        return False
    return any(_same(wanted, candidate, settings) for candidate in titles)


def _same(wanted: str, candidate: str, settings: WitnessSettings) -> bool:
    shown = letters_of(plain(candidate))
    if shown == wanted:
        return True
    if len(wanted) < settings.least_title:
        return any(letters_of(plain(part)) == wanted for part in _PARTED.split(candidate))
    if wanted in shown:
        return True
    pairs = pairs_of(wanted)
    return len(pairs & pairs_of(shown)) >= settings.title_likeness * len(pairs)
