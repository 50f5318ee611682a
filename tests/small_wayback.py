"""A small archive in the process that answers as the Wayback Machine does; all synthetic."""

import hashlib
from base64 import b32encode
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from urllib.parse import parse_qs, urlsplit

import anyio
import anyio.lowlevel
import msgspec

from linkcheck.archives.wayback import ARCHIVE
from linkcheck.lanes.archive import ArchiveLaneReport, run_archive
from linkcheck.lanes.keeper import ArticleText
from linkcheck.model.capture import instant
from linkcheck.model.exchange import Body, Failure, FailureKind, Purpose, Reply, Request
from linkcheck.model.link import Role, Time
from linkcheck.model.observation import ArchiveObservation, Headway, Observation
from linkcheck.model.pace import ArchivePace
from linkcheck.model.subject import Want
from linkcheck.plan.side import Side
from linkcheck.plan.subjects import Subjects, gathered
from linkcheck.settings.archive_lane import ArchiveLaneSettings
from linkcheck.settings.planning import PlanningSettings
from linkcheck.urls.urlkey import urlkey
from linkcheck.verdicts.baseline import Observation as SeenBytes
from linkcheck.verdicts.distance import distance_seconds

ROOT = "https://web.archive.org"
NOW = datetime(2026, 11, 20, 12, tzinfo=UTC)
STAMP = "20200101000000"
LATER = "20200601000000"
COLUMNS = ["urlkey", "timestamp", "original", "mimetype", "statuscode", "digest", "length"]
PAGE = b"<!doctype html><html><title>A page</title><p>Words.</html>"
JPEG = b"\xff\xd8\xff\xe0" + b"picture " * 200 + b"\xff\xd9"


def digest(body: bytes) -> str:
    return b32encode(hashlib.sha1(body, usedforsecurity=False).digest()).decode()


@dataclass(frozen=True, slots=True, kw_only=True)
class Stored:
    """One capture."""

    url: str
    timestamp: str = STAMP
    status: int = 200
    body: bytes = PAGE
    media: str = "text/html"
    location: str | None = None
    listed: bool = True
    plays: bool = True
    revisit: bool = False
    digest: str | None = None
    source: str = "MADE-UP-2020/a-00000.warc.gz"

    @property
    def row(self) -> list[str]:
        """Return the row of the index."""
        return [
            urlkey(self.url),
            self.timestamp,
            self.url,
            "warc/revisit" if self.revisit else self.media,
            "-" if self.revisit else str(self.status),
            self.digest or digest(self.body),
            "1000",
        ]


Special = Callable[[Request], Reply | Failure | None]


@dataclass(slots=True)
class SmallWayback:
    """Answer from captures; `special` may answer first."""

    captures: Iterable[Stored] = ()
    special: Special = lambda _request: None
    excluded: frozenset[str] = frozenset()  # hosts in urlkey space
    asked: list[Request] = field(default_factory=list)
    busy: dict[Purpose, int] = field(default_factory=dict)
    most_busy: dict[Purpose, int] = field(default_factory=dict)

    async def ask(self, request: Request) -> Reply | Failure:
        self.asked.append(request)
        purpose = request.purpose
        self.busy[purpose] = self.busy.get(purpose, 0) + 1
        self.most_busy[purpose] = max(self.busy[purpose], self.most_busy.get(purpose, 0))
        try:
            await anyio.lowlevel.checkpoint()
            return self.special(request) or self._answer(request)
        finally:
            self.busy[purpose] -= 1

    def urls(self, purpose: Purpose) -> list[str]:
        return [request.url for request in self.asked if request.purpose is purpose]

    def _answer(self, request: Request) -> Reply:
        return self._list(request) if request.purpose is Purpose.INDEX else self._play(request)

    def _list(self, request: Request) -> Reply:
        asked = {name: values[0] for name, values in parse_qs(urlsplit(request.url).query).items()}
        key = urlkey(asked["url"])
        host = key.partition(")")[0]
        if host in self.excluded:
            words = "org.archive.wayback.exception.AdministrativeAccessControlException: Blocked"
            error = ("x-archive-wayback-runtime-error", words)
            return reply(request.url, words.encode(), error, status=403)
        rows = sorted(
            one.row
            for one in self.captures
            if one.listed and _covers(asked["matchType"], key, urlkey(one.url))
        )
        low, high = asked.get("from", ""), asked.get("to", "9" * 14)
        rows = [row for row in rows if low <= row[1] <= high]
        start, limit = int(asked.get("resumeKey", "0")), int(asked.get("limit", "100000"))
        page: list[list[str]] = rows[start : start + limit]
        if start + limit < len(rows):
            page += [[], [str(start + limit)]]
        body = msgspec.json.encode([COLUMNS, *page] if page else [])
        return reply(request.url, body, ("content-type", "application/json"))

    def _play(self, request: Request) -> Reply:
        stamp, inner = split_playback(request.url)
        key = urlkey(inner)
        if key.partition(")")[0] in self.excluded:
            words = b"<p>This URL has been excluded from the Wayback Machine.</p>"
            return reply(request.url, words)
        known = [one for one in self.captures if urlkey(one.url) == key]
        if not known:
            return reply(request.url, b"<h2>Hrm.</h2>", status=404)
        best = min(known, key=lambda one: abs(distance_seconds(stamp, one.timestamp) or 0))
        if best.timestamp != stamp:
            why = ("x-archive-redirect-reason", f"found capture at {best.timestamp}")
            place = f"{ROOT}/web/{best.timestamp}id_/{best.url}"
            return reply(request.url, b"", ("location", place), why, status=302)
        if not best.plays:
            error = ("x-archive-wayback-runtime-error", "ResourceNotAvailableException: lost")
            return reply(request.url, b"lost", error, status=503)
        moment = instant(best.timestamp) or NOW
        headers = [
            ("memento-datetime", f"{moment:%a, %d %b %Y %H:%M:%S} GMT"),
            ("link", f'<{best.url}>; rel="original"'),
            ("x-archive-src", best.source),
            ("content-type", best.media),
        ]
        if best.location is not None:
            headers.append(("location", f"{ROOT}/web/{best.timestamp}id_/{best.location}"))
        return reply(request.url, best.body, *headers, status=best.status)


def _covers(scope: str, key: str, other: str) -> bool:
    if scope == "exact":
        return other == key
    return other.startswith(key if scope == "prefix" else key.partition(")")[0] + ")/")


def split_playback(url: str) -> tuple[str, str]:
    stamp, _, inner = url.removeprefix(f"{ROOT}/web/").partition("id_/")
    return stamp, inner


def reply(url: str, body: bytes, *headers: tuple[str, str], status: int = 200) -> Reply:
    return Reply(
        url=url,
        status=status,
        reason="",
        headers=tuple(
            (key.encode(), value.encode("utf-8", "surrogateescape")) for key, value in headers
        ),
        http_version="HTTP/1.1",
        body=Body.of(body),
        asked_at=NOW,
        first_byte_seconds=0.5,
        total_seconds=0.5,
    )


def failure(
    url: str, kind: FailureKind = FailureKind.READ_TIMEOUT, minutes: int | None = None
) -> Failure:
    return Failure(
        url=url,
        kind=kind,
        detail="made up",
        asked_at=NOW,
        total_seconds=1.0,
        sends=0 if kind is FailureKind.PAUSED else 1,
        retry_at=None if minutes is None else NOW + timedelta(minutes=minutes),
    )


@dataclass(slots=True)
class Kept:
    """Keep the last observation of each want, as a store would."""

    every: list[Observation] = field(default_factory=list)
    last: dict[tuple[str, Want], ArchiveObservation] = field(default_factory=dict)

    async def keep(self, observation: Observation) -> None:
        await anyio.lowlevel.checkpoint()
        self.every.append(observation)
        if isinstance(observation, ArchiveObservation):
            self.last[observation.key, observation.want] = observation

    def of(self, url: str, stamp: str | None = STAMP) -> ArchiveObservation:
        found = [
            one
            for (key, want), one in self.last.items()
            if key == urlkey(url) and want.timestamp == stamp
        ]
        return found[-1]

    def rule(self, url: str, stamp: str | None = STAMP) -> tuple[str, str]:
        finding = self.of(url, stamp).finding
        return finding.verdict.value, finding.rule

    @property
    def headways(self) -> list[Headway]:
        return [one for one in self.every if isinstance(one, Headway)]


@dataclass(slots=True)
class Cited:
    """What a small collection says: each key in an article of its own, unless told otherwise."""

    by: Mapping[str, Iterable[str]] = field(default_factory=dict)
    furniture: frozenset[str] = frozenset()
    texts: Mapping[str, ArticleText] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)

    def articles(self, key: str) -> frozenset[str]:
        self.asked.append(key)
        return frozenset(self.by.get(key, (f"article of {key}",)))

    def is_furniture(self, key: str) -> bool:
        return key in self.furniture

    def text(self, key: str) -> ArticleText | None:
        return self.texts.get(key)


@dataclass(slots=True)
class Past:
    """What earlier runs saw."""

    seen: Iterable[SeenBytes] = ()
    replayed: Mapping[tuple[str, str], datetime] = field(default_factory=dict)
    witnesses: Iterable[tuple[str, str]] = ()
    headways: Mapping[str, Headway] = field(default_factory=dict)
    before: Iterable[ArchiveObservation] = ()

    def seen_bytes(self, key: str, timestamp: str) -> tuple[SeenBytes, ...]:
        return tuple(one for one in self.seen if (one.urlkey, one.timestamp) == (key, timestamp))

    def replayed_at(self, key: str, timestamp: str) -> datetime | None:
        return self.replayed.get((key, timestamp))

    def sole_witnesses(self) -> Iterator[tuple[str, str]]:
        return iter(self.witnesses)

    def headway(self) -> Mapping[str, Headway]:
        return self.headways

    def begun(self) -> Iterator[ArchiveObservation]:
        return iter(self.before)


def wanted(
    *urls: str,
    stamp: str | None = STAMP,
    role: Role = Role.LINK,
    time: Time | None = Time.ASSERTED,
) -> list[Side]:
    want = Want(timestamp=stamp, role=role, time=time)
    return [Side(archive="wayback", original=url, want=want) for url in urls]


def subjects_of(*sides: Side) -> Subjects:
    return gathered(sides).get("wayback", Subjects.none())


# Forty moments of a host are worth a bulk query here, as there.
SMALL_PAGES = ArchiveLaneSettings(planning=PlanningSettings(page_rows=50))
PACE: ArchivePace = ARCHIVE.pace


async def run(
    server: SmallWayback,
    sides: Iterable[Side],
    settings: ArchiveLaneSettings | None = None,
    **doors: object,
) -> tuple[Kept, ArchiveLaneReport]:
    """Run the lane with small doors, each of which may be given."""
    kept = Kept()
    given: dict[str, object] = {
        "keeper": kept,
        "citations": Cited(),
        "history": Past(),
        "seed": "1",
        "now": NOW,
        **doors,
    }
    subjects = subjects_of(*sides)
    report = await run_archive(ARCHIVE, subjects, ask=server, settings=settings, **given)  # type: ignore[arg-type]  # doors by their names
    return kept, report
