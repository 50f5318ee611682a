"""What a summary is made of, while the articles pass: every part of it can be joined."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from linkcheck.model.summary import Count, Named, Place
from linkcheck.reports.marks import Marks
from linkcheck.reports.slip import Cited, Kind, Slip

PLACES = 5
"""Of an original are named."""


@dataclass(slots=True)
class Counted:
    """How much of the collection is of one kind."""

    originals: Marks = field(default_factory=Marks)
    articles: int = 0
    occurrences: int = 0

    def add(self, originals: Sequence[int]) -> None:
        """Count an article's."""
        self.originals.extend(originals)
        self.articles += 1
        self.occurrences += len(originals)

    def join(self, later: "Counted") -> None:
        """Add what was counted of the articles that follow."""
        self.originals.join(later.originals)
        self.articles += later.articles
        self.occurrences += later.occurrences

    def done(self) -> Count:
        """Return what it came to."""
        return Count(
            originals=len(self.originals), articles=self.articles, occurrences=self.occurrences
        )


@dataclass(slots=True)
class Worry:
    """One original that somebody should look at, and where it is cited first."""

    named: Named | None  # what will be said of it, not yet counted; None: nobody will be told
    places: list[Place] = field(default_factory=list)
    articles: int = 0
    occurrences: int = 0

    def add(self, cited: Cited) -> None:
        """Count an article's links of it."""
        self.occurrences += cited.occurrences
        self.articles += 1
        if len(self.places) < PLACES:
            link = cited.finding.link
            self.places.append(Place(article=link.article, line=link.line))

    def join(self, later: "Worry") -> None:
        """Add what was counted of the articles that follow."""
        self.occurrences += later.occurrences
        self.articles += later.articles
        self.places += later.places[: PLACES - len(self.places)]


@dataclass(slots=True)
class Seen:
    """Everything that a summary counts, by the labels of slips."""

    articles: int = 0
    links: int = 0
    counters: dict[str, Counted] = field(default_factory=dict)

    def add(self, slip: Slip) -> None:
        """Count one article."""
        self.articles += 1
        self.links += slip.links
        for label, marks in slip.marks.items():
            self.counters.setdefault(label, Counted()).add(marks)

    def join(self, later: "Seen") -> None:
        """Add what was counted of the articles that follow."""
        self.articles += later.articles
        self.links += later.links
        for label, counter in later.counters.items():
            self.counters.setdefault(label, Counted()).join(counter)


Worries = dict[Kind, dict[str, Worry]]
"""By kind and original."""


def join_worries(known: Worries, later: Worries) -> None:
    """Add those of the articles that follow."""
    for kind, worries in later.items():
        mine = known.setdefault(kind, {})
        for address, worry in worries.items():
            one = mine.setdefault(address, worry)
            if one is not worry:
                one.join(worry)
