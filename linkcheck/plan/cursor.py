"""How far a bulk query has come: all that its next page, or its next run, must know."""

from linkcheck.model.capture import Capture
from linkcheck.model.index import IndexEnd
from linkcheck.model.noun import Noun


class Cursor(Noun, frozen=True, kw_only=True):
    """The place between two pages; small enough to be committed with each."""

    place: int  # of the first subject that was not passed
    end: int  # after the last subject of the batch
    key: str = ""  # the greatest urlkey seen
    stamp: str = ""  # timestamp of the last row
    open: tuple[Capture, ...] = ()  # rows of the subject at `place`: more may follow
    count: int = 0  # of them, with those that were forgotten
    good: int = 0
    first: str | None = None
    last: str | None = None
    ordered: bool = True  # False for good after a row before its predecessor
    window: tuple[str | None, str | None] = (None, None)
    limit: int | None = None
    resumes: tuple[str, ...] = ()  # keys that were followed: one that comes back is a loop
    record: str | None = None  # of the page before
    records: tuple[str, ...] = ()  # of the pages that rows of the open subject stood on


class PageEnd(Noun, frozen=True, kw_only=True):
    """What one page came to."""

    cursor: Cursor
    end: IndexEnd
    rows: int = 0
    keys: int = 0  # different ones, wanted or not
    found: int = 0  # subjects with rows
    asks: int = 0  # moments of these: what playback would have been asked for
    absent: int = 0  # subjects that the page certainly passed without a row
    untold: tuple[tuple[int, int], ...] = ()  # places passed of which the page proves nothing
    complete: bool = False  # the last one: whatever the query asks for has passed
    loop: bool = False  # its resume key leads back

    @property
    def trusted(self) -> bool:
        """Tell that nothing was out of order, unreadable or passed over."""
        return self.cursor.ordered and not (self.end.unreadable or self.end.oversized)
