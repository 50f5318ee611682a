"""A summary: what a collection's findings come to."""

from linkcheck.model.finding import Strikes
from linkcheck.model.noun import Noun
from linkcheck.model.verdict import Standing


class Count(Noun, frozen=True, kw_only=True):
    """How much of the collection: in this order it is told."""

    originals: int = 0
    articles: int = 0
    occurrences: int = 0


class Place(Noun, frozen=True, kw_only=True):
    """Where something is cited."""

    article: str
    line: int


class Named(Noun, frozen=True, kw_only=True):
    """One original that somebody should look at, and where it is cited."""

    standing: Standing
    original: str
    count: Count
    places: tuple[Place, ...]  # the first of them
    strikes: Strikes  # of the side that was confirmed least
    confirmed: bool
    regressed: bool = False
    furniture: bool = False
    archive: str = ""  # verdict and rule, as words
    live: str = ""
    suggestion: str | None = None  # the capture that would serve better


class Summary(Noun, frozen=True, kw_only=True):
    """All that the first page of a report says."""

    articles: int
    links: int
    originals: int
    standings: tuple[tuple[Standing, Count], ...]  # furniture apart; in the enumeration's order
    furniture: tuple[tuple[Standing, Count], ...] = ()
    furniture_total: Count = Count()
    held: int = 0  # originals with a usable capture of each moment that is asked for
    worrying: int = 0  # originals that need somebody
    untold: int = 0  # originals of which nothing graver is known
    listed: int = 0  # captures that rest on the index alone
    replayed: int = 0
    regressed: Count = Count()
    named: tuple[Named, ...] = ()  # the worst standing first, furniture after its like
    unnamed: tuple[tuple[Standing, int], ...] = ()  # originals that `named` leaves out
    failing: int = 0  # originals confirmed in a standing that fails the scan
    unresolved: tuple[tuple[str, int], ...] = ()  # originals by the reason, most frequent first

    def count(self, standing: Standing) -> Count:
        """Return the count of one standing."""
        return dict(self.standings).get(standing, Count())
