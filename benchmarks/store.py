"""What the store costs at the real size: loading links, keeping answers, giving findings.

The collection is made up in the real one's shape: 49,118 articles, 343,109 links, 135,335
originals, four of five on one dead host. `--articles N` takes another size.
"""

import argparse
import datetime as dt
import hashlib
import resource
import tempfile
import time
from collections.abc import Iterable, Iterator
from pathlib import Path

from linkcheck.model.capture import Capture
from linkcheck.model.evidence import ArchiveEvidence, Listing
from linkcheck.model.link import Kind, Link, Role, Time
from linkcheck.model.live import LiveAnswer, LiveEvidence
from linkcheck.model.manifest import Beginning, Ended, Ending
from linkcheck.model.observation import ArchiveObservation, HostObservation, LiveObservation
from linkcheck.model.run import Run
from linkcheck.model.subject import Want
from linkcheck.model.verdict import (
    ArchiveFinding,
    ArchiveVerdict,
    LiveFinding,
    LiveMethod,
    LiveVerdict,
    Proof,
    ProofKind,
)
from linkcheck.store import Footprint, Prepared, Store, Writer, prepare

FULL = 49_118
NOW = dt.datetime(2026, 11, 2, 3, 0, tzinfo=dt.UTC)
"""A Monday."""

DEAD = "https://www.hkcnews.com"


def link(path: str, line: int, role: Role, original: str, stamp: str | None) -> Link:
    """Make one link as a real article has it."""
    archived = stamp is not None
    return Link(
        article=path,
        line=line,
        column=7,
        role=role,
        raw=f"https://web.archive.org/web/{stamp}im_/{original}" if archived else original,
        original=original,
        archive="wayback" if archived else None,
        timestamp=stamp,
        modifier="im_" if archived else None,
        kind=Kind.ARCHIVED if archived else Kind.LIVE,
        reason=None,
        time=None if not archived else (Time.ASSERTED if role is Role.URL else Time.INHERITED),
        repairs=(),
    )


def name(number: int) -> str:
    """Return an article's path; a walk meets them in this order."""
    return f"{number // 500:03}/article_{number:05}.md"


def article(number: int, total: int = FULL) -> Prepared:
    """Make one article: seven links, as they have on average."""
    path = name(number)
    moment = dt.datetime(2019, 1, 1, tzinfo=dt.UTC) + dt.timedelta(minutes=number * 37)
    stamp = f"{moment:%Y%m%d%H%M%S}"
    page = f"{DEAD}/article/{number}/%E6%96%B0%E8%81%9E-{number * 7919}/title-of-some-length"
    links = [
        link(path, 2, Role.URL, page, stamp),
        link(path, 3, Role.ORIGINAL_URL, page, None),
        link(path, 20, Role.LINK, f"{DEAD}/aboutus/#subscribe", stamp),
    ]
    for place in range(3):
        # Every figure stands in two articles.
        which = (number * 3 + place) % max(total * 3 // 2, 1)
        figure = f"{DEAD}/uploads/2019/photo-20190612131835_{which:x}_large.jpg"
        links.append(link(path, 30 + place, Role.IMAGE, figure, stamp))
    if number % 100 < 98:
        elsewhere = f"https://site{number % 3000}.example/page/{number // 2}"
        links.append(link(path, 40, Role.LINK, elsewhere, stamp if number % 2 else None))
    footprint = Footprint(
        name=path,
        size=6_600,
        mtime_ns=number * 1_000_000_000,
        sha256=hashlib.sha256(path.encode()).hexdigest(),
        title=f"Article {number}",
        published=moment.date(),
    )
    return prepare(footprint, links, "wayback")


def archive_answer(
    key: str, original: str, want: Want, now: dt.datetime, change: int = 0
) -> ArchiveObservation:
    """Make what an index says of one want; another `change` is another capture."""
    stamp = f"{2018 + change % 8}0105030405"
    digest = hashlib.sha1(f"{key}{change}".encode()).hexdigest()[:32].upper()  # noqa: S324 looks like one
    row = Capture(
        urlkey=key,
        timestamp=stamp,
        original=original,
        media_type="image/jpeg",
        status=200,
        digest=digest,
        length=23_456,
    )
    bad = change % 5 == 4
    evidence = ArchiveEvidence(
        archive="wayback",
        original=original,
        timestamp=want.timestamp,
        role=want.role,
        time=want.time,
        published=None
        if want.published is None
        else dt.datetime.combine(want.published, dt.time(), dt.UTC),
        seen_at=now,
        listing=Listing.EMPTY if bad else Listing.NEARBY,
        row=None if bad else row,
        before=None if bad else row,
    )
    finding = (
        ArchiveFinding(verdict=ArchiveVerdict.MISSING, rule="index-empty")
        if bad
        else ArchiveFinding(
            verdict=ArchiveVerdict.CAPTURED,
            rule="write-once-name",
            proof=Proof(kind=ProofKind.LISTED),
            capture_timestamp=stamp,
            captured_url=original,
            likeness="exact",
            distance_seconds=-15_278_094,
        )
    )
    return ArchiveObservation(key=key, want=want, evidence=evidence, finding=finding)


def live_answer(original: str, now: dt.datetime, change: int = 0) -> LiveObservation:
    """Make what the live web says of one original: other bytes each time."""
    gone = change % 2 == 1
    answer = LiveAnswer(
        asked=original,
        method="GET",
        at=now,
        status=404 if gone else 200,
        final_url=original,
        media_type="text/html",
        title="A page",
        body_sha256=hashlib.sha256(f"{original}{now}".encode()).hexdigest(),
        body_size=45_678,
        record=f"<urn:uuid:{hashlib.md5(f'{original}{now}'.encode()).hexdigest()}>",  # noqa: S324 looks like one
    )
    finding = LiveFinding(
        verdict=LiveVerdict.GONE if gone else LiveVerdict.ALIVE, rule="status-404" if gone else "ok"
    )
    return LiveObservation(
        evidence=LiveEvidence(original=original, seen_at=now, answers=(answer,)), finding=finding
    )


def dead_host(now: dt.datetime) -> HostObservation:
    """Make what the dead host came to."""
    return HostObservation(
        host=DEAD,
        evidence=LiveEvidence(original=DEAD + "/", seen_at=now, reason="no such name"),
        finding=LiveFinding(
            verdict=LiveVerdict.HOST_GONE, rule="no-such-name", method=LiveMethod.HOST
        ),
    )


def answers(store: Store, now: dt.datetime) -> Iterator[ArchiveObservation | LiveObservation]:
    """Answer everything that is due as a first scan would."""
    for subjects in store.due_archive(now).values():
        for subject in subjects:
            for want in subject.wants:
                yield archive_answer(subject.key, subject.original, want, now)
    for original in store.due_live(now):
        yield live_answer(original.original, now)


def begin(store: Store, run: str, now: dt.datetime) -> Writer:
    """Begin a run."""
    beginning = Beginning(versions=(("linkcheck", "0"),), rules="bench", configuration="{}")
    return store.begin(Run(id=run, started_at=now, seed=1), beginning)


def measured(what: str, started: float, count: int, unit: str) -> None:
    """Print one line of the result: seconds of this process, which other work does not lengthen."""
    seconds = time.process_time() - started
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    rate = f"{count / seconds:>10,.0f}/s" if count else ""
    print(f"{what:34} {seconds:7.2f} s {count:>9,} {unit:12} {rate}  peak {peak} MB", flush=True)


def main() -> None:
    """Measure one size."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--articles", type=int, default=FULL)
    parser.add_argument("--batch", type=int, default=1_000)
    count, batch = parser.parse_args().articles, parser.parse_args().batch
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder) / ".linkcheck"
        first_scan(place, count, batch)
        second_scan(place, count)
        size = sum(file.stat().st_size for file in place.iterdir())
        print(f"{'store':34} {size / 1e6:7.1f} MB")


def first_scan(place: Path, count: int, batch: int) -> None:
    """Load, ask what is due, keep the answers."""
    with Store.open(place, extraction="bench") as store:
        writer = begin(store, "first", NOW)
        started = time.process_time()
        keyed = spent = links = 0.0
        for numbers in batched_range(count, 256):
            before = time.process_time()
            part = [article(number, count) for number in numbers]
            keyed += time.process_time() - before
            before = time.process_time()
            writer.put(part)
            spent += time.process_time() - before
            links += sum(len(one.links) for one in part)
        measured("load, put alone", time.process_time() - spent, int(links), "links")
        measured("load, with making and keys", started, int(links), "links")
        started = time.process_time()
        wants = sum(
            len(subject.wants) for all_ in store.due_archive(NOW).values() for subject in all_
        )
        measured("due, archive", started, wants, "wants")
        started = time.process_time()
        measured("due, live", started, sum(1 for _ in store.due_live(NOW)), "originals")
        writer.commit([dead_host(NOW)])
        kept, spent = 0, 0.0
        for part in chunked(answers(store, NOW), batch):
            before = time.process_time()
            writer.commit(part)
            spent += time.process_time() - before
            kept += len(part)
        measured(f"commit by {batch}", time.process_time() - spent, kept, "answers")
        started = time.process_time()
        manifest = writer.end(Ending(ended=Ended.COMPLETE, ended_at=NOW))
        measured("end", started, manifest.ending.completeness.total, "accounted for")


def second_scan(place: Path, count: int) -> None:
    """Scan again with nothing changed and everything fresh; then report."""
    now = NOW + dt.timedelta(hours=1)
    started = time.process_time()
    with Store.open(place, extraction="bench") as store:
        writer = begin(store, "second", now)
        known = sum(writer.is_known(name(n), 6_600, n * 1_000_000_000) for n in range(count))
        writer.sweep([""])
        due = sum(len(all_) for all_ in store.due_archive(now).values())
        due += sum(1 for _ in store.due_live(now))
        writer.end(Ending(ended=Ended.COMPLETE, ended_at=now))
        measured("second scan, all fresh", started, known, f"known, {due} due")
    with Store.read(place) as store:
        started = time.process_time()
        found = sum(len(one.links) for one in store.findings())
        measured("findings", started, found, "links")
        started = time.process_time()
        changed = sum(1 for _ in store.changes(store.run("first")))
        measured("changes since the first", started, changed, "changes")


def chunked(
    items: Iterable[ArchiveObservation | LiveObservation], size: int
) -> Iterator[list[ArchiveObservation | LiveObservation]]:
    """Yield lists of so many."""
    waiting = iter(items)
    while part := [one for _, one in zip(range(size), waiting, strict=False)]:
        yield part


def batched_range(count: int, size: int) -> Iterator[range]:
    """Yield so many numbers at a time."""
    for first in range(0, count, size):
        yield range(first, min(first + size, count))


if __name__ == "__main__":
    main()
