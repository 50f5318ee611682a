"""Extraction beside lychee: wall time, CPU and memory on 49,120 real articles, in one run.

The corpus is the shared sample ten times over. lychee lists URLs; `linkcheck links` lists them
with role, line, column and what each resolves to. Runs are interleaved; medians and spread said.
"""

import argparse
import os
import resource
import shutil
import statistics
import subprocess
import sys
import tarfile
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[1]
SAMPLE = Path(
    os.environ.get("SAMPLE_ARCHIVE", ROOT.parent / "shared" / "corpus" / "hkcnews-sample.tar.xz")
)
BIN = Path(sys.executable).parent


@dataclass(frozen=True, slots=True)
class Run:
    """What one run of a command cost."""

    seconds: float
    cpu_seconds: float
    peak_mb: float  # of the largest single process
    lines: int


def measured(command: list[str], output: Path) -> Run:
    """Run a command in a child of its own, so that its children's peak is known apart."""
    before = time.monotonic()
    child = os.fork()
    if child == 0:
        with output.open("wb") as out, Path(os.devnull).open("wb") as null:
            subprocess.run(command, stdout=out, stderr=null, check=False)
        used = resource.getrusage(resource.RUSAGE_CHILDREN)
        output.with_suffix(".cost").write_text(
            f"{used.ru_utime + used.ru_stime} {used.ru_maxrss / 1024}"
        )
        os._exit(0)
    os.waitpid(child, 0)
    seconds = time.monotonic() - before
    cpu, peak = map(float, output.with_suffix(".cost").read_text().split())
    with output.open("rb") as out:
        lines = sum(block.count(b"\n") for block in iter(lambda: out.read(1 << 20), b""))
    return Run(seconds, cpu, peak, lines)


def commands(corpus: Path) -> dict[str, list[str]]:
    """Return what is compared, under the names it has in the table."""
    linkcheck = [str(BIN / "linkcheck"), "links", str(corpus), "-f", "ndjson", "-q"]
    lychee = [str(BIN / "lychee"), "--dump", "--no-progress"]
    return {
        "lychee --dump": [*lychee, "--base-url", "https://web.archive.org", str(corpus)],
        "linkcheck, 2 processes": [*linkcheck, "-T", "2"],
        "linkcheck, 1 process": [*linkcheck, "-T", "1"],
    }


def corpus_in(folder: Path, copies: int) -> Path:
    """Unpack the sample so many times."""
    if not SAMPLE.is_file():
        sys.exit(f"the shared sample is absent: {SAMPLE.name} (SAMPLE_ARCHIVE names it)")
    with tarfile.open(SAMPLE) as archive:
        archive.extractall(folder, filter="data")
    corpus = folder / "corpus"
    for copy in range(copies):
        shutil.copytree(folder / "articles", corpus / str(copy))
    return corpus


def main() -> None:
    """Print one table."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--copies", type=int, default=10)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        corpus = corpus_in(folder, options.copies)
        runs: dict[str, list[Run]] = {}
        for command in commands(corpus).values():
            measured(command, folder / "warm")  # fills the page cache; not counted
        for _ in range(options.rounds):
            for title, command in commands(corpus).items():
                runs.setdefault(title, []).append(measured(command, folder / "out"))
        report(runs, articles=sum(1 for _ in corpus.rglob("*.md")))


def report(runs: dict[str, list[Run]], articles: int) -> None:
    """Print medians with their spread, and the ratio to lychee round by round."""
    lychee = runs["lychee --dump"]
    print(f"{articles:,} articles, {len(lychee)} rounds, {len(os.sched_getaffinity(0))} cores\n")
    print(f"{'':24}{'seconds':>20}{'CPU s':>8}{'peak MB':>9}{'lines':>10}{'of lychee':>20}")
    for title, found in runs.items():
        ratios = [run.seconds / other.seconds for run, other in zip(found, lychee, strict=True)]
        print(
            f"{title:24}{spread([run.seconds for run in found]):>20}"
            f"{statistics.median(run.cpu_seconds for run in found):8.1f}"
            f"{max(run.peak_mb for run in found):9.0f}{found[0].lines:10,}{spread(ratios):>20}"
        )
    single = statistics.median(run.seconds for run in runs["linkcheck, 1 process"])
    print(f"\ncost of an article, 1 process: {single / articles * 1e6:.0f} microseconds")


def spread(values: list[float]) -> str:
    """Return the median and, in brackets, the least and the most."""
    return f"{statistics.median(values):.2f} ({min(values):.2f}-{max(values):.2f})"


if __name__ == "__main__":
    main()
