"""What a summary is made of, while the articles pass: every part of it can be joined."""

from dataclasses import dataclass, field

from linkcheck.model.summary import Count, Named, Place
from linkcheck.model.verdict import Standing
from linkcheck.reports.marks import Marks

PLACES = 5
"""Of an original are named."""


@dataclass(slots=True)
class Counted:
    """How much of the collection is of one kind."""

    originals: Marks = field(default_factory=Marks)
    articles: int = 0
    occurrences: int = 0
    last: str | None = None

    def add(self, original: int, article: str) -> None:
        """Count one link."""
        self.originals.add(original)
        self.occurrences += 1
        if article != self.last:
            self.articles, self.last = self.articles + 1, article

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
    last: str | None = None

    def add(self, article: str, line: int) -> None:
        """Count one link of it."""
        self.occurrences += 1
        if article == self.last:
            return
        self.articles, self.last = self.articles + 1, article
        if len(self.places) < PLACES:
            self.places.append(Place(article=article, line=line))

    def join(self, later: "Worry") -> None:
        """Add what was counted of the articles that follow."""
        self.occurrences += later.occurrences
        self.articles += later.articles
        self.places += later.places[: PLACES - len(self.places)]


@dataclass(slots=True)
class Seen:
    """Everything that a summary is made of."""

    articles: int = 0
    links: int = 0
    originals: Marks = field(default_factory=Marks)
    standings: dict[Standing, Counted] = field(default_factory=dict)
    furniture: dict[Standing, Counted] = field(default_factory=dict)
    all_furniture: Counted = field(default_factory=Counted)
    regressed: Counted = field(default_factory=Counted)
    listed: Marks = field(default_factory=Marks)
    replayed: Marks = field(default_factory=Marks)
    worries: dict[tuple[Standing, bool], dict[str, Worry]] = field(default_factory=dict)
    failing: Marks = field(default_factory=Marks)
    reasons: dict[str, Marks] = field(default_factory=dict)

    def join(self, later: "Seen") -> None:
        """Add what was counted of the articles that follow."""
        self.articles += later.articles
        self.links += later.links
        self.originals.join(later.originals)
        self.failing.join(later.failing)
        self.all_furniture.join(later.all_furniture)
        self.regressed.join(later.regressed)
        for standing, counter in later.standings.items():
            self.standings.setdefault(standing, Counted()).join(counter)
        for standing, counter in later.furniture.items():
            self.furniture.setdefault(standing, Counted()).join(counter)
        self.listed.join(later.listed)
        self.replayed.join(later.replayed)
        for reason, seen in later.reasons.items():
            self.reasons.setdefault(reason, Marks()).join(seen)
        for kind, worries in later.worries.items():
            mine = self.worries.setdefault(kind, {})
            for address, worry in worries.items():
                known = mine.setdefault(address, worry)
                if known is not worry:
                    known.join(worry)
