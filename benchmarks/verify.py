"""Every verdict of a scan of a tenth of the real shape proved from its evidence: what it takes.

python benchmarks/verify.py [--scale 0.1]
"""

import argparse
import resource
import subprocess
import sys
import tempfile
import time
from dataclasses import replace
from pathlib import Path

import anyio

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))  # run as a script

from benchmarks.scan import scanned
from benchmarks.world import World
from linkcheck.scan.verify import verify_findings
from linkcheck.settings.settings import Settings

_MOST_LINES = 20


def main() -> None:
    """Scan once, then prove what came of it."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--scale", type=float, default=0.1, help="of the real shape")
    said = parser.parse_args()
    with tempfile.TemporaryDirectory() as place:
        folder, store = Path(place) / "made", Path(place) / "store"
        shape = Path(__file__).with_name("shape.py")
        subprocess.run([sys.executable, str(shape), str(folder), str(said.scale)], check=True)
        anyio.run(scanned, folder, store, World(folder))
        settings = Settings()
        settings = replace(
            settings,
            scan=replace(settings.scan, store=store),
            recording=replace(settings.recording, folder=store / "evidence"),
        )
        before, began, cpu = megabytes(), time.monotonic(), time.process_time()
        result = verify_findings(settings)
        size = sum(file.stat().st_size for file in (store / "evidence").iterdir())
        print(
            f"verify: {time.monotonic() - began:.1f} s, {time.process_time() - cpu:.1f} s CPU,"
            f" {size / 1e6:.0f} MB of evidence; {result.proven:,} proven,"
            f" {len(result.wrong):,} not, {result.unrecorded.total():,} without a record;"
            f" {megabytes()} MB at most, {before} of them the scan's"
        )
        for line in (*result.faults, *result.wrong)[:_MOST_LINES]:
            print(f"  {line}")
        for why, count in result.unrecorded.most_common(_MOST_LINES):
            print(f"  no record, {count:,}: {why}")


def megabytes() -> int:
    """Return the most memory that was held so far."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


if __name__ == "__main__":
    main()
