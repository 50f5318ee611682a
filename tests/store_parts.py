"""Articles, answers and runs for the tests of the store."""

import datetime as dt
import hashlib
from collections.abc import Iterable
from pathlib import Path

from linkcheck.model.capture import Capture
from linkcheck.model.evidence import ArchiveEvidence, Listing
from linkcheck.model.link import Kind, Link, Role, Time
from linkcheck.model.live import LiveAnswer, LiveEvidence
from linkcheck.model.manifest import Beginning, Ended, Ending, Manifest
from linkcheck.model.observation import ArchiveObservation, HostObservation, LiveObservation
from linkcheck.model.run import Run
from linkcheck.model.subject import Want
from linkcheck.model.verdict import (
    ArchiveFinding,
    ArchiveVerdict,
    LiveFinding,
    LiveVerdict,
    Proof,
    ProofKind,
)
from linkcheck.store import Footprint, Prepared, Store, Writer, prepare
from linkcheck.urls.urlkey import urlkey
from tests.made import made_link, unsupported

NOW = dt.datetime(2026, 11, 2, 3, 0, 0, 123_456, tzinfo=dt.UTC)
DAY = dt.timedelta(days=1)
WEEK = dt.timedelta(days=7)
STAMP = "20210629000000"
PAGE = "https://www.example.org/a"

_A, _L = ArchiveVerdict, LiveVerdict


def archived(path: str, original: str, role: Role = Role.LINK, line: int = 9) -> Link:
    return made_link(original, path, line, role=role, stamp=STAMP, column=3)


def live(path: str, original: str, role: Role = Role.LINK, line: int = 10) -> Link:
    return made_link(original, path, line, role=role)


def local(path: str) -> Link:
    return unsupported("../x.md", path, 20, kind=Kind.LOCAL)


def article(path: str, links: Iterable[Link], content: str | None = None) -> Prepared:
    footprint = Footprint(
        name=path,
        size=len(content or path),
        mtime_ns=1_000,
        sha256=hashlib.sha256((content or path).encode()).hexdigest(),
        title=f"Title of {path}",
        published=dt.date(2020, 5, 1),
    )
    return prepare(footprint, tuple(links), "wayback")


def page(path: str = "a.md", original: str = PAGE) -> Prepared:
    return article(
        path,
        (
            archived(path, original, Role.URL, 2),
            live(path, original, Role.ORIGINAL_URL, 3),
        ),
    )


def opened(folder: Path) -> Store:
    return Store.open(folder / ".linkcheck", extraction="1")


def begin(store: Store, name: str = "one", now: dt.datetime = NOW) -> Writer:
    beginning = Beginning(
        versions=(("linkcheck", "0.1"),), rules="r1", configuration="{}", vantage="{}"
    )
    return store.begin(Run(id=name, started_at=now, seed=1), beginning)


def end(writer: Writer, now: dt.datetime = NOW, ended: Ended = Ended.COMPLETE) -> Manifest:
    return writer.end(Ending(ended=ended, ended_at=now))


def want_of(role: Role = Role.URL) -> Want:
    return Want(timestamp=STAMP, role=role, time=Time.ASSERTED, published=dt.date(2020, 5, 1))


def archive_seen(
    verdict: ArchiveVerdict = _A.CAPTURED,
    now: dt.datetime = NOW,
    original: str = PAGE,
    role: Role = Role.URL,
    **fields: object,
) -> ArchiveObservation:
    good = verdict is _A.CAPTURED
    row = Capture(urlkey=urlkey(original), timestamp=STAMP, original=original, status=200)
    evidence = ArchiveEvidence(
        archive="wayback",
        original=original,
        timestamp=STAMP,
        role=role,
        time=Time.ASSERTED,
        published=dt.datetime(2020, 5, 1, tzinfo=dt.UTC),
        seen_at=now,
        listing=Listing.LISTED if good else Listing.EMPTY,
        row=row if good else None,
        reason="" if verdict is not _A.UNKNOWN else "timed out",
    )
    known = {
        "verdict": verdict,
        "rule": "asked-time" if good else f"rule-{verdict}",
        "proof": Proof(kind=ProofKind.LISTED) if good else None,
        "capture_timestamp": STAMP if good else None,
        "captured_url": original if good else None,
        "distance_seconds": 0 if good else None,
        "reason": evidence.reason,
    }
    finding = ArchiveFinding(**{**known, **fields})  # type: ignore[arg-type]  # fields as tests name them
    return ArchiveObservation(
        key=urlkey(original), want=want_of(role), evidence=evidence, finding=finding
    )


def live_seen(
    verdict: LiveVerdict = _L.ALIVE, now: dt.datetime = NOW, original: str = PAGE
) -> LiveObservation:
    answer = LiveAnswer(
        asked=original,
        method="GET",
        at=now,
        status=200 if verdict is _L.ALIVE else 404,
        body_sha256=hashlib.sha256(str(now).encode()).hexdigest(),
        record=f"<urn:uuid:{now:%Y%m%d%H%M%S}>",
    )
    return LiveObservation(
        evidence=LiveEvidence(original=original, seen_at=now, answers=(answer,)),
        finding=LiveFinding(
            verdict=verdict,
            rule=f"rule-{verdict}",
            reason="timed out" if verdict is _L.UNKNOWN else "",
        ),
    )


def host_seen(
    verdict: LiveVerdict | None = _L.HOST_GONE,
    now: dt.datetime = NOW,
    host: str = "https://www.example.org",
) -> HostObservation:
    finding = None if verdict is None else LiveFinding(verdict=verdict, rule=f"rule-{verdict}")
    return HostObservation(
        host=host,
        evidence=LiveEvidence(original=f"{host}/", seen_at=now, reason=str(verdict)),
        finding=finding,
    )
