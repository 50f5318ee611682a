"""All subjects of one archive, sorted as its index is, in little memory."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Self, overload

from linkcheck.model.subject import Subject, Want
from linkcheck.plan.packed import Keys, Packed
from linkcheck.plan.side import Side
from linkcheck.plan.spelling import Spelling, spelled, spelling_of
from linkcheck.plan.wanted import Wanted, Wants
from linkcheck.urls.urlkey import urlkey

_AT_HAND = 64
"""Subjects that stay made: each is looked at once for each of its wants, and more."""

_FEW = 8  # wants that are quicker compared one by one than hashed


@dataclass(frozen=True, slots=True, eq=False)
class Subjects(Sequence[Subject]):
    """Subjects by their place in the archive's order; each is made when it is looked at."""

    keys: Keys
    _spellings: Packed[Spelling]
    _wants: Sequence[Wants]
    _latest: dict[int, Subject] = field(default_factory=dict, compare=False, repr=False)

    def __len__(self) -> int:
        return len(self.keys)

    @overload
    def __getitem__(self, place: int) -> Subject: ...
    @overload
    def __getitem__(self, place: slice) -> tuple[Subject, ...]: ...
    def __getitem__(self, place: int | slice) -> Subject | tuple[Subject, ...]:
        if isinstance(place, slice):
            return tuple(self[one] for one in range(*place.indices(len(self))))
        known = self._latest.pop(place, None)
        if known is None:
            key = self.keys[place]
            known = Subject(
                key=key, original=spelled(key, self._spellings[place]), wants=self._wants[place]
            )
        self._latest[place] = known  # the latest stands last
        if len(self._latest) > _AT_HAND:
            del self._latest[next(iter(self._latest))]
        return known

    @classmethod
    def none(cls) -> Self:
        """Return no subjects."""
        return cls(Keys(), Packed(list[Spelling]), ())

    def wants(self, place: int) -> Wants:
        """Return what is wanted of one subject."""
        return self[place].wants

    def count(self, place: int) -> int:
        """Return how many wants there are of one subject."""
        wants = self._wants
        return wants.count(place) if isinstance(wants, Wanted) else len(wants[place])

    def asks(self, first: int, end: int) -> int:
        """Return how many moments are wanted of the subjects in a row."""
        wants = self._wants
        if isinstance(wants, Wanted):
            return sum(map(wants.moments, range(first, end)))
        return sum(
            1 if len(wants[place]) == 1 else len({want.timestamp for want in wants[place]})
            for place in range(first, end)
        )

    def place_of(self, key: str) -> int | None:
        """Return where a key stands."""
        place = self.keys.place_from(key)
        return place if place < len(self.keys) and self.keys[place] == key else None


@dataclass(slots=True)
class Gathering:
    """Gather what links want, archive by archive, equal parts kept once."""

    _archives: dict[str, dict[str, Wants | dict[Want, None]]] = field(default_factory=dict)
    _spellings: dict[str, dict[str, Spelling]] = field(default_factory=dict)
    _known: dict[Want, Wants] = field(default_factory=dict)

    def add(self, side: Side) -> str:
        """Take in one link's side and return its key."""
        key = urlkey(side.original)
        subjects = self._archives.setdefault(side.archive, {})
        alone = self._known.setdefault(side.want, (side.want,))
        before = subjects.get(key)
        if before is None:
            self._spellings.setdefault(side.archive, {})[key] = spelling_of(key, side.original)
            subjects[key] = alone
        elif isinstance(before, dict):
            before[alone[0]] = None
        elif alone[0] not in before:
            after = before + alone
            # Navigation that stands on every page is wanted at thousands of moments.
            subjects[key] = after if len(after) <= _FEW else dict.fromkeys(after)
        return key

    def subjects(self) -> dict[str, Subjects]:
        """Return the subjects of each archive; nothing may be added afterwards."""
        self._known.clear()
        return {name: self._sorted(name) for name in sorted(self._archives)}

    def _sorted(self, archive: str) -> Subjects:
        wants, spellings = self._archives.pop(archive), self._spellings.pop(archive)
        keys = sorted(wants)
        return Subjects(
            Keys(keys),
            Packed(list[Spelling], (spellings[key] for key in keys)),
            tuple(tuple(wants[key]) for key in keys),
        )


def gathered(sides: Iterable[Side]) -> dict[str, Subjects]:
    """Return the subjects that all these sides are about, archive by archive."""
    gathering = Gathering()
    for side in sides:
        gathering.add(side)
    return gathering.subjects()
