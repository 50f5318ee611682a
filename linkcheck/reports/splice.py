"""Rolls into one: articles that were counted anew take the place of what was kept of them."""

from array import array
from collections.abc import Iterable, Iterator, Sequence
from itertools import accumulate

from linkcheck.reports.roll import Roll


def spliced(order: Iterable[str], rolls: Sequence[Roll]) -> Roll:
    """Return these articles in this order, each as the last of the rolls that has it."""
    found: dict[str, tuple[int, int]] = {}
    for number, roll in enumerate(rolls):
        found.update((path, (number, place)) for place, path in enumerate(roll.paths))
    whole = Roll()
    sources = [_Source(roll, whole) for roll in rolls]
    for number, first, end in _stretches(found[path] for path in order if path in found):
        sources[number].copy(first, end)
    return whole


def _stretches(places: Iterable[tuple[int, int]]) -> Iterator[tuple[int, int, int]]:
    """Yield what stands together in a roll as well, from where to where: most of it, most times."""
    number, first, end = 0, 0, 0
    for other, place in places:
        if other != number or place != end:
            if first != end:
                yield number, first, end
            number, first = other, place
        end = place + 1
    if first != end:
        yield number, first, end


class _Source:
    """Copy articles of a roll behind another one."""

    def __init__(self, roll: Roll, to: Roll) -> None:
        self._roll = roll
        self._to = to
        self._labels = [to.names.number(text) for text in roll.names.texts]
        self._as_they_are = self._labels == list(range(len(self._labels)))
        self._groups = _starts(roll.groups)
        self._worries = _starts(roll.worries)
        marks = _starts(roll.sizes)
        self._marks = array("I", map(marks.__getitem__, self._groups))
        to.addresses.update(roll.addresses)

    def copy(self, first: int, end: int) -> None:
        """Copy the articles from one place to another one."""
        roll, to = self._roll, self._to
        to.paths += roll.paths[first:end]
        for mine, theirs in (
            (to.links, roll.links),
            (to.groups, roll.groups),
            (to.worries, roll.worries),
        ):
            mine.extend(theirs[first:end])
        groups = slice(self._groups[first], self._groups[end])
        labels = roll.labels[groups]
        to.labels.extend(
            labels if self._as_they_are else array("I", map(self._labels.__getitem__, labels))
        )
        to.sizes.extend(roll.sizes[groups])
        to.marks.extend(roll.marks[self._marks[first] : self._marks[end]])
        worries = slice(self._worries[first], self._worries[end])
        for mine, theirs in (
            (to.kinds, roll.kinds),
            (to.worried, roll.worried),
            (to.lines, roll.lines),
            (to.times, roll.times),
            (to.regressed, roll.regressed),
        ):
            mine.extend(theirs[worries])


def _starts(counts: "array[int]") -> "array[int]":
    return array("I", accumulate(counts, initial=0))
