"""A made-up collection of the real shape and an archive made up as it is asked, all from hashes.

135,335 originals of 49,118 articles, four fifths on one host, three giants whose rows never end.
The archive answers as web.archive.org does and holds its clients to its limits.
"""

import hashlib
import time
import zlib
from base64 import b32encode
from bisect import bisect_left
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from itertools import islice
from urllib.parse import parse_qs, urlsplit

import anyio
import msgspec

from linkcheck.model.capture import Capture, instant
from linkcheck.model.exchange import Body, Failure, Purpose, Reply, Request
from linkcheck.model.index import IndexEnd, IndexQuery, IndexState, Scope
from linkcheck.model.link import Role, Time
from linkcheck.model.subject import Subject, Want
from linkcheck.model.verdict import ArchiveVerdict
from linkcheck.plan.side import Side
from linkcheck.plan.spelling import host_of
from linkcheck.plan.subjects import Gathering, Subjects
from linkcheck.settings.judging import JudgingSettings
from linkcheck.urls.urlkey import urlkey
from linkcheck.verdicts.distance import distance_seconds

ARTICLES, ORIGINALS, BIG_SHARE, HOSTS, GIANTS = 49_118, 135_335, 0.80, 3_415, 3
CITED = 226_243  # different archived URLs of the real collection
HOT_ROWS = 20_000  # captures of the big host's front page
GIANT_GAP = 20_000  # rows of a giant between two of the originals that are wanted
GAPS = (0, 0, 3, 3, 30, 30, 300, 3_000)  # the same of other hosts, by hash
MISSING, ERRORS = 3, 3  # of a hundred
NEAREST_ONLY = {Role.IMAGE: 40, Role.LINK: 25}  # of a hundred: no capture of the asked second
INDEX_LATENCY, PLAYBACK_LATENCY = (2.0, 9.0), (0.4, 1.8)
LIMITS = {Purpose.INDEX: 30, Purpose.PLAYBACK: 600}  # requests a minute: beyond is a 429
MOMENTS = (1, 1, 1, 2, 2, 2, 3, 3, 5, 7)  # at which an image of the big host is cited, by hash
LAST = "\U0010ffff"
ROOT = "https://web.archive.org"
BORN = datetime(2026, 3, 1, tzinfo=UTC)
BIG = "com,big)/"
_columns = ("urlkey", "timestamp", "original", "mimetype", "statuscode", "digest", "length")


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
    figures: float = 1.0  # so many times its pictures

    def sides(self) -> Iterator[Side]:
        """Yield what the collection wants of the archive."""
        articles = round(ARTICLES * self.scale * self.big)
        images = round((ORIGINALS * BIG_SHARE - ARTICLES) * self.scale * self.figures)
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


def gathered(shape: Shape) -> Subjects:
    """Return the subjects of a made-up collection."""
    gathering = Gathering()
    for side in shape.sides():
        gathering.add(side)
    return gathering.subjects()["wayback"]


def stamps(key: str, want: Want) -> tuple[str, ...]:
    """Return the moments at which a key was captured: its first want says what kind it is."""
    if key == BIG:
        return tuple(
            f"{2016 + n // 3400}{1 + n // 300 % 12:02}{1 + n // 11 % 28:02}"
            f"{n % 11 + 10}{n % 60:02}00"
            for n in range(HOT_ROWS)
        )
    if draw(f"fate {key}", 100) < MISSING:
        return ()
    count = 1 + draw(f"count {key}", 5)
    found = {stamp(f"{key} capture {n}") for n in range(count)}
    if draw(f"nearest {key}", 100) >= NEAREST_ONLY[want.role] and want.timestamp is not None:
        found = {want.timestamp, *sorted(found)[1:]}
    return tuple(sorted(found))


def status_of(key: str) -> int:
    """Return the status that all captures of a key have."""
    return 404 if MISSING <= draw(f"fate {key}", 100) < MISSING + ERRORS and key != BIG else 200


def content(key: str, timestamp: str) -> bytes:
    """Return the stored bytes of a capture."""
    told = f"{key} {timestamp}".encode()
    if key.endswith(".jpg"):
        return b"\xff\xd8\xff\xe0" + told * 20 + b"\xff\xd9"
    return b"<!doctype html><title>" + told + b"</title>"


class Holdings:
    """What an archive holds of a made-up collection; of another one it is told otherwise."""

    def stamps(self, key: str, wants: tuple[Want, ...]) -> tuple[str, ...]:
        """Return the moments at which a key was captured."""
        return stamps(key, wants[0])

    def status_of(self, key: str) -> int:
        """Return the status that all captures of a key have."""
        return status_of(key)

    def content(self, key: str, timestamp: str) -> tuple[str, bytes]:
        """Return the type and the stored bytes of a capture."""
        media = "image/jpeg" if key.endswith(".jpg") else "text/html"
        return media, content(key, timestamp)

    def strangers(self, key: str) -> tuple[str, int]:
        """Return how many captures nobody wants stand beside a key's, and how they begin."""
        host = host_of(key)
        gap = GAPS[draw(f"gap {host}", len(GAPS))]
        gap = GIANT_GAP if "giant" in host else 1 if host == "com,big" else gap
        return f"{key[:-1]}!", gap

    def truth(self, subjects: Subjects, place: int) -> Iterator[Capture]:
        """Yield all that the archive holds of a subject."""
        key, subject = subjects.keys[place], subjects[place]
        for timestamp in self.stamps(key, subject.wants):
            media, stored = self.content(key, timestamp)
            digest = hashlib.sha1(stored, usedforsecurity=False).digest()
            yield Capture(
                urlkey=key,
                timestamp=timestamp,
                original=subject.original,
                media_type=media,
                status=self.status_of(key),
                digest=b32encode(digest).decode(),
            )


def verdict(subject: Subject, want: Want) -> ArchiveVerdict:
    """Return the true verdict on a want, by the generator alone."""
    key = subject.key
    known = stamps(key, subject.wants[0])
    if not known:
        return ArchiveVerdict.MISSING
    if status_of(key) != 200:
        return ArchiveVerdict.HOLLOW
    away = min(abs(distance_seconds(want.timestamp, one) or 0) for one in known)
    margin = JudgingSettings().inherited_margin.total_seconds()
    return ArchiveVerdict.CAPTURED if away <= margin else ArchiveVerdict.DRIFTED


@dataclass(slots=True)
class Index:
    """An index of rows that are made up when they are asked for."""

    subjects: Subjects
    holdings: Holdings

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
                if not _within(row.timestamp, query):
                    offset += 1
                    continue
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
        beginning, gap = self.holdings.strangers(key)
        gap = 0 if alone else gap
        own = self.holdings.truth(self.subjects, place)
        if beginning < key:
            yield from (_stranger(f"{beginning}{n:06}") for n in range(offset, gap))
            yield from islice(own, max(0, offset - gap), None)
        else:
            rows = tuple(own)
            yield from rows[offset:]
            first = max(0, offset - len(rows))
            yield from (_stranger(f"{beginning}{n:06}") for n in range(first, gap))


def _within(timestamp: str, query: IndexQuery) -> bool:
    return (query.start or "") <= timestamp <= (query.end or LAST)


def _stranger(key: str) -> Capture:
    return Capture(
        urlkey=key,
        timestamp="20190101000000",
        original=f"http://{key}",
        media_type="text/html",
        status=200,
        digest=f"{zlib.crc32(key.encode()):032}",
    )


@dataclass(slots=True)
class MadeUpArchive:
    """Answer as web.archive.org does, in the time that it takes, within the limits that it has."""

    subjects: Subjects
    holdings: Holdings = field(default_factory=Holdings)
    index: Index = field(init=False)
    times: dict[Purpose, deque[float]] = field(default_factory=dict)
    counts: dict[Purpose, int] = field(default_factory=dict)
    throttled: int = 0
    busy: int = 0
    most_busy: int = 0
    ended: float = 0.0
    cpu: float = 0.0  # seconds that making it all up took
    _last: tuple[str, Reply] | None = None

    def __post_init__(self) -> None:
        self.index = Index(self.subjects, self.holdings)

    async def ask(self, request: Request) -> Reply | Failure:
        """Answer one request, after a while."""
        began = time.process_time()
        purpose = request.purpose
        self.counts[purpose] = self.counts.get(purpose, 0) + 1
        self.busy += 1
        self.most_busy = max(self.most_busy, self.busy)
        try:
            if not self._room(purpose):
                self.throttled += 1
                return _reply(request.url, b"", status=429)
            low, high = INDEX_LATENCY if purpose is Purpose.INDEX else PLAYBACK_LATENCY
            seconds = low + (high - low) * draw(request.url, 10_000) / 10_000
            reply = self._play(request) if purpose is Purpose.PLAYBACK else self._list(request)
            self.cpu += time.process_time() - began
            await anyio.sleep(seconds)
            self.ended = anyio.current_time()
            return reply
        finally:
            self.busy -= 1

    def _room(self, purpose: Purpose) -> bool:
        now, recent = anyio.current_time(), self.times.setdefault(purpose, deque())
        while recent and now - recent[0] > 60:
            recent.popleft()
        recent.append(now)
        return len(recent) <= LIMITS[purpose]

    def _list(self, request: Request) -> Reply:
        asked = {name: values[0] for name, values in parse_qs(urlsplit(request.url).query).items()}
        scope = Scope(asked["matchType"])
        query = IndexQuery(
            url=asked["url"],
            scope=scope,
            start=asked.get("from"),
            end=asked.get("to"),
            limit=int(asked["limit"]) if "limit" in asked else None,
            resume=asked.get("resumeKey"),
        )
        key = urlkey(query.url)
        rows: list[object] = []
        for item in self.index.page(query, f"{host_of(key)})/" if scope is Scope.HOST else key):
            if isinstance(item, Capture):
                fields = (item.urlkey, item.timestamp, item.original, item.media_type)
                rows.append((*fields, str(item.status), item.digest, "1000"))
            elif item.resume is not None:
                rows += [[], [item.resume]]
        body = msgspec.json.encode([_columns, *rows] if rows else [])
        return _reply(request.url, body, ("content-type", "application/json"))

    def _play(self, request: Request) -> Reply:
        path = request.url.removeprefix(f"{ROOT}/web/")
        asked, dated, inner = path.partition("id_/")
        if not dated:  # without a moment the latest is meant
            asked, inner = "", path
        key = urlkey(inner)
        place = self.subjects.place_of(key)
        known = () if place is None else self.holdings.stamps(key, self.subjects.wants(place))
        if not known:
            return _reply(request.url, b"<h2>Hrm.</h2>", status=404)
        nearest = (
            min(known, key=lambda one: abs(distance_seconds(asked, one) or 0))
            if asked
            else known[-1]
        )
        if nearest != asked:
            location = f"{ROOT}/web/{nearest}{'id_' if asked else ''}/{inner}"
            why = ("x-archive-redirect-reason", f"found capture at {nearest}")
            return _reply(request.url, b"", ("location", location), why, status=302)
        moment = instant(asked) or BORN
        media, stored = self.holdings.content(key, asked)
        return _reply(
            request.url,
            stored,
            ("memento-datetime", f"{moment:%a, %d %b %Y %H:%M:%S} GMT"),
            ("link", f'<{inner}>; rel="original"'),
            ("x-archive-src", "MADE-UP-2019/a-00000.warc.gz"),
            ("content-type", media),
            status=self.holdings.status_of(key),
        )


def _reply(url: str, body: bytes, *headers: tuple[str, str], status: int = 200) -> Reply:
    return Reply(
        url=url,
        status=status,
        reason="",
        headers=tuple((name.encode(), value.encode()) for name, value in headers),
        http_version="HTTP/1.1",
        body=Body.of(body),
        asked_at=BORN,
        first_byte_seconds=0.5,
        total_seconds=0.5,
    )
