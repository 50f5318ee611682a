"""What a command costs, all of its processes together."""

import resource
import subprocess
import time
from dataclasses import dataclass
from pathlib import Path

EACH = 0.2
"""Seconds between two looks at the memory."""


@dataclass(frozen=True, slots=True)
class Cost:
    """What one run of a command came to."""

    seconds: float
    cpu: float
    peak_mb: float  # of all processes together; what they share is counted once


def cost_of(command: list[str], output: Path) -> Cost:
    """Run a command to its end, its output into a file."""
    before, peak = resource.getrusage(resource.RUSAGE_CHILDREN), 0
    started = time.monotonic()
    with output.open("wb") as out:
        running = subprocess.Popen(command, stdout=out, stderr=subprocess.DEVNULL)
        while running.poll() is None:
            peak = max(peak, sum(map(_memory, _tree(running.pid))))
            time.sleep(EACH)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return Cost(time.monotonic() - started, cpu, peak / 1024)


def _tree(process: int) -> list[int]:
    found = [process]
    try:
        for task in Path(f"/proc/{process}/task").iterdir():
            for child in (task / "children").read_text().split():
                found += _tree(int(child))
    except OSError:
        pass  # it has ended meanwhile
    return found


def _memory(process: int) -> int:
    """Return kilobytes: pages that several processes share are counted in parts."""
    try:
        told = Path(f"/proc/{process}/smaps_rollup").read_text()
    except OSError:
        return 0
    return next((int(line.split()[1]) for line in told.splitlines() if line[:4] == "Pss:"), 0)
