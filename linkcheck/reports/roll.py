"""The slips of all articles in a few bytes each: to be kept, spliced, and summed up."""

from array import array
from collections import Counter
from itertools import accumulate
from typing import Self

from linkcheck.model.noun import Noun
from linkcheck.reports.confirmed import is_regressed
from linkcheck.reports.counting import Counted, Seen
from linkcheck.reports.labels import Labels
from linkcheck.reports.marks import mark
from linkcheck.reports.slip import Slip
from linkcheck.reports.summary import KINDS

_NUMBERS = {kind: number for number, kind in enumerate(KINDS)}


class Packed(Noun, frozen=True, kw_only=True):
    """A roll as it is kept: columns as their bytes."""

    paths: list[str]
    labels: list[str]
    addresses: dict[int, str]
    columns: list[memoryview]


class Roll:
    """Columns of what the slips of articles say, one article after another."""

    def __init__(self) -> None:
        self.paths: list[str] = []
        self.names = Labels()
        self.addresses: dict[int, str] = {}  # by their marks, of originals that worry somebody
        # Of each article.
        self.links = array("I")
        self.groups = array("I")  # how many labels it has marks of
        self.worries = array("I")  # how many originals worry somebody
        # Of each group.
        self.labels = array("I")
        self.sizes = array("I")
        # Of all groups.
        self.marks = array("Q")
        # Of each worry.
        self.kinds = array("B")  # by their places in `KINDS`
        self.worried = array("Q")  # marks
        self.lines = array("I")  # of the first link
        self.times = array("I")
        self.regressed = array("B")

    def __len__(self) -> int:
        """Return how many articles there are."""
        return len(self.paths)

    def add(self, path: str, slip: Slip) -> None:
        """Put an article behind all others."""
        self.paths.append(path)
        self.links.append(slip.links)
        self.groups.append(len(slip.marks))
        for label, marks in slip.marks.items():
            self.labels.append(self.names.number(label))
            self.sizes.append(len(marks))
            self.marks.extend(marks)
        self.worries.append(len(slip.worries))
        for (kind, address), cited in slip.worries.items():
            original = mark(address)
            self.addresses[original] = address
            self.kinds.append(_NUMBERS[kind])
            self.worried.append(original)
            self.lines.append(cited.finding.link.line)
            self.times.append(cited.occurrences)
            self.regressed.append(is_regressed(cited.finding))

    def seen(self) -> Seen:
        """Sum up what is counted."""
        counted = [Counted() for _ in self.names.texts]
        extend = [one.originals.extend for one in counted]
        marks, first = self.marks, 0
        for label, end in zip(self.labels, accumulate(self.sizes), strict=True):
            extend[label](marks[first:end])
            first = end
        for label, articles in Counter(self.labels).items():
            one = counted[label]
            one.articles, one.occurrences = articles, one.originals.total
        found = zip(self.names.texts, counted, strict=True)
        return Seen(
            articles=len(self.paths),
            links=sum(self.links),
            counters={text: one for text, one in found if one.articles},
        )

    def packed(self) -> Packed:
        """Return it as it is kept, without labels and addresses that nothing has any more."""
        used = sorted(set(self.labels))
        places = {label: place for place, label in enumerate(used)}
        labels = array("I", map(places.__getitem__, self.labels))
        worried = set(self.worried)
        return Packed(
            paths=self.paths,
            labels=[self.names.texts[label] for label in used],
            addresses={one: text for one, text in self.addresses.items() if one in worried},
            columns=[memoryview(one).cast("B") for one in (labels, *self._columns()[1:])],
        )

    @classmethod
    def unpacked(cls, packed: Packed) -> Self:
        """Return what was packed."""
        roll = cls()
        roll.paths, roll.names = packed.paths, Labels(packed.labels)
        roll.addresses = packed.addresses
        for column, kept in zip(roll._columns(), packed.columns, strict=True):
            column.frombytes(kept)
        return roll

    def _columns(self) -> tuple["array[int]", ...]:
        return (
            self.labels,
            self.sizes,
            self.marks,
            self.links,
            self.groups,
            self.worries,
            self.kinds,
            self.worried,
            self.lines,
            self.times,
            self.regressed,
        )
