"""Checks a second through the door, side by side with lychee and plain httpx in one run.

    python benchmarks/engine.py [--quick]

Each client asks HEAD of distinct URLs on 32 loopback hosts. Loopback shares its cores with the
server: read the ratios.
"""

import argparse
import json
import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Awaitable, Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import anyio
import httpx
from loopback import loopback

from linkcheck.model.clock import utc_now
from linkcheck.model.exchange import Asker, Purpose, Reply, Request
from linkcheck.model.run import Run
from linkcheck.net.door import open_door
from linkcheck.net.evidence import Evidence
from linkcheck.settings.door import DoorSettings
from linkcheck.settings.network import Network
from linkcheck.settings.pace import WIDE_OPEN
from linkcheck.settings.recording import Durability, Recording

LYCHEE = Path(sys.executable).with_name("lychee")
DOOR = DoorSettings(network=Network(allow_private=True), pace=WIDE_OPEN)
GOALS = {(0, 128): 0.20, (50, 128): 0.80, (200, 512): 0.80}
PLAIN_SHARE = 10  # plain httpx gets a tenth of the URLs: it would take minutes


@dataclass(frozen=True, slots=True, kw_only=True)
class Cost:
    """What one client did in one run."""

    checks: int
    failures: int
    seconds: float
    cpu: float
    megabytes: float

    @property
    def rate(self) -> float:
        """Return checks a second."""
        return self.checks / self.seconds

    @property
    def microseconds(self) -> float:
        """Return CPU time per check."""
        return 1e6 * self.cpu / self.checks


async def spread(urls: list[str], workers: int, ask: Callable[[str], Awaitable[bool]]) -> int:
    """Ask every URL, so many at once; return how many failed."""
    failures = 0
    left = iter(urls)

    async def work() -> None:
        nonlocal failures
        for url in left:
            failures += not await ask(url)

    async with anyio.create_task_group() as group:
        for _ in range(workers):
            group.start_soon(work)
    return failures


async def ask_door(urls: list[str], workers: int) -> int:
    """Ask through the whole door: guard, pace set wide open, retry, redirects."""
    async with open_door(DOOR) as door:
        return await spread_over(door, urls, workers)


async def ask_and_record(urls: list[str], workers: int) -> int:
    """Ask the same, and keep every exchange as evidence."""
    with tempfile.TemporaryDirectory() as folder:
        recording = Recording(file=Path(folder) / "bench.warc", durability=Durability.NEVER)
        evidence = Evidence(recording, Run(id="bench", started_at=utc_now(), seed=0))
        async with open_door(DOOR, evidence=evidence) as door:
            failures = await spread_over(door, urls, workers)
        await evidence.aclose()
        return failures


async def spread_over(door: Asker, urls: list[str], workers: int) -> int:
    """Ask every URL through a door; return how many failed."""

    async def ask(url: str) -> bool:
        answer = await door.ask(Request(url=url, method="HEAD", purpose=Purpose.PROBE))
        return isinstance(answer, Reply)

    return await spread(urls, workers, ask)


async def ask_httpx(urls: list[str], workers: int) -> int:
    """Ask with a plain `httpx.AsyncClient` that may open as many connections."""
    limits = httpx.Limits(max_connections=workers, max_keepalive_connections=workers)
    async with httpx.AsyncClient(limits=limits, timeout=30) as client:

        async def ask(url: str) -> bool:
            try:
                await client.head(url)
            except httpx.HTTPError:
                return False
            return True

        return await spread(urls, workers, ask)


CLIENTS = {
    "door": ask_door,
    "door, recording": ask_and_record,
    "door, uvloop": ask_door,
    "door, trio": ask_door,
    "httpx": ask_httpx,
}


def run_here(client: str, urls: list[str], workers: int) -> Cost:
    """Run one of our clients in this process."""
    backend = "trio" if client.endswith("trio") else "asyncio"
    options = {"use_uvloop": True} if client.endswith("uvloop") else {}
    started, cpu = time.perf_counter(), time.process_time()
    failures = anyio.run(CLIENTS[client], urls, workers, backend=backend, backend_options=options)
    return Cost(
        checks=len(urls),
        failures=failures,
        seconds=time.perf_counter() - started,
        cpu=time.process_time() - cpu,
        megabytes=resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
    )


def run_apart(client: str, path: Path, workers: int) -> Cost:
    """Run one of our clients in a process of its own."""
    command = [sys.executable, __file__, "--client", client, "--urls", path, "--workers", workers]
    done = subprocess.run(list(map(str, command)), check=True, capture_output=True, text=True)
    return Cost(**json.loads(done.stdout))


def run_lychee(path: Path, checks: int, workers: int) -> Cost:
    """Run lychee with every limit of its own taken off."""
    command = [
        LYCHEE, "--no-progress", "-X", "head", "--max-retries", "0",
        "--max-concurrency", workers, "--host-concurrency", workers,
        "--host-request-interval", "0s", "--format", "json", path,
    ]  # fmt: skip
    started = time.perf_counter()
    with subprocess.Popen(list(map(str, command)), stdout=subprocess.PIPE) as child:
        out = child.stdout.read() if child.stdout else b""
        _, _, usage = os.wait4(child.pid, 0)
        child.returncode = 0
    found = json.loads(out)
    return Cost(
        checks=checks,
        failures=checks - found["successful"],
        seconds=time.perf_counter() - started,
        cpu=usage.ru_utime + usage.ru_stime,
        megabytes=usage.ru_maxrss / 1024,
    )


def measure(milliseconds: int, workers: int, checks: int, rounds: int) -> Iterator[str]:
    """Run all clients in turn, several times; yield the lines of a table."""
    runs: dict[str, list[Cost]] = {}
    with loopback(milliseconds / 1000) as hosts, tempfile.TemporaryDirectory() as folder:
        urls = [f"{hosts[n % len(hosts)]}/page/{n}" for n in range(checks)]
        whole, share = Path(folder) / "urls.md", Path(folder) / "share.md"
        whole.write_text("\n".join(urls))
        share.write_text("\n".join(urls[: checks // PLAIN_SHARE]))
        for _ in range(rounds):
            runs.setdefault("lychee", []).append(run_lychee(whole, checks, workers))
            for client in CLIENTS:
                path = share if client == "httpx" else whole
                runs.setdefault(client, []).append(run_apart(client, path, workers))
    yield f"\n{milliseconds} ms latency, {workers} at once, {checks} URLs, median of {rounds}"
    yield f"{'':17}{'checks/s':>9}{'of lychee':>11}{'CPU us':>8}{'MB':>6}{'failed':>8}"
    for client, those in runs.items():
        rates = [run.rate for run in those]
        ratios = [run.rate / peer.rate for run, peer in zip(those, runs["lychee"], strict=True)]
        yield (
            f"{client:17}{statistics.median(rates):9.0f}{statistics.median(ratios):11.2f}"
            f"{statistics.median(run.microseconds for run in those):8.0f}"
            f"{max(run.megabytes for run in those):6.0f}{sum(run.failures for run in those):8}"
        )
    if (milliseconds, workers) in GOALS:
        goal = GOALS[milliseconds, workers]
        recorded = ", 0.15 with recording" if milliseconds == 0 else ""
        yield f"goal for the door: {goal:.2f} of lychee{recorded}"


def main() -> None:
    """Measure, or be one of the measured."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true", help="fewer URLs, one round")
    parser.add_argument("--client", choices=CLIENTS)
    parser.add_argument("--urls", type=Path)
    parser.add_argument("--workers", type=int)
    asked = parser.parse_args()
    if asked.client:
        run = run_here(asked.client, asked.urls.read_text().split(), asked.workers)
        print(json.dumps({name: getattr(run, name) for name in Cost.__slots__}))
        return
    for milliseconds, workers in GOALS:
        checks, rounds = (4_000, 1) if asked.quick else (20_000, 3)
        for line in measure(milliseconds, workers, checks, rounds):
            print(line, flush=True)


if __name__ == "__main__":
    main()
