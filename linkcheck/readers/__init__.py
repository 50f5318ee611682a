"""Paths to articles, one file per input kind."""

import os
import sys
from functools import cache
from typing import Protocol, runtime_checkable

from linkcheck.catalogue import collect
from linkcheck.model.article import Article


@runtime_checkable
class Reader(Protocol):
    """One kind of input."""

    @property
    def suffixes(self) -> frozenset[str]:
        """The suffixes of its files, in lower case, with the dot."""
        ...

    def read(self, content: bytes, path: str) -> Article:
        """Take the bytes of a file apart; whatever they are, return an article."""
        ...


@cache
def readers() -> dict[str, Reader]:
    """Return the reader of each suffix."""
    found = collect(sys.modules[__name__], "READER", Reader)  # type: ignore[type-abstract]  # a Protocol is what is asked for
    return {suffix: reader for reader in found for suffix in reader.suffixes}


def reader_of(path: str) -> Reader | None:
    """Return the reader of a file by its suffix; None where no reader knows it."""
    return readers().get(os.path.splitext(path)[1].lower())  # noqa: PTH122 a walk asks this of every file
