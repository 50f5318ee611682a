"""Text to what is compared of it: letters and digits, whatever stands between and around."""

import re
import unicodedata

# Scripts whose words are not divided by blanks, and Korean, whose words change their endings.
_UNDIVIDED = re.compile(
    "[\u0e00-\u0eff\u0f00-\u0fff\u1000-\u109f\u1100-\u11ff\u1780-\u17ff\u3040-\u30ff\u3100-\u312f"
    "\u3400-\u4dbf\u4e00-\u9fff\ua960-\ua97f\uac00-\ud7ff\uf900-\ufaff\U00020000-\U0003ffff]"
)
# Normalising sorts neighbouring marks by insertion: half a million of them would take an hour.
_MARKS = re.compile(r"[^\w\s]{40,}+")
_ESCAPE = re.compile(r"\\(?:u([0-9a-fA-F]{4})|[nrt])")
_BETWEEN = re.compile(r"[\W_]+")
# Vowel signs and accents, soft hyphens, joiners: part of a word, and not always written.
_SIGNS = frozenset(("Mn", "Mc", "Me", "Cf"))
_ENOUGH = 4000  # characters to tell it by
_UNDIVIDED_SHARE = 0.3  # a Chinese report full of English names is still Chinese


def plain(text: str) -> str:
    """Return the text with its characters' widths, forms and cases made one, without its signs."""
    one = unicodedata.normalize("NFKC", _MARKS.sub(" ", text)).casefold()
    signs = {ord(char): None for char in set(one) if unicodedata.category(char) in _SIGNS}
    return one.translate(signs) if signs else one


def unescaped(script: str) -> str:
    """Return a script with the letters that its strings escape."""
    return _ESCAPE.sub(lambda escape: chr(int(escape[1], 16)) if escape[1] else " ", script)


def is_undivided(text: str) -> bool:
    """Tell a text that is compared by characters from one that is compared by words."""
    letters = letters_of(text[:_ENOUGH])
    found = sum(map(len, _UNDIVIDED.findall(letters)))
    return found > _UNDIVIDED_SHARE * len(letters)


def letters_of(text: str) -> str:
    """Return the letters and digits of a text, in a row."""
    return _BETWEEN.sub("", text)


def words_of(text: str) -> list[str]:
    """Return the words of a text."""
    return _BETWEEN.sub(" ", text).split()


def pairs_of(letters: str) -> set[str]:
    """Return the pairs of neighbouring letters."""
    return {letters[at : at + 2] for at in range(len(letters) - 1)}
