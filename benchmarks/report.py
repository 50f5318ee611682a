"""Write the HTML report of a collection of the real size, twice: `make bench BENCH=report`.

Says seconds, processor seconds, memory and size; `REPORT_ARTICLES=5000` makes it smaller.
"""

import os
import resource
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

import msgspec

from linkcheck.model.finding import ArticleFindings
from linkcheck.reports.html import write_report
from tests.findings import findings, manifest

ARTICLES = int(os.environ.get("REPORT_ARTICLES", "49118"))
LINKS = 7  # 343,109 of 49,118 articles
POOL = 400  # articles that are made; the rest are these under other names


def collection() -> Iterator[ArticleFindings]:
    """Yield as many articles as the real collection has, decoded afresh as a store would."""
    pool = [msgspec.json.encode(found) for found in findings(POOL, links=LINKS)]
    decoder = msgspec.json.Decoder(ArticleFindings)
    for number in range(ARTICLES):
        found = decoder.decode(pool[number % POOL])
        name = f"{number // 500:03}/{number:05}-文章.md"
        yield msgspec.structs.replace(
            found, article=name, title=f"{found.title} · {number}", links=tuple(_own(found, number))
        )


def _own(found: ArticleFindings, number: int) -> Iterator[object]:
    """Give links addresses of their own, about as many as the real collection has."""
    own = number % 3 == 0
    for finding in found.links:
        link = finding.link
        if own and link.original is not None and not finding.furniture:
            link = msgspec.structs.replace(link, original=f"{link.original}?{number}")
        yield msgspec.structs.replace(finding, link=link)


def main() -> None:
    """Write it, and write it again."""
    started = time.perf_counter(), time.process_time()
    count = sum(len(found.links) for found in collection())
    made = time.perf_counter() - started[0], time.process_time() - started[1]
    print(f"{ARTICLES:,} articles, {count:,} links; making them: {made[0]:.1f} s, not taken off")
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder) / "report"
        for name in ("first time", "unchanged"):
            started = time.perf_counter(), time.process_time()
            written = write_report(root, collection(), manifest())
            wall = time.perf_counter() - started[0]
            busy = time.process_time() - started[1]
            print(f"{name}: {wall:.1f} s, {busy:.1f} s of processor, {written}")
        sizes = [path.stat().st_size for path in root.rglob("*") if path.is_file()]
        first = (root / "index.html").stat().st_size
        search = sum(path.stat().st_size for path in (root / "search").iterdir())
        print(f"{len(sizes):,} files, {sum(sizes) / 1e6:.0f} MB; first page {first / 1e3:.0f} kB")
        print(f"index for searching: {search / 1e6:.0f} MB")
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"peak memory: {peak:.0f} MB")


if __name__ == "__main__":
    main()
