"""The last count, kept beside the store: it saves time, and holds nothing that is not in there."""

import hashlib
import sys
from array import array
from contextlib import suppress
from pathlib import Path

import msgspec

from linkcheck.model.noun import Noun
from linkcheck.model.summary import Named, Summary
from linkcheck.reports.roll import Packed, Roll

SUMMARY = "summary.json"
COUNT = "summary.count"

_DIGEST = 32


class Basis(Noun, frozen=True, kw_only=True):
    """What something was counted from."""

    run: str  # the last one that had asked
    seal: str  # of its manifest
    rules: str
    upheaval: str  # the store's word


class KeptSummary(Noun, frozen=True, kw_only=True):
    """A summary, and what it is of."""

    basis: Basis
    summary: Summary


class Popular(Noun, frozen=True, kw_only=True):
    """What may be furniture: in how many articles it stood when that was counted."""

    counts: dict[int, int]
    others: float  # all other subjects stood in fewer
    since: int = 0  # articles that have come, changed or gone: so far a count may be off by now

    def holds(self, least: float) -> bool:
        """Tell whether no other subject can stand in so many articles by now."""
        return self.others + self.since <= least

    def surely(self, least: float) -> frozenset[int]:
        """Return what stands in so many articles, whatever has changed."""
        return frozenset(one for one, count in self.counts.items() if count - self.since >= least)

    def maybe(self, least: float) -> frozenset[int]:
        """Return what might."""
        return frozenset(one for one, count in self.counts.items() if count + self.since >= least)


class KeptCount(Noun, frozen=True, kw_only=True):
    """What every article adds to a summary, and what else decides whether that still holds."""

    basis: Basis
    popular: Popular
    furniture: list[int]
    hosts: dict[int, int]  # what they say of their originals, as numbers
    named: tuple[Named, ...]
    contents: bytes  # of the articles, as numbers
    articles: Packed
    order: str = sys.byteorder

    @property
    def roll(self) -> Roll:
        """Return what the articles add."""
        return Roll.unpacked(self.articles)

    def unchanged(self) -> dict[str, int]:
        """Return the articles by their paths, with a number for the content that was counted."""
        numbers = array("Q")
        numbers.frombytes(self.contents)
        return dict(zip(self.articles.paths, numbers, strict=True))


def kept_summary(folder: Path) -> KeptSummary | None:
    """Return the summary that is kept; None where there is none that can be read."""
    try:
        return msgspec.json.decode((folder / SUMMARY).read_bytes(), type=KeptSummary)
    except (OSError, msgspec.DecodeError):
        return None


def kept_count(folder: Path) -> KeptCount | None:
    """Return the count that is kept; None where there is none that is whole."""
    try:
        said = memoryview((folder / COUNT).read_bytes())
        if hashlib.blake2b(said[_DIGEST:], digest_size=_DIGEST).digest() != said[:_DIGEST]:
            return None
        kept = msgspec.msgpack.decode(said[_DIGEST:], type=KeptCount)
    except (OSError, msgspec.DecodeError):
        return None
    return kept if kept.order == sys.byteorder else None


def keep_summary(folder: Path, kept: KeptSummary) -> None:
    """Keep a summary if that can be."""
    _write(folder / SUMMARY, msgspec.json.encode(kept))


def keep_count(folder: Path, kept: KeptCount) -> None:
    """Keep a count if that can be: behind its own hash, for a power cut leaves what it likes."""
    try:
        said = msgspec.msgpack.encode(kept)
    except UnicodeEncodeError:  # half a character in a name
        said = b""
    _write(folder / COUNT, hashlib.blake2b(said, digest_size=_DIGEST).digest(), said)


def _write(path: Path, *parts: bytes) -> None:
    partial = path.with_name(f"{path.name}.part")
    try:
        with partial.open("wb") as file:
            file.writelines(parts)
        partial.replace(path)
    except OSError:
        for one in (partial, path):
            with suppress(OSError):
                one.unlink(missing_ok=True)
