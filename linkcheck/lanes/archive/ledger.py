"""What became of every want, in ten bytes each."""

from array import array
from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Final

from linkcheck.model.capture import FULL
from linkcheck.model.subject import Want
from linkcheck.model.verdict import ArchiveVerdict
from linkcheck.plan.subjects import Subjects

_VERDICTS = tuple(ArchiveVerdict)
_NUMBERS = {verdict: number for number, verdict in enumerate(_VERDICTS, start=1)}


class Mark:
    """How far a want has come: bits, and no flags of Python's, which take ten times as long."""

    LISTED: Final = 1  # decided by rows alone
    QUEUED: Final = 2  # its moment is to be replayed, or was
    REPLAYED: Final = 4
    SHARED: Final = 8  # its body is another's too
    BEGUN: Final = 16  # an earlier run of the same round has asked for it


class Ledger:
    """Verdict and mark of each want, by subject and place among its wants."""

    def __init__(self, subjects: Subjects) -> None:
        self._subjects = subjects
        self._firsts = array("I", [0])
        for place in range(len(subjects)):
            self._firsts.append(self._firsts[-1] + subjects.count(place))
        self._verdicts = bytearray(self._firsts[-1])
        self._marks = bytearray(self._firsts[-1])
        self._stamps = array("q", bytes(8 * self._firsts[-1]))
        self._odd: dict[int, str] = {}  # stamps that are not fourteen digits
        self._counts: Counter[int] = Counter()

    def __len__(self) -> int:
        return len(self._verdicts)

    def slot(self, place: int, number: int) -> int:
        """Return the number of a want among all."""
        return self._firsts[place] + number

    def want(self, place: int, slot: int) -> Want:
        """Return the want of a subject that has this slot."""
        return self._subjects.wants(place)[slot - self._firsts[place]]

    def wants(self, place: int, moment: str | None) -> Iterator[tuple[int, Want]]:
        """Yield the wants of one moment, with their slots."""
        first = self._firsts[place]
        for number, want in enumerate(self._subjects.wants(place)):
            if want.timestamp == moment:
                yield first + number, want

    def every(self, place: int) -> Iterator[tuple[int, Want]]:
        """Yield all wants of a subject, with their slots."""
        return enumerate(self._subjects.wants(place), start=self._firsts[place])

    def note(self, slot: int, verdict: ArchiveVerdict) -> None:
        """Note the latest verdict on a want."""
        before = self._verdicts[slot]
        number = _NUMBERS[verdict]
        self._verdicts[slot] = number
        self._counts[number] += 1
        if before:
            self._counts[before] -= 1

    def is_begun(self, place: int) -> bool:
        """Tell that all wants of a subject were asked for in an earlier run of the same round."""
        marks = self._marks[self._firsts[place] : self._firsts[place + 1]]
        return all(mark & Mark.BEGUN for mark in marks)

    def list(self, slot: int, stamp: str) -> None:
        """Note a want that rows alone decide, and the moment of the capture that did."""
        self._marks[slot] |= Mark.LISTED
        if len(stamp) == FULL and stamp.isascii() and stamp.isdecimal():
            self._stamps[slot] = int(stamp)
            self._odd.pop(slot, None)
        else:
            self._odd[slot] = stamp

    def stamp(self, slot: int) -> str:
        """Return the moment of the capture that decided a listed want; empty where none did."""
        number = self._stamps[slot]
        return self._odd.get(slot, f"{number:014}" if number else "")

    def add(self, slot: int, mark: int) -> None:
        """Set a mark."""
        self._marks[slot] |= mark

    def has(self, slot: int, mark: int) -> bool:
        """Tell whether one of these marks is set."""
        return bool(self._marks[slot] & mark)

    def verdict(self, slot: int) -> ArchiveVerdict | None:
        """Return the latest verdict on a want."""
        number = self._verdicts[slot]
        return _VERDICTS[number - 1] if number else None

    def counts(self) -> Mapping[ArchiveVerdict, int]:
        """Return how many wants have each verdict."""
        return {
            verdict: self._counts[number]
            for verdict, number in _NUMBERS.items()
            if self._counts[number]
        }

    def undecided(self) -> Iterator[int]:
        """Yield the subjects of which a want has no verdict."""
        slot = self._verdicts.find(0)
        place = 0
        while slot >= 0:
            while self._firsts[place + 1] <= slot:
                place += 1
            yield place
            slot = self._verdicts.find(0, self._firsts[place + 1])

    def left(self) -> int:
        """Return how many wants have no verdict."""
        return self._verdicts.count(0)
