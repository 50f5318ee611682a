"""The text witness on pages made from the shared sample: what it says of each kind, and its speed.

    python benchmarks/witness.py [--each 1000]

Wrong is an `agrees` for a page that is not the article's, and a `disagrees` for one that is.
"""

import argparse
import os
import statistics
import sys
import tarfile
import tempfile
import time
from collections import Counter
from pathlib import Path

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))

from linkcheck.model.evidence import Text  # noqa: E402 the tests' pairs are found from here
from linkcheck.readers.markdown import READER  # noqa: E402
from linkcheck.witness.compare import compare  # noqa: E402
from tests.witness_pairs import Pair, Story, daily, pairs, rendered, story  # noqa: E402

SAMPLE = Path(
    os.environ.get("SAMPLE_ARCHIVE", ROOT.parent / "shared" / "corpus" / "hkcnews-sample.tar.xz")
)


def stories() -> list[Story]:
    """Read the sample."""
    if not SAMPLE.is_file():
        sys.exit(f"the shared sample is absent: {SAMPLE.name} (SAMPLE_ARCHIVE names it)")
    with tempfile.TemporaryDirectory() as name:
        with tarfile.open(SAMPLE) as archive:
            archive.extractall(name, filter="data")
        files = sorted(Path(name).rglob("*.md"))
        return [story(READER.read(file.read_bytes(), file.name)) for file in files]


def main() -> None:
    """Print one table."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--each", type=int, default=1000)
    parser.add_argument("--seed", default="benchmark")
    parser.add_argument("--show", action="store_true", help="print what is wrong")
    options = parser.parse_args()
    told = stories()
    counts: dict[str, Counter[str]] = {}
    scores: dict[str, list[float]] = {}
    seconds: list[float] = []
    sizes: list[int] = []
    for pair in pairs(told, options.each, options.seed):
        before = time.process_time()
        reading = compare(pair.article, pair.page, pair.media_type)
        seconds.append(time.process_time() - before)
        sizes.append(len(pair.page))
        verdict = grade(pair, reading.text)
        counts.setdefault(pair.kind, Counter()).update((reading.text, verdict))
        if reading.score is not None:
            scores.setdefault(pair.kind, []).append(reading.score)
        if options.show and verdict != "right":
            print(pair.kind, pair.article.title, reading)
    print(f"{len(told):,} articles, {len(seconds):,} pairs\n")
    heads = ("agrees", "disagrees", "undecided", "right", "open", "WRONG")
    print(f"{'':22}" + "".join(f"{head:>11}" for head in heads) + "   score 1%  50%  99%")
    for kind, count in counts.items():
        row = "".join(f"{count[head]:11,}" for head in heads)
        print(f"{kind:22}{row}   {spread(scores.get(kind, []))}")
    print(usual(told))
    print(
        f"\nCPU time of a comparison: median {statistics.median(seconds) * 1e3:.1f} ms,"
        f" 99% {sorted(seconds)[len(seconds) * 99 // 100] * 1e3:.1f} ms,"
        f" of a page of {statistics.median(sizes) / 1024:.0f} kB (largest {max(sizes) >> 10} kB)"
    )


def usual(told: list[Story]) -> str:
    """Measure a page of the usual size: of what it weighs, most is not the article."""
    drawn = sorted(told, key=lambda one: one.length)[len(told) // 2]
    others = told[:130]
    line = "window.config = [1, 2, 3];"
    scripts = f"<script>{line * 40}</script>\n" * 25
    page = daily(drawn.title, rendered(drawn.paragraphs) + scripts, others).encode()
    times = []
    for _ in range(50):
        before = time.process_time()
        compare(drawn.said, page)
        times.append(time.process_time() - before)
    middle, least = statistics.median(times) * 1e3, min(times) * 1e3
    return (
        f"\na usual page, {len(page) >> 10} kB with {page.count(b'<'):,} tags, and an article of"
        f" {drawn.length:,} letters: CPU median {middle:.1f} ms, least {least:.1f} ms"
    )


def grade(pair: Pair, text: Text) -> str:
    """Say whether an answer is right, wrong, or leaves open what could be known."""
    if text in pair.right:
        return "right"
    return "open" if text is Text.UNDECIDED else "WRONG"


def spread(values: list[float]) -> str:
    """Return the first, middle and last hundredth."""
    if not values:
        return ""
    values = sorted(values)
    first, middle, last = (
        values[min(len(values) - 1, len(values) * at // 100)] for at in (1, 50, 99)
    )
    return f"{first:7.2f} {middle:5.2f} {last:5.2f}"


if __name__ == "__main__":
    main()
