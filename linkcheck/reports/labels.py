"""Texts that stand for many things that are counted, each with its number."""

from collections.abc import Iterable


class Labels:
    """Numbers for texts, in the order in which they were first met."""

    __slots__ = ("_numbers", "texts")

    def __init__(self, texts: Iterable[str] = ()) -> None:
        self.texts = list(texts)
        self._numbers = {text: number for number, text in enumerate(self.texts)}

    def number(self, text: str) -> int:
        """Return a text's number."""
        known = self._numbers.get(text)
        if known is None:
            known = self._numbers[text] = len(self.texts)
            self.texts.append(text)
        return known
