"""Reports of a collection of the real size, from its store: `make bench BENCH=report`.

The command as a user gives it: the pages, the pages again with nothing changed, and the formats of
rows; seconds, processor seconds, memory of all processes, size. Beside it lychee's one JSON of the
same number of links. `REPORT_ARTICLES=5000` makes it smaller, `REPORT_STORE=folder` keeps the
store for the next time.
"""

import json
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from benchmarks.cost import Cost, cost_of
from benchmarks.findings import fill
from benchmarks.links import SAMPLE, corpus_in
from linkcheck.store import Store

ARTICLES = int(os.environ.get("REPORT_ARTICLES", "49118"))
ROOT, BIN = Path(__file__).parents[1], Path(sys.executable).parent
BROWSER = ROOT / ".venv-browser" / "node_modules"
FORMATS = ("ndjson", "csv", "json", "junit", "markdown")


def main() -> None:
    """Write every report, and print a line of each."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        place = Path(os.environ.get("REPORT_STORE", folder / "store"))
        if not (place / "state.db").exists():
            fill(place, ARTICLES)
        with Store.read(place) as store:
            links = store.counts()["link"]
        print(f"{ARTICLES:,} articles, {links:,} links, {len(os.sched_getaffinity(0))} cores\n")
        print(f"{'':28}{'seconds':>9}{'CPU s':>8}{'links/s':>10}{'peak MB':>9}{'MB':>8}")
        pages(place, folder, links)
        for form in FORMATS:
            out = folder / form
            cost = cost_of(_report(place, form), out)
            line(form, cost, links, out.stat().st_size)
            out.unlink()
        lychee(folder)


def pages(place: Path, folder: Path, links: int) -> None:
    """Write the pages, write them again, and look at the first."""
    root = folder / "report"
    command = [*_report(place, "html"), "-o", str(root)]
    for title in ("html", "html, nothing changed"):
        cost = cost_of(command, folder / "said")
        sizes = [path.stat().st_size for path in root.rglob("*") if path.is_file()]
        line(title, cost, links, sum(sizes))
    print(f"  {(folder / 'said').read_text().strip().partition(': ')[2]}, {len(sizes):,} files")
    first = (root / "index.html").stat().st_size
    search = sum(path.stat().st_size for path in (root / "search").iterdir())
    print(f"  first page {first / 1e3:.0f} kB, index for searching {search / 1e6:.0f} MB")
    painted(root)
    shutil.rmtree(root)


def painted(root: Path) -> None:
    """Open the first page and a list in Chromium, and say when something was to be seen."""
    chromium, node = shutil.which("chromium"), shutil.which("node")
    if chromium is None or node is None or not (BROWSER / "playwright-core").is_dir():
        print("  first paint: not measured (needs chromium, node and `make browser`)")
        return
    script = ROOT / "tests" / "browser" / "paint.mjs"
    command = [node, str(script), str(BROWSER), chromium, str(root), "index.html"]
    done = subprocess.run(command, capture_output=True, check=True)
    times = sorted(json.loads(done.stdout)["index.html"])
    middle = times[len(times) // 2]
    print(
        f"  first page painted after {middle:.0f} ms ({times[0]:.0f}-{times[-1]:.0f}) in Chromium"
    )


def lychee(folder: Path) -> None:
    """Let lychee say what it has of the shared sample, ten times over, in its one JSON."""
    program = BIN / "lychee"
    if not program.exists() or not SAMPLE.is_file():
        print("lychee --offline -f json: 204 MB, 841 MB of memory (2026-11; not run here)")
        return
    corpus, out = corpus_in(folder / "sample", 10), folder / "lychee.json"
    base = ["--base-url", "https://web.archive.org"]
    flags = ["--offline", "--no-progress", "--format", "json", *base, "-o", str(out)]
    cost = cost_of([str(program), *flags, str(corpus)], folder / "said")
    with out.open("rb") as file:
        total = json.load(file)["total"]
    line("lychee --offline, json", cost, total, out.stat().st_size)


def line(title: str, cost: Cost, links: int, size: int) -> None:
    """Print what one report came to."""
    rate = links / cost.seconds
    print(
        f"{title:28}{cost.seconds:9.1f}{cost.cpu:8.1f}{rate:10,.0f}"
        f"{cost.peak_mb:9.0f}{size / 1e6:8.0f}",
        flush=True,
    )


def _report(place: Path, form: str) -> list[str]:
    return [str(BIN / "linkcheck"), "report", "--store", str(place), "-f", form]


if __name__ == "__main__":
    main()
