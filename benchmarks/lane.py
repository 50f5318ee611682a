"""The archive's lane against a real pywb, in real time: in bulk, and one playback for each link.

    python benchmarks/lane.py [--links 5000]

All links stand on one host. Both ways are the same lane with the same judge and no budgets; one
may ask the index, for the other an index request costs more than all playback. Then once more in
bulk with the default's sample of 400 replays beside.
"""

import argparse
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path

import anyio
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))  # run as a script

from linkcheck.archives import Archive, pywb_at
from linkcheck.lanes.archive import Ended, Requests
from linkcheck.model.verdict import ArchiveVerdict
from linkcheck.net.door import open_door
from linkcheck.plan.side import Side
from linkcheck.settings.archive_lane import ArchiveLaneSettings
from linkcheck.settings.door import DoorSettings
from linkcheck.settings.network import Network
from linkcheck.settings.pace import WIDE_OPEN
from linkcheck.settings.planning import PlanningSettings
from linkcheck.settings.playback import PlaybackSettings
from tests.pywb_server import BIN, pywb_server
from tests.standin.lane import run_lane, side

HOST = "http://www.big.example"
ASKED = "20200615120000"
FASTER, FEWER = 8.0, 100.0
MISSING, MOVED, ERRORS, NEAREST, DRIFTED = 250, 500, 40, 3, 10  # each so-and-so-manieth link

IN_BULK = ArchiveLaneSettings(playback=PlaybackSettings(sample=0))
DEFAULT = ArchiveLaneSettings()
SINGLY = replace(IN_BULK, planning=PlanningSettings(index_seconds=1e9))


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """One way of asking: what it took, and what it said."""

    seconds: float
    cpu: float
    requests: Requests
    verdicts: Mapping[str, ArchiveVerdict]


def links(count: int) -> Iterator[Side]:
    """Yield what is wanted."""
    for n in range(count):
        yield side(f"{HOST}/article/{n:05}", ASKED, archive="pywb")


def captures(count: int) -> Iterator[tuple[str, str, str, str]]:
    """Yield URL, date, status and target of what is held; an answer of each kind now and then."""
    for n in range(count):
        url = f"{HOST}/article/{n:05}"
        if n % MISSING == 1:
            continue
        if n % MOVED == 2:
            yield url, "2020-06-15T12:00:00Z", "301 Moved", f"{HOST}/moved/{n:05}"
            yield f"{HOST}/moved/{n:05}", "2020-06-15T12:00:04Z", "200 OK", ""
            continue
        status = "404 Not Found" if n % ERRORS == 3 else "200 OK"
        day = 15 if n % NEAREST else 14
        month = 9 if n % DRIFTED == 4 else 6
        second = n % 60 if n % NEAREST == 1 else 0
        yield url, f"2020-{month:02}-{day}T12:00:{second:02}Z", status, ""


def write(path: Path, count: int) -> None:
    """Write a collection."""
    with path.open("wb") as file:
        writer = WARCWriter(file, gzip=True)
        for url, date, status, target in captures(count):
            body = f"<html><body><h1>{url}</h1>{'<p>words</p>' * 40}</body></html>".encode()
            headers = [("Content-Type", "text/html"), *([("Location", target)] if target else [])]
            record = writer.create_warc_record(
                url,
                "response",
                payload=BytesIO(b"" if target else body),
                http_headers=StatusAndHeaders(status, headers, protocol="HTTP/1.1"),
                warc_headers_dict={"WARC-Date": date},
            )
            writer.write_record(record)


@contextmanager
def served(count: int) -> Iterator[Archive]:
    """Serve the collection by pywb while the block runs."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        warc = folder / "made.warc.gz"
        write(warc, count)
        place = folder / "pywb"
        place.mkdir()
        with pywb_server({"c": [warc]}, folder=place) as base:
            yield pywb_at(f"{base}/c", name="pywb")


async def ask(archive: Archive, count: int, settings: ArchiveLaneSettings) -> Run:
    """Run the lane once."""
    door = DoorSettings(network=Network(allow_private=True), pace=WIDE_OPEN)
    began, cpu = time.perf_counter(), time.process_time()
    async with open_door(door, environment={}) as asker:
        kept, report = await run_lane(
            asker, links(count), archive=archive, settings=settings, now=datetime.now(UTC)
        )
    if report.ended is not Ended.DONE or report.not_asked:
        raise AssertionError(report)
    return Run(
        seconds=time.perf_counter() - began,
        cpu=time.process_time() - cpu,
        requests=report.requests,
        verdicts={key: one.finding.verdict for (key, _), one in kept.latest.items()},
    )


def main() -> None:
    """Print both ways side by side; fail where a promise is broken."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--links", type=int, default=5_000)
    count = parser.parse_args().links
    if not (BIN.parent / ".ready").exists():
        sys.exit("pywb's environment is missing: `make .venv-pywb/.ready` builds it")
    with served(count) as archive:
        anyio.run(ask, archive, 50, SINGLY)  # pywb's first answers are slow
        bulk = anyio.run(ask, archive, count, IN_BULK)
        sampled = anyio.run(ask, archive, count, DEFAULT)
        singly = anyio.run(ask, archive, count, SINGLY)
    print(f"{count:,} links of one host, in a real pywb")
    heads = "".join(f"{head:>10}" for head in ("seconds", "CPU", "index", "playback"))
    print(f"{'':30}{heads}{'times faster':>14}{'fewer':>7}")
    for title, run in (
        ("one playback for each link", singly),
        ("in bulk", bulk),
        ("in bulk, with a sample of 400", sampled),
    ):
        fewer = singly.requests.together / run.requests.together
        print(
            f"{title:30}{run.seconds:10.2f}{run.cpu:10.2f}{run.requests.index:10}"
            f"{run.requests.playback:10,}{singly.seconds / run.seconds:14.1f}{fewer:7.0f}"
        )
    counts = Counter(singly.verdicts.values())
    print(", ".join(f"{verdict} {n:,}" for verdict, n in counts.most_common()))
    differing = [
        sum(run.verdicts[key] is not verdict for key, verdict in singly.verdicts.items())
        for run in (bulk, sampled)
    ]
    print(f"verdicts that differ: {differing[0]} in bulk, {differing[1]} with the sample")
    faster = singly.seconds / bulk.seconds
    fewer = singly.requests.together / bulk.requests.together
    if faster < FASTER or fewer < FEWER or any(differing):
        sys.exit("a promise is broken: 8 times faster, 100 times fewer requests, same verdicts")


if __name__ == "__main__":
    main()
