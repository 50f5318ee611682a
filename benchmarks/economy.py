"""What a scan of the real size asks of an archive, without network or clock: requests and hours.

    python benchmarks/economy.py [--scale 0.1] [--page-rows 5000]

A made-up collection of the real shape (135,335 originals of 49,118 articles, four fifths on one
host, three giants whose rows never end) and an index made up as it is asked, both from hashes. A
plain loop drives plan and join, and counts; latencies and limits are the archive's declared ones.
"""

import argparse
import heapq
import time
import zlib
from bisect import bisect_left
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass, field

from linkcheck.archives.wayback import ARCHIVE
from linkcheck.model.batch import Method
from linkcheck.model.capture import Capture
from linkcheck.model.holding import Holding
from linkcheck.model.index import IndexEnd, IndexQuery, IndexState, Scope
from linkcheck.model.link import Role, Time
from linkcheck.model.subject import Want
from linkcheck.plan.batches import batches, singly
from linkcheck.plan.cursor import PageEnd
from linkcheck.plan.forecast import Forecast, forecast
from linkcheck.plan.join import join
from linkcheck.plan.prices import Prices, prices
from linkcheck.plan.pursuit import Pursuit, advance, begin
from linkcheck.plan.shares import Shares
from linkcheck.plan.side import Side
from linkcheck.plan.spelling import host_of
from linkcheck.plan.subjects import Gathering, Subjects
from linkcheck.settings.judging import JudgingSettings
from linkcheck.settings.planning import PlanningSettings
from linkcheck.urls.urlkey import urlkey
from linkcheck.verdicts.listing import choose

ARTICLES, ORIGINALS, BIG_SHARE, HOSTS, GIANTS = 49_118, 135_335, 0.80, 3_415, 3
CITED = 226_243  # different archived URLs of the real collection
HOT_ROWS = 20_000  # captures of the big host's front page
GIANT_GAP = 20_000  # rows of a giant between two of the originals that are wanted
GAPS = (0, 0, 3, 3, 30, 30, 300, 3_000)  # the same of other hosts, by hash
MISSING, ERRORS = 3, 3  # of a hundred
NEAREST_ONLY = {Role.IMAGE: 40, Role.LINK: 25}  # of a hundred: no capture of the asked second
INDEX_LATENCY, PLAYBACK_LATENCY = (2.0, 9.0), (0.4, 1.8)
MOMENTS = (1, 1, 1, 2, 2, 2, 3, 3, 5, 7)  # at which an image of the big host is cited, by hash
LAST = "\U0010ffff"


def draw(text: str, sides: int) -> int:
    """Throw a die that always falls the same way for a text."""
    return zlib.crc32(text.encode()) * 2_654_435_761 % (1 << 32) * sides >> 32


def stamp(text: str) -> str:
    """Return a moment of 2017 to 2022."""
    n = draw(text, 5 * 365 * 86_400)
    year, day = 2017 + n // (365 * 86_400), n // 86_400 % 365
    second = n % 86_400
    clock = f"{second // 3600:02}{second // 60 % 60:02}{second % 60:02}"
    return f"{year}{1 + day // 31:02}{1 + day % 28:02}{clock}"


@dataclass(frozen=True, slots=True)
class Shape:
    """How large the made-up collection is."""

    scale: float = 1.0
    big: float = 1.0  # so many times the articles of the big host

    def sides(self) -> Iterator[Side]:
        """Yield what the collection wants of the archive."""
        articles = round(ARTICLES * self.scale * self.big)
        images = round((ORIGINALS * BIG_SHARE - ARTICLES) * self.scale * self.big)
        yield _side("https://www.big.com/", Role.LINK, 1)
        for n in range(articles):
            yield _side(f"https://www.big.com/article/{n:06}/slug-{n:06}", Role.LINK, 1)
        for n in range(images):
            url = f"https://www.big.com/uploads/{2016 + n % 6}/{1 + n % 12:02}/f-{n:06}_large.jpg"
            for moment in range(MOMENTS[draw(url, len(MOMENTS))]):
                yield _side(url, Role.IMAGE, moment + 1)
        yield from self._others()

    def _others(self) -> Iterator[Side]:
        half = round(ORIGINALS * (1 - BIG_SHARE) / 2 * self.scale)
        for n in range(half):
            place = f"giant{n % GIANTS}.com/" + ("embed/", "watch?v=", "p/posts/")[n % 7 % 3]
            yield _side(f"https://www.{place}{n:06}x", Role.LINK, 1)
        small = round((HOSTS - GIANTS - 1) * min(1.0, self.scale))
        harmonic = sum(1 / (rank + 1) for rank in range(small))
        counts = [max(1, round((half - small * 0.55) / harmonic / (n + 1))) for n in range(small)]
        counts[0] += half - sum(counts)
        for rank, count in enumerate(counts):
            for n in range(count):
                role = Role.IMAGE if draw(f"{rank} {n}", 10) == 0 else Role.LINK
                tail = f"{n:05}/x.jpg" if role is Role.IMAGE else f"{n:05}/x"
                yield _side(f"https://s{rank:04}.org/{n % 3}/{tail}", role, 1)


def _side(url: str, role: Role, moment: int) -> Side:
    timestamp = stamp(f"{url} {moment}")
    return Side(
        archive="wayback",
        original=url,
        want=Want(timestamp=timestamp, role=role, time=Time.INHERITED),
    )


def truth(key: str, want: Want) -> tuple[Capture, ...]:
    """Return all that the archive holds of a key: its first want says what kind it is."""
    fate = draw(f"fate {key}", 100)
    if key == "com,big)/":
        return tuple(
            _row(
                key,
                f"{2016 + n // 3400}{1 + n // 300 % 12:02}{1 + n // 11 % 28:02}"
                f"{n % 11 + 10}{n % 60:02}00",
                200,
            )
            for n in range(HOT_ROWS)
        )
    if fate < MISSING:
        return ()
    status = 404 if fate < MISSING + ERRORS else 200
    count = 1 + draw(f"count {key}", 5)
    stamps = {stamp(f"{key} capture {n}") for n in range(count)}
    if draw(f"nearest {key}", 100) >= NEAREST_ONLY[want.role] and want.timestamp is not None:
        stamps = {want.timestamp, *sorted(stamps)[1:]}
    return tuple(_row(key, one, status) for one in sorted(stamps))


def _row(key: str, timestamp: str, status: int) -> Capture:
    return Capture(
        urlkey=key,
        timestamp=timestamp,
        original=key,
        media_type="image/jpeg" if key.endswith(".jpg") else "text/html",
        status=status,
        digest=f"{zlib.crc32(f'{key} {timestamp}'.encode()):032}",
    )


@dataclass(slots=True)
class Index:
    """An index of rows that are made up when they are asked for."""

    subjects: Subjects

    def page(self, query: IndexQuery, prefix: str) -> Iterator[Capture | IndexEnd]:
        """Yield one page: for each wanted key the rows of others before it, then its own."""
        keys, exact = self.subjects.keys, query.scope is Scope.EXACT
        first, end = bisect_left(keys, prefix), bisect_left(keys, prefix + LAST)
        if exact:
            end = first + 1
        place, offset = (int(part) for part in (query.resume or f"{first}:0").split(":"))
        count, limit, at = 0, query.limit or 1 << 60, ("", "")
        while place < end:
            for row in self._slot(keys[place], place, offset, alone=exact):
                if count == limit:
                    resume = f"{place}:{offset}"
                    yield IndexEnd(state=IndexState.MORE, resume=resume, rows=count, last=at)
                    return
                at = row.urlkey, row.timestamp
                count, offset = count + 1, offset + 1
                yield row
            place, offset = place + 1, 0
        empty = count == 0 and query.resume is None
        yield IndexEnd(state=IndexState.EMPTY if empty else IndexState.WHOLE, rows=count)

    def _slot(self, key: str, place: int, offset: int, *, alone: bool) -> Iterator[Capture]:
        host = host_of(key)
        gap = GAPS[draw(f"gap {host}", len(GAPS))]
        gap = GIANT_GAP if "giant" in host else 1 if host == "com,big" else gap
        gap = 0 if alone else gap
        for n in range(offset, gap):
            yield _row(f"{key[:-1]}!{n:06}", "20190101000000", 200)
        yield from truth(key, self.subjects.wants(place)[0])[max(0, offset - gap) :]


@dataclass(slots=True)
class Outcome:
    """What a scan cost, and whether all of it is true."""

    index_requests: int = 0
    playback_requests: int = 0
    confirmations: int = 0
    seconds: float = 0.0
    wrong: int = 0
    moments: int = 0
    decided: set[int] = field(default_factory=set)

    @property
    def requests(self) -> int:
        """Return all requests on the wire."""
        return self.index_requests + self.playback_requests


@dataclass(slots=True)
class Scan:
    """Drive plan and join as a lane would, in made-up time."""

    subjects: Subjects
    costs: Prices
    settings: PlanningSettings
    index: Index
    outcome: Outcome = field(default_factory=Outcome)
    waiting: deque[Pursuit] = field(default_factory=deque)
    playbacks: int = 0  # requests that wait
    judging: JudgingSettings = field(default_factory=JudgingSettings)
    shares: Shares = field(default_factory=Shares)
    learned: dict[str, float] = field(default_factory=dict)  # rows a subject, host by host

    def run(self) -> Outcome:
        """Ask for everything: the longest queue first, four at a time, budgets kept."""
        for batch in batches(self.subjects, self.costs, page_rows=self.settings.page_rows):
            if batch.method is Method.INDEX:
                self.waiting.append(begin(batch))
            else:
                self._singly(batch.first, batch.end)
        self.playbacks += self.settings.sample
        now, turns = 0.0, [0.0, 0.0]
        busy: list[tuple[float, int, Pursuit | None]] = []
        while self.waiting or self.playbacks or busy:
            start = max(now, min(self._turns(turns), default=0.0))
            if (
                len(busy) == self.costs.connections
                or not (self.waiting or self.playbacks)
                or (busy and busy[0][0] <= start)
            ):
                now, _, pursuit = heapq.heappop(busy)
                if pursuit is not None:
                    self._page(pursuit)
                continue
            now = start
            heapq.heappush(busy, self._send(now, turns))
        self.outcome.seconds = now
        return self.outcome

    def _turns(self, turns: list[float]) -> list[float]:
        return [turns[n] for n, queue in enumerate((self.waiting, self.playbacks)) if queue]

    def _send(self, now: float, turns: list[float]) -> tuple[float, int, Pursuit | None]:
        outcome, number = self.outcome, self.outcome.requests
        longer = len(self.waiting) * self.costs.index > self.playbacks or not self.playbacks
        if self.waiting and turns[0] <= now and (longer or turns[1] > now):
            turns[0] = now + 60 / 24
            outcome.index_requests += 1
            return now + _latency(number, INDEX_LATENCY), number, self.waiting.popleft()
        turns[1] = now + 1 / 8
        self.playbacks -= 1
        outcome.playback_requests += 1
        return now + _latency(number, PLAYBACK_LATENCY), number, None

    def _page(self, pursuit: Pursuit) -> None:
        keys, query = self.subjects.keys, pursuit.query
        prefix = urlkey(query.url) if query.scope is not Scope.HOST else f"{_host(query)})/"
        for item in join(pursuit.cursor, self.subjects, self.index.page(query, prefix)):
            if isinstance(item, Holding):
                self._hold(item, keys[item.place])
            else:
                self._move(pursuit, item)

    def _move(self, pursuit: Pursuit, page: PageEnd) -> None:
        move = advance(pursuit, page, self.subjects, self.costs, self.settings)
        self.learned[host_of(self.subjects.keys[pursuit.cursor.end - 1])] = move.course.rows_each
        if move.pursuit is not None:
            self.waiting.appendleft(move.pursuit)
        for first, end in move.singles:
            self._singly(first, end)

    def _hold(self, holding: Holding, key: str) -> None:
        wants = self.subjects.wants(holding.place)
        rows = truth(key, wants[0])
        self._decide(holding.place)
        if holding.absent:
            self.playbacks += 1
            self.outcome.confirmations += 1
            self.outcome.wrong += bool(rows)
            return
        self.shares.add(holding)
        for want in wants:
            self.outcome.moments += 1
            seen = choose(want.timestamp, holding.rows, self.judging)
            self.outcome.wrong += seen != choose(want.timestamp, rows, self.judging)

    def _singly(self, first: int, end: int) -> None:
        for batch in singly(self.subjects, first, end, self.costs, self.settings.page_rows):
            if batch.method is Method.INDEX:
                self.waiting.append(begin(batch))
                continue
            for place in range(batch.first, batch.end):
                self._decide(place)
                wants = self.subjects.wants(place)
                stamps = {row.timestamp for row in truth(self.subjects.keys[place], wants[0])}
                for want in wants:
                    self.outcome.moments += 1
                    # The archive sends to its nearest capture: one more request.
                    self.playbacks += 2 if stamps and want.timestamp not in stamps else 1

    def _decide(self, place: int) -> None:
        self.outcome.wrong += place in self.outcome.decided
        self.outcome.decided.add(place)


def _host(query: IndexQuery) -> str:
    return host_of(urlkey(query.url))


def _latency(number: int, within: tuple[float, float]) -> float:
    low, high = within
    return low + (high - low) * draw(f"latency {number}", 10_000) / 10_000


def gathered(shape: Shape) -> Subjects:
    """Return the subjects of a made-up collection."""
    gathering = Gathering()
    for side in shape.sides():
        gathering.add(side)
    return gathering.subjects()["wayback"]


def scan(shape: Shape, settings: PlanningSettings) -> tuple[Outcome, Forecast, Forecast]:
    """Return what a scan costs, what was forecast, and what will be for the next one."""
    subjects = gathered(shape)
    costs = prices(ARCHIVE.pace, settings)
    planned = batches(subjects, costs, page_rows=settings.page_rows)
    run = Scan(subjects, costs, settings, Index(subjects))
    outcome = run.run()
    if len(outcome.decided) != len(subjects):
        raise AssertionError(f"{len(subjects) - len(outcome.decided)} subjects were forgotten")
    rows = run.learned
    again = batches(subjects, costs, page_rows=settings.page_rows, rows=rows)
    return (
        outcome,
        forecast(planned, costs, settings),
        forecast(again, costs, settings, rows),
    )


def main() -> None:
    """Print a scan of the real size, its like with twice the articles, and the two plain ways."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--scale", type=float, default=1.0)
    parser.add_argument("--page-rows", type=int, default=PlanningSettings().page_rows)
    options = parser.parse_args()
    settings = PlanningSettings(page_rows=options.page_rows)
    costs = prices(ARCHIVE.pace, settings)
    print(
        f"an index request costs {costs.index:.1f} playbacks of time ({costs.declared:.0f} by the"
        f" budgets); pages of {settings.page_rows:,} rows; sample of {settings.sample}\n"
    )
    print(f"{'':44}{'index':>9}{'playback':>10}{'requests':>10}{'hours':>8}{'wrong':>7}")
    found = []
    for title, big in (("planned", 1.0), ("planned, the big host's articles twice", 2.0)):
        began = time.process_time()
        outcome, expected, later = scan(Shape(options.scale, big), settings)
        found.append(outcome)
        _line(
            title,
            outcome.index_requests,
            outcome.playback_requests,
            outcome.seconds,
            str(outcome.wrong),
        )
        _line("  of these, absences confirmed", 0, outcome.confirmations, 0)
        for when, told in (("first", expected), ("next", later)):
            run = f"  forecast of the {when} run"
            _line(run, told.index_requests, told.playback_requests, told.seconds)
        print(
            f"  {len(outcome.decided):,} originals, {outcome.moments:,} moments,"
            f" {time.process_time() - began:.0f} s of CPU with the made-up index"
        )
    links = round(CITED * options.scale)
    originals = round(ORIGINALS * options.scale)
    _line("one playback for each cited URL", 0, links, costs.seconds(0, links))
    _line("one exact index query for each original", originals, 0, costs.seconds(originals, 0))
    once, twice = found
    growth = twice.requests / once.requests - 1
    asking = (twice.requests - twice.confirmations) / (once.requests - once.confirmations) - 1
    better = min(costs.seconds(0, links), costs.seconds(originals, 0))
    print(
        f"\ntwice the articles: {growth:+.1%} requests, {asking:+.1%} without confirmations;"
        f" {better / once.seconds:.1f} times faster than the better plain way"
    )


def _line(title: str, index: int, playback: int, seconds: float, wrong: str = "") -> None:
    print(
        f"{title:44}{index:9,}{playback:10,}{index + playback:10,}{seconds / 3600:8.2f}{wrong:>7}",
        flush=True,
    )


if __name__ == "__main__":
    main()
