"""A holding: what a bulk answer showed of one subject."""

from linkcheck.model.capture import Capture
from linkcheck.model.noun import Noun


class Holding(Noun, frozen=True, kw_only=True):
    """The rows of one key that can matter to its wants, and how many there were."""

    place: int  # of the subject among all
    key: str
    rows: tuple[Capture, ...] = ()
    count: int = 0  # different rows that passed
    good: int = 0  # of them with a status of 2xx
    first: str | None = None  # timestamps
    last: str | None = None
    whole: bool = True  # all its rows have passed; False: the answer was cut among them
    late: bool = False  # a row out of order, after the key had passed: adds to an earlier holding
    window: tuple[str | None, str | None] = (None, None)  # bounds of the query
    siblings: tuple[Capture, ...] = ()  # good rows nearby, where the key has none of its own
    records: tuple[str, ...] = ()  # the WARC records of ours of the answers that showed it

    @property
    def absent(self) -> bool:
        """Tell that the answer certainly passed the key without a row: provisional."""
        return self.whole and not self.count
