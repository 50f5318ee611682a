"""A whole scan of the real shape against an archive and a web in this process: time and memory.

    python benchmarks/scan.py [--scale 0.1] [--folder FOLDER] [--changed 10 100] [--profile FILE]

What is left out is politeness and the network; everything else is there: reading, planning, both
lanes, every layer of the door but the engine, judging, the store, the evidence (as WARC) and the
summary. Each run has a process of its own, as a user's has: the first one, a second where nothing
is due, and others after some articles were changed: such as lie together, and such as are spread
over the collection. What those cost is told as many times the second one.
"""

import argparse
import json
import os
import random
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from threading import Thread
from typing import Any

import anyio

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

RUNS = ("first", "second", "changed")
CHANGED = (10, 100, 1_000)


def main() -> None:
    """Make a collection, and scan it three times."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--scale", type=float, default=1.0, help="of the real shape")
    parser.add_argument("--folder", type=Path, help="keep the made-up collection here")
    parser.add_argument("--store", type=Path, help="keep the store here")
    parser.add_argument("--changed", type=int, nargs="*", default=CHANGED, help="articles")
    parser.add_argument("--processes", type=int, help="as --threads of the command")
    parser.add_argument("--profile", type=Path, help="write the main thread's profile here")
    parser.add_argument("--run", choices=RUNS, help="only this one, in this process")
    said = parser.parse_args()
    if said.run:
        scan(said.folder, said.store, said.profile, said.processes)
        return
    with tempfile.TemporaryDirectory() as place:
        folder = said.folder or Path(place) / "made"
        store = said.store or Path(place) / "store"
        if not (folder / "index.offsets").exists():
            shape = Path(__file__).with_name("shape.py")
            subprocess.run([sys.executable, str(shape), str(folder), str(said.scale)], check=True)
        more = [] if said.processes is None else ["--processes", str(said.processes)]
        measure("first", "first", folder, store, more)
        second = measure("second", "second", folder, store, more)
        for count in said.changed:
            for how, choose in (("together", together), ("spread", spread)):
                change(folder, count, choose)
                took = measure(f"{count} changed, {how}", "changed", folder, store, more)
                print(f"  {took / second:.2f} times the second", flush=True)


def measure(title: str, name: str, folder: Path, store: Path, more: list[str]) -> float:
    """Scan in a process of its own, say what it took, and return how long."""
    command = [sys.executable, __file__, "--run", name, "--folder", folder, "--store", store]
    command += more
    before, began = resource.getrusage(resource.RUSAGE_CHILDREN), time.monotonic()
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    watch = Watch(process.pid)
    watch.start()
    said = process.communicate()[0]
    wall = time.monotonic() - began
    if process.returncode:
        sys.exit(f"{title}: ended with {process.returncode}")
    told = json.loads(said.splitlines()[-1])
    print("\n".join(said.splitlines()[:-1]))
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    size = sum(one.stat().st_size for one in (store / "evidence").glob("*"))
    print(
        f"{title}: {wall:.1f} s, {cpu:.1f} s CPU in all processes,"
        f" {told['world']:.1f} of them the made-up world; {told['requests']:,} requests"
        f" {told['purposes']}, {told['ended']}; memory at most {told['peak']} MB"
        f" in its own process, {watch.others >> 20} MB in any other, {watch.most >> 20} MB in all;"
        f" store {(store / 'state.db').stat().st_size >> 20} MB, evidence {size >> 20} MB",
        flush=True,
    )
    return wall


class Watch(Thread):
    """Look now and then how much memory a process and its children hold."""

    def __init__(self, process: int) -> None:
        super().__init__(daemon=True)
        self.most = 0  # all of them together; what they share is counted once
        self.others = 0  # the largest of the children
        self._process = process

    def run(self) -> None:
        """Look until it has ended."""
        while (held := dict(_held(self._process))).get(self._process):
            self.most = max(self.most, sum(held.values()))
            del held[self._process]
            self.others = max(self.others, *held.values(), 0)
            time.sleep(1.0)  # a look takes some milliseconds of whoever is looked at


def _held(process: int) -> Iterator[tuple[int, int]]:
    try:
        held = Path(f"/proc/{process}/smaps_rollup").read_text(encoding="ascii")
        threads = [one.name for one in Path(f"/proc/{process}/task").iterdir()]
        children = [
            int(child)
            for thread in threads
            for child in Path(f"/proc/{process}/task/{thread}/children").read_text().split()
        ]
    except OSError:
        return  # it has ended meanwhile
    yield process, int(held.partition("\nPss:")[2].split()[0]) << 10
    for child in children:
        yield from _held(child)


def together(places: list[Path], count: int) -> list[Path]:
    """Choose articles that lie one beside the other."""
    first = random.Random(count).randrange(max(len(places) - count, 0) + 1)  # noqa: S311 - the same again
    return places[first : first + count]


def spread(places: list[Path], count: int) -> list[Path]:
    """Choose articles from all over the collection."""
    return random.Random(count).sample(places, min(count, len(places)))  # noqa: S311 - as above


def change(folder: Path, count: int, choose: Callable[[list[Path], int], list[Path]]) -> None:
    """Give some articles another sentence, and a link of their own."""
    stamp = time.time_ns()
    for number, place in enumerate(choose(sorted((folder / "articles").rglob("*.md")), count)):
        link = f"[new](https://s0001.example/new/{stamp}-{number})"
        place.write_text(f"{place.read_text()}\nchanged {link}\n")
        old = time.time() - 60  # longer ago than a file's clock is coarse
        os.utime(place, (old, old))


def scan(folder: Path, store: Path, profile: Path | None, processes: int | None) -> None:
    """Scan in this process, and say what only it knows as JSON."""
    from benchmarks.world import World  # noqa: PLC0415 only the process that scans needs it
    from linkcheck.scan.rubbish import one_heap  # noqa: PLC0415 the same

    one_heap()  # as the command does
    made = World(folder)
    if profile is not None:
        import cProfile  # noqa: PLC0415 seldom wanted

        with cProfile.Profile() as running:
            outcome = anyio.run(scanned, folder, store, made, processes)
        running.dump_stats(profile)
    else:
        outcome = anyio.run(scanned, folder, store, made, processes)
    print(
        json.dumps(
            {
                "world": made.cpu,
                "requests": made.asked.total(),
                "purposes": dict(made.asked),
                "ended": outcome.ended,
                "peak": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss >> 10,
            }
        )
    )


async def scanned(folder: Path, store: Path, made: Any, processes: int | None) -> Any:
    """Scan once through every layer but the engine, nothing held back."""
    from benchmarks.hurry import in_a_hurry  # noqa: PLC0415 the same
    from linkcheck.scan.assembly import assemble  # noqa: PLC0415
    from linkcheck.scan.corridor import run_scan  # noqa: PLC0415
    from linkcheck.scan.progress import Progress  # noqa: PLC0415
    from linkcheck.scan.recent import summed_up  # noqa: PLC0415
    from linkcheck.settings.settings import Settings  # noqa: PLC0415

    settings = Settings()
    settings = replace(
        settings,
        scan=replace(settings.scan, store=store, contact="bench@example.org"),
        recording=replace(settings.recording, folder=store / "evidence"),
        live=replace(settings.live, apart=0.0),
        retry=replace(settings.retry, first_wait=0.0),
        pace=replace(settings.pace, host=replace(settings.pace.host, interval=0.0)),
    )
    job = assemble(settings, [str(folder / "articles")], folder, processes=processes)
    with in_a_hurry(folder, made):
        outcome = await run_scan(job, Progress())
    for standing, count in summed_up(job, outcome).standings:
        print(f"  {standing:28} {count.originals:8,} {count.occurrences:8,}")
    return outcome


if __name__ == "__main__":
    main()
