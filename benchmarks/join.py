"""The merge-join of three million index rows with 135,335 keys: memory and CPU, in a child process.

    python benchmarks/join.py [--rows 3000000] [--page-rows 5000]

The collection is the made-up one of economy.py's. Its rows are written page by page as the index
sends them, as text of a JSON array with a resume key, and no page outlives its reading; what is
timed is reading and joining, not the writing.
"""

import argparse
import json
import resource
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from datetime import UTC, datetime
from multiprocessing import get_context
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from benchmarks.made_up import Shape, gathered, stamp
from linkcheck.archives.wayback import ARCHIVE
from linkcheck.model.body import Body
from linkcheck.model.exchange import Reply
from linkcheck.model.holding import Holding
from linkcheck.model.index import IndexQuery, Scope
from linkcheck.plan.cursor import Cursor, PageEnd
from linkcheck.plan.join import join
from linkcheck.plan.subjects import Subjects

LINKS = 343_109  # of the real collection
MOST_MEMORY, MOST_CPU = 150.0, 100.0  # megabytes; microseconds a link
OWN = 3  # captures of an original
HEADER = '[["urlkey","timestamp","original","mimetype","statuscode","digest","length"]'
WHEN = datetime(2026, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True, kw_only=True)
class Figures:
    """What a join came to."""

    rows: int
    subjects: int
    found: int
    absent: int
    base: float  # megabytes before a row was read
    peak: float
    reading: float  # seconds of CPU
    together: float


def written(subjects: Subjects, rows: int) -> Iterator[str]:
    """Yield the rows of an index: three of each original, the rest of names between them."""
    keys = subjects.keys
    others = max(0, rows // len(keys) - OWN)
    for place, key in enumerate(keys):
        wanted = subjects.wants(place)[0].timestamp or "20180101000000"
        stamps = sorted({wanted, *(stamp(f"{key} {n}") for n in range(OWN - 1))})
        for one in stamps if place % 33 else ():
            yield _row(key, one)
        for n in range(others):
            # "!" sorts before whatever continues a key in another one.
            yield _row(f"{key}!{n:06}", "20190101000000")


def _row(key: str, timestamp: str) -> str:
    host, _, path = key.partition(")")
    original = f"https://{'.'.join(reversed(host.split(',')))}{path}"
    digest = f"{hash((key, timestamp)) & 0xFFFFFFFFFFFF:032}"
    return json.dumps([key, timestamp, original, "text/html", "200", digest, "12345"])


def pages(subjects: Subjects, rows: int, page_rows: int) -> Iterator[bytes]:
    """Yield the text of each page of the answer."""
    page: list[str] = []
    number = 0
    for row in written(subjects, rows):
        page.append(row)
        if len(page) == page_rows:
            number += 1
            yield ",\n".join((HEADER, *page, "[]", f'["key-{number:06}"]]')).encode()
            page = []
    yield (",\n".join((HEADER, *page)) + "]").encode()


def measure(rows: int, page_rows: int) -> Figures:
    """Join in this process and return what it took."""
    subjects = gathered(Shape())
    base = _peak()
    began = time.process_time()
    cursor = Cursor(place=0, end=len(subjects), limit=page_rows)
    reading = 0.0
    seen = found = absent = 0
    resume = None
    for page in pages(subjects, rows, page_rows):
        reply = _reply(page)
        query = IndexQuery(url="http://any/", scope=Scope.PREFIX, limit=page_rows, resume=resume)
        start = time.process_time()
        for item in join(cursor, subjects, ARCHIVE.read_index(query, reply)):
            if isinstance(item, PageEnd):
                cursor, resume = item.cursor, item.end.resume
                seen += item.rows
            elif isinstance(item, Holding):
                absent += item.absent
                found += not item.absent
        reading += time.process_time() - start
    return Figures(
        rows=seen,
        subjects=len(subjects),
        found=found,
        absent=absent,
        base=base,
        peak=_peak(),
        reading=reading,
        together=time.process_time() - began,
    )


def _reply(page: bytes) -> Reply:
    return Reply(
        url="https://web.archive.org/cdx/search/cdx",
        status=200,
        reason="OK",
        headers=((b"content-type", b"text/plain"),),
        http_version="HTTP/1.1",
        body=Body.of(page),
        asked_at=WHEN,
        first_byte_seconds=0.0,
        total_seconds=0.0,
    )


def _peak() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def main() -> None:
    """Print the figures; fail where a promise is broken."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--rows", type=int, default=3_000_000)
    parser.add_argument("--page-rows", type=int, default=5_000)
    options = parser.parse_args()
    # A fresh interpreter: what a forked one was given would count as its own.
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as pool:
        one = pool.submit(measure, options.rows, options.page_rows).result()
    print(
        f"{one.rows:,} rows joined with {one.subjects:,} keys:"
        f" {one.found:,} found, {one.absent:,} absent"
    )
    a_link = one.reading / LINKS * 1e6
    print(f"  peak memory {one.peak:6.0f} MB, of which {one.base:.0f} MB before the first row")
    print(
        f"  CPU         {one.reading:6.1f} s: {one.reading / one.rows * 1e6:.1f} us a row,"
        f" {a_link:.0f} us a link of {LINKS:,}, {one.reading / one.subjects * 1e6:.0f} us a key"
    )
    print(f"  ({one.together - one.reading:.0f} s more went into writing the rows)")
    missed = one.found + one.absent != one.subjects
    if missed or one.peak > MOST_MEMORY or a_link > MOST_CPU:
        sys.exit("a promise is broken: 150 MB, 100 us a link, every key told of")


if __name__ == "__main__":
    main()
