"""The merge-join: rows of a bulk answer against the sorted subjects, in constant memory."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from msgspec.structs import replace

from linkcheck.model.capture import Capture
from linkcheck.model.holding import Holding
from linkcheck.model.index import IndexEnd, IndexState
from linkcheck.plan.cursor import Cursor, PageEnd
from linkcheck.plan.keeping import keep
from linkcheck.plan.kin import Bereft, Neighbourhood
from linkcheck.plan.subjects import Subjects

_CROWD = 2_000
"""Rows of one key that are held before those that cannot matter are forgotten."""

_NEAR_ABSENCES = 64
"""Subjects missing in a row that are looked at for siblings: a longer gap is none of a name."""

_RESUMES = 16
"""Resume keys that are remembered: a longer circle shows as rows that come again."""

_GOOD = range(200, 300)
_COMPLETE = frozenset({IndexState.WHOLE, IndexState.EMPTY})
_CUT_OFF = IndexEnd(state=IndexState.CUT, reason="the stream was left early")


def join(
    cursor: Cursor,
    subjects: Subjects,
    page: Iterable[Capture | IndexEnd],
    record: str | None = None,
) -> Iterator[Holding | PageEnd]:
    """Yield what a page shows of each subject that it passes, then what the page came to.

    An absence is told only when the whole page proved to be in order. `record` names where the
    page is kept.
    """
    run = _Run(cursor, subjects, record)
    end = _CUT_OFF
    key = previous = None
    for item in page:
        if isinstance(item, IndexEnd):
            end = item
            break
        if item.urlkey != key:
            if previous is not None:
                run.around.passed(previous)
            key = item.urlkey
            yield from run.turn(key)
        previous = item
        if key == run.wanted:
            run.take(item)
        elif key < run.greatest:
            yield from run.late(item)
        run.rows += 1
    if previous is not None:
        run.around.passed(previous)
    yield from run.close(end)


@dataclass(slots=True)
class _Run:
    """One page on its way."""

    cursor: Cursor
    subjects: Subjects
    record: str | None
    rows: int = 0
    keys: int = 0
    found: int = 0
    asks: int = 0
    place: int = field(init=False)
    greatest: str = field(init=False)
    wanted: str | None = field(init=False)  # the key whose rows are being held
    held: list[Capture] = field(init=False)
    count: int = field(init=False)
    good: int = field(init=False)
    first: str | None = field(init=False)
    last: str | None = field(init=False)
    ordered: bool = field(init=False)
    records: tuple[str, ...] = field(init=False)  # of the pages that the held rows stood on
    here: tuple[str, ...] = field(init=False)  # this page's
    around: Neighbourhood = field(default_factory=Neighbourhood)
    passed: list[tuple[int, int]] = field(default_factory=list)  # without a row
    between: int = 0  # subjects before it were passed before the page's first row
    bereft: list[tuple[Holding, Bereft]] = field(default_factory=list)
    absent_kin: dict[int, Bereft] = field(default_factory=dict)

    def __post_init__(self) -> None:
        cursor = self.cursor
        self.place, self.greatest, self.ordered = cursor.place, cursor.key, cursor.ordered
        self.held, self.count, self.good = list(cursor.open), cursor.count, cursor.good
        self.first, self.last = cursor.first, cursor.last
        self.wanted = self.subjects.keys[cursor.place] if cursor.open else None
        self.here = () if self.record is None else (self.record,)
        self.records = (*cursor.records, *self.here) if cursor.open else self.here

    def turn(self, key: str) -> Iterator[Holding]:
        """Come to the rows of another key."""
        self.keys += 1
        if key <= self.greatest:
            self.ordered = self.ordered and key == self.greatest
            return
        self.greatest = key
        yield from self.leave(whole=True)
        keys, end = self.subjects.keys, self.cursor.end
        ahead = keys[self.place] if self.place < end else None
        if ahead is not None and ahead < key:
            self._pass(keys.place_from(key, self.place, end))
            ahead = keys[self.place] if self.place < end else None
        if ahead == key:
            self.wanted = key

    def take(self, row: Capture) -> None:
        """Hold a row of the key that is wanted."""
        self.held.append(row)
        self.count += 1
        self.good += row.status in _GOOD
        stamp = row.timestamp
        self.first = stamp if self.first is None or stamp < self.first else self.first
        self.last = stamp if self.last is None or stamp > self.last else self.last
        if len(self.held) >= _CROWD:
            self.held = list(keep(self.held, self.subjects.wants(self.place)))

    def late(self, row: Capture) -> Iterator[Holding]:
        """Hand on a row of a wanted key that had passed."""
        place = self.subjects.place_of(row.urlkey)
        if place is not None and place < self.cursor.end:
            yield Holding(
                place=place,
                key=row.urlkey,
                rows=(row,),
                count=1,
                good=int(row.status in _GOOD),
                first=row.timestamp,
                last=row.timestamp,
                whole=False,
                late=True,
                window=self.cursor.window,
                records=self.here,
            )

    def leave(self, *, whole: bool) -> Iterator[Holding]:
        """Finish the key whose rows were held."""
        if self.wanted is None:
            return
        holding = Holding(
            place=self.place,
            key=self.wanted,
            rows=keep(self.held, self.subjects.wants(self.place)),
            count=self.count,
            good=self.good,
            first=self.first,
            last=self.last,
            whole=whole,
            window=self.cursor.window,
            records=self.records,
        )
        self.found += whole
        self.asks += self.subjects.asks(self.place, self.place + 1) if whole else 0
        self.held, self.count, self.good, self.first, self.last = [], 0, 0, None, None
        self.wanted, self.records = None, self.here
        self.place += whole
        kin = None if holding.good else self.around.bereft(holding.place, holding.key)
        if kin is None:
            yield holding
        else:
            self.bereft.append((holding, kin))

    def close(self, end: IndexEnd) -> Iterator[Holding | PageEnd]:
        """End the page: what was held back until its order was known, and the next cursor."""
        full = self.cursor.limit is not None and end.rows + end.repeated >= self.cursor.limit
        # A full page without a key to the next: an older server lost rows so (EDGI #65).
        complete = end.state in _COMPLETE and not full
        if complete:
            yield from self.leave(whole=True)
            self._pass(self.cursor.end)
        elif end.state is not IndexState.MORE and self.rows:
            yield from self.leave(whole=False)
        for holding, kin in self.bereft:
            yield replace(holding, siblings=tuple(kin.siblings))
        page = self._page(end, complete=complete)
        if page.trusted:
            yield from self._absences()
        yield page

    def _page(self, end: IndexEnd, *, complete: bool) -> PageEnd:
        cursor = self.cursor
        at = (cursor.key, cursor.stamp)
        reached = max(at, end.last or at)
        trusted = self.ordered and not (end.unreadable or end.oversized)
        passed = tuple((first, after) for first, after in self.passed if first < after)
        more = end.state is IndexState.MORE and end.resume is not None
        following = replace(
            cursor,
            place=self.place,
            key=self.greatest,
            stamp=reached[1],
            open=tuple(self.held) if self.wanted is not None else (),
            count=self.count,
            good=self.good,
            first=self.first,
            last=self.last,
            ordered=self.ordered,
            record=self.record,
            records=self.records if self.wanted is not None else (),
            resumes=(*cursor.resumes, end.resume or "")[-_RESUMES:] if more else cursor.resumes,
        )
        return PageEnd(
            cursor=following,
            end=end,
            rows=self.rows,
            keys=self.keys,
            found=self.found,
            asks=self.asks,
            absent=sum(after - first for first, after in passed) if trusted else 0,
            untold=() if trusted else passed,
            complete=complete,
            loop=more and (end.resume in cursor.resumes or reached <= at),
        )

    def _pass(self, place: int) -> None:
        """Note that the subjects before a place have no row so far."""
        self.passed.append((self.place, place))
        if not self.rows:
            self.between = place
        if place - self.place <= _NEAR_ABSENCES:
            for absent in range(self.place, place):
                kin = self.around.bereft(absent, self.subjects.keys[absent])
                if kin is not None:
                    self.absent_kin[absent] = kin
        self.place = place

    def _absences(self) -> Iterator[Holding]:
        before = () if self.cursor.record is None else (self.cursor.record,)
        for first, after in self.passed:
            # What lies between two pages is absent from both of them.
            records = (*before, *self.here) if first < self.between else self.here
            for place in range(first, after):
                kin = self.absent_kin.get(place)
                yield Holding(
                    place=place,
                    key=self.subjects.keys[place],
                    window=self.cursor.window,
                    records=records,
                    siblings=() if kin is None else tuple(kin.siblings),
                )
