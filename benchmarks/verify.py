"""Every verdict of a scan of the sample proved from its evidence: time, memory, what was proved.

python benchmarks/verify.py [FOLDER]
"""

import sys
import tempfile
import time
from dataclasses import replace
from pathlib import Path

import anyio

from linkcheck.scan.verify import verify_findings
from linkcheck.settings.settings import Settings

sys.path.insert(0, str(Path(__file__).parents[1]))
from benchmarks.scan import megabytes, sample_in, scanned, world


def main() -> None:
    """Scan once, then prove what came of it."""
    with tempfile.TemporaryDirectory() as place:
        folder = Path(sys.argv[1]) if len(sys.argv) > 1 else sample_in(Path(place) / "sample")
        settings = Settings()
        store = Path(place) / "store"
        scan = replace(settings.scan, store=store, contact="bench@example.org")
        recording = replace(settings.recording, folder=store / "evidence")
        live = replace(settings.live, apart=0.0, no_such_names=())
        settings = replace(settings, scan=scan, recording=recording, live=live)
        anyio.run(scanned, settings, folder, world(folder))
        before, began, cpu = megabytes(), time.monotonic(), time.process_time()
        result = verify_findings(settings)
        size = sum(file.stat().st_size for file in recording.folder.iterdir())
        proven, wrong = result.proven, len(result.wrong)
        print(
            f"verify: {time.monotonic() - began:.1f} s, {time.process_time() - cpu:.1f} s CPU,"
            f" {size / 1e6:.0f} MB of evidence; {proven:,} proven, {wrong:,} not,"
            f" {result.unrecorded.total():,} without a record;"
            f" {megabytes()} MB at most, {before} of them the scan's"
        )
        for line in (*result.faults, *result.wrong)[:20]:
            print(f"  {line}")
        for why, count in result.unrecorded.most_common(20):
            print(f"  no record, {count:,}: {why}")


if __name__ == "__main__":
    main()
