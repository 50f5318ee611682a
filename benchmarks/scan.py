"""A whole scan of the sample against an archive and a web in this process: time, memory, again.

    python benchmarks/scan.py [FOLDER]

What is left out is politeness and the network; everything else is there: reading, planning, both
lanes, judging, the store, the evidence (as WARC) and the summary.
"""

import asyncio
import hashlib
import resource
import sys
import tarfile
import tempfile
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from unittest import mock

import anyio

from linkcheck.archives import archives
from linkcheck.collection.inputs import Inputs
from linkcheck.collection.load import load as load_article
from linkcheck.links.extract import Extractor
from linkcheck.links.resolve import Resolver
from linkcheck.model.body import Body
from linkcheck.model.exchange import Asker, Failure, Reply, Request, Tls
from linkcheck.net import door as doors
from linkcheck.plan.side import sides
from linkcheck.scan import asking
from linkcheck.scan.assembly import assemble
from linkcheck.scan.corridor import run_scan
from linkcheck.scan.job import Outcome
from linkcheck.scan.progress import Progress
from linkcheck.scan.recent import summed_up
from linkcheck.settings.reading import ReadingSettings
from linkcheck.settings.settings import Settings

sys.path.insert(0, str(Path(__file__).parents[1]))
from benchmarks.links import SAMPLE
from tests.standin.archive import StandIn
from tests.standin.held import Held, holdings

LATE = "20230518220110"
_LETTERS = str.maketrans("0123456789", "ghijklmnop")


def _page(url: str) -> bytes:
    """Return a page with words of its own."""
    digest = hashlib.sha512(url.encode("utf-8", "replace")).hexdigest().translate(_LETTERS)
    words = " ".join(digest[at : at + 4] for at in range(0, len(digest), 4))
    return f"<title>{words[:30]}</title><p>{words * 4}</p>".encode()


class World:
    """An archive that holds nearly everything, and a web in which most is alive."""

    def __init__(self, standin: StandIn) -> None:
        self.standin = standin
        self.asked = 0

    async def ask(self, request: Request) -> Reply | Failure:
        """Answer at once."""
        await asyncio.sleep(0)
        self.asked += 1
        host, _, rest = request.url.partition("://")[2].partition("/")
        if host == "web.archive.org" and rest:
            said = self.standin.take(f"/{rest}", 0.0)
            if said is None:
                raise RuntimeError("the stand-in has no troubles here")
            fields, status = said.headers, said.status
            body = said.body if said.pieces is None else b"".join(said.pieces())
        else:
            status = 404 if "no-such-page" in rest else 200
            fields = (("Content-Type", "text/html"),)
            body = _page(request.url)
        return Reply(
            url=request.url,
            status=status,
            reason="",
            headers=tuple((n.encode(), v.encode("utf-8", "replace")) for n, v in fields),
            http_version="HTTP/1.1",
            body=Body.of(body),
            asked_at=datetime.now(UTC),
            first_byte_seconds=0.0,
            total_seconds=0.0,
            tls=Tls(version="TLSv1.3", issuer="made up", expires_at=None),
        )


def world(folder: Path) -> World:
    """Make the archive out of what the articles cite."""
    settings = ReadingSettings()
    extractor = Extractor(Resolver(archives()), settings)
    held: dict[str, Held] = {}
    for given in Inputs(str(folder)).walk([str(folder)]):
        for _, side in sides(extractor.links(load_article(given, settings)), None, "wayback"):
            if len(held) % 30:  # one of thirty is missing
                body = f"<html><title>T</title><p>{side.original}</p></html>".encode()
                stamp = side.want.timestamp or LATE
                stamp = stamp if len(stamp) == 14 else LATE
                held.setdefault(
                    side.original, Held(original=side.original, timestamp=stamp, body=body)
                )
            else:
                held.setdefault(
                    f"http://pad{len(held)}.example/",
                    Held(original="http://pad.example/", timestamp=LATE),
                )
    return World(StandIn(holdings=holdings(held.values())))


async def scanned(settings: Settings, folder: Path, made: World) -> Outcome:
    """Scan once."""

    @asynccontextmanager
    async def opened(*_: Any, evidence: Any, wire: Any, **__: Any) -> AsyncIterator[Asker]:
        recorder = doors.Recorder(wire(made), evidence=evidence, network=settings.network)
        yield doors.Errands(doors.Follow(recorder, settings.network))

    job = assemble(settings, [str(folder)], folder)
    with mock.patch.object(asking, "open_door", opened):
        outcome = await run_scan(job, Progress())
    summary = summed_up(job, outcome)
    for standing, count in summary.standings:
        print(f"  {standing:28} {count.originals:7,} {count.occurrences:8,}")
    return outcome


def sample_in(folder: Path) -> Path:
    """Unpack the sample once."""
    if not SAMPLE.is_file():
        sys.exit(f"the shared sample is absent: {SAMPLE.name} (SAMPLE_ARCHIVE names it)")
    with tarfile.open(SAMPLE) as archive:
        archive.extractall(folder, filter="data")
    return folder


def main() -> None:
    """Scan twice, and measure both."""
    with tempfile.TemporaryDirectory() as place:
        folder = Path(sys.argv[1]) if len(sys.argv) > 1 else sample_in(Path(place) / "sample")
        made = world(folder)
        made_of = megabytes()
        settings = Settings()
        store = Path(place) / "store"
        scan = replace(settings.scan, store=store, contact="bench@example.org")
        recording = replace(settings.recording, folder=store / "evidence")
        # Waiting is politeness, and a world that answers every name would pass for a liar.
        live = replace(settings.live, apart=0.0, no_such_names=())
        settings = replace(settings, scan=scan, recording=recording, live=live)
        for name in ("first", "second"):
            before, began, cpu = made.asked, time.monotonic(), time.process_time()
            outcome = anyio.run(scanned, settings, folder, made)
            print(
                f"{name}: {time.monotonic() - began:.1f} s, {time.process_time() - cpu:.1f} s CPU,"
                f" {made.asked - before:,} requests, {outcome.ended};"
                f" {megabytes()} MB at most, {made_of} of them the made-up world"
            )


def megabytes() -> int:
    """Return the most memory that was held so far."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


if __name__ == "__main__":
    main()
