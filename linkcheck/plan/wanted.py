"""What is wanted of subjects in a row, in thirteen bytes a want: made when it is looked at."""

from array import array
from collections.abc import Iterator, Sequence
from datetime import date
from typing import overload

from linkcheck.model.capture import FULL
from linkcheck.model.link import Role, Time
from linkcheck.model.subject import Want

Wants = tuple[Want, ...]
_ANY = -1  # no moment is wanted: any good capture will do
_NEVER = 0  # the ordinal of no day


class Wanted(Sequence[Wants]):
    """The wants of each subject: a collection has some 300,000, and 200 bytes each as objects."""

    __slots__ = ("_days", "_ends", "_kinds", "_moments", "_numbers", "_odd", "_table")

    def __init__(self) -> None:
        self._ends = array("I")  # of each subject's wants, among all
        self._moments = array("q")
        self._days = array("i")
        self._kinds = array("B")
        self._table: list[tuple[Role, Time | None]] = []
        self._numbers: dict[tuple[Role, Time | None], int] = {}
        self._odd: list[str] = []  # moments that are not fourteen digits

    def __len__(self) -> int:
        return len(self._ends)

    @overload
    def __getitem__(self, place: int) -> Wants: ...
    @overload
    def __getitem__(self, place: slice) -> tuple[Wants, ...]: ...
    def __getitem__(self, place: int | slice) -> Wants | tuple[Wants, ...]:
        if isinstance(place, slice):
            return tuple(self[one] for one in range(*place.indices(len(self))))
        return tuple(self._made(place))

    def next(self) -> None:
        """Begin with another subject's wants."""
        self._ends.append(len(self._moments))

    def add(self, timestamp: str | None, role: Role, time: Time | None, day: date | None) -> None:
        """Add a want to the latest subject's."""
        self._moments.append(self._numbered(timestamp))
        self._days.append(_NEVER if day is None else day.toordinal())
        kind = role, time
        number = self._numbers.get(kind)
        if number is None:
            number = self._numbers[kind] = len(self._table)
            self._table.append(kind)
        self._kinds.append(number)
        self._ends[-1] += 1

    def count(self, place: int) -> int:
        """Return how many wants a subject has."""
        return self._ends[place] - self._first(place)

    def moments(self, place: int) -> int:
        """Return how many different moments are wanted of a subject."""
        first, end = self._first(place), self._ends[place]
        return 1 if end - first == 1 else len(set(self._moments[first:end]))

    def _first(self, place: int) -> int:
        return self._ends[place - 1] if place else 0

    def _made(self, place: int) -> Iterator[Want]:
        for number in range(self._first(place), self._ends[place]):
            moment, day = self._moments[number], self._days[number]
            role, time = self._table[self._kinds[number]]
            yield Want(
                timestamp=f"{moment:014}" if moment >= 0 else self._spelled(moment),
                role=role,
                time=time,
                published=date.fromordinal(day) if day else None,
            )

    def _numbered(self, timestamp: str | None) -> int:
        if timestamp is None:
            return _ANY
        if len(timestamp) == FULL and timestamp.isascii() and timestamp.isdecimal():
            return int(timestamp)
        if timestamp not in self._odd:  # a handful
            self._odd.append(timestamp)
        return _ANY - 1 - self._odd.index(timestamp)

    def _spelled(self, moment: int) -> str | None:
        return None if moment == _ANY else self._odd[_ANY - 1 - moment]
