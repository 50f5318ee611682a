"""What recording costs an exchange, and how fast a recording plays back.

The inner asker answers at once, so that the figures are the layer's own: the ceiling of
`linkcheck scan` with recording on lies below `1 / (engine + recorder)`.
"""

import argparse
import time
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

import anyio

from linkcheck.model.exchange import Asker, Body, Failure, Reply, Request
from linkcheck.model.run import Run
from linkcheck.net.evidence import Evidence
from linkcheck.net.player import Player
from linkcheck.net.recorder import Recorder
from linkcheck.settings.network import Network
from linkcheck.settings.recording import Recording

NOW = datetime.now(UTC)
HEADERS = (
    (b"Server", b"nginx"),
    (b"Date", b"Fri, 20 Nov 2026 12:00:00 GMT"),
    (b"Content-Type", b"text/html; charset=utf-8"),
    (b"Content-Length", b"250"),
    (b"Connection", b"keep-alive"),
    (b"Last-Modified", b"Mon, 01 Jun 2020 00:00:00 GMT"),
    (b"ETag", b'"5ed44a00-fa"'),
    (b"Accept-Ranges", b"bytes"),
)


class Instant(Asker):
    """Answer at once with a body that no other answer had, or that all had."""

    def __init__(self, size: int, *, distinct: bool) -> None:
        self._size = size
        self._distinct = distinct
        self._count = 0

    async def ask(self, request: Request) -> Reply | Failure:
        """Make a reply."""
        self._count += 1
        start = b"%d " % self._count if self._distinct else b""
        return Reply(
            url=request.url,
            status=200,
            reason="OK",
            headers=HEADERS,
            http_version="HTTP/1.1",
            body=Body.of(start.ljust(self._size, b"x")),
            address="127.0.1.7:8080",
            asked_at=NOW,
            first_byte_seconds=0.000123,
            total_seconds=0.000456,
        )


def main() -> None:
    """Print one line for each kind of exchange."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--count", type=int, default=20_000)
    parser.add_argument("--folder", type=Path, help="on the disk to be measured")
    arguments = parser.parse_args()
    kinds = [
        ("250 B, .warc", ".warc", 250, True),
        ("250 B, .warc.gz", ".warc.gz", 250, True),
        ("250 B seen before, .warc", ".warc", 250, False),
        ("20 kB, .warc", ".warc", 20_000, True),
        ("20 kB, .warc.gz", ".warc.gz", 20_000, True),
    ]
    print(f"{'exchange':26}{'asking':>10}{'recording':>12}{'opening':>10}{'playing':>10}  us each")
    for name, suffix, size, distinct in kinds:
        with TemporaryDirectory(dir=arguments.folder) as folder:
            figures = anyio.run(
                measure, Path(folder) / f"run{suffix}", arguments.count, size, distinct
            )
        asking, recording, opening, playing = (1e6 * took / arguments.count for took in figures)
        print(f"{name:26}{asking:10.1f}{recording - asking:12.1f}{opening:10.1f}{playing:10.1f}")


async def measure(
    file: Path,
    count: int,
    size: int,
    distinct: bool,  # noqa: FBT001 - anyio.run passes by position
) -> tuple[float, float, float, float]:
    """Return the CPU seconds of asking, of recording as well, of opening and of playing."""
    requests = [Request(url=f"http://host-{n % 32}.example/page/{n}") for n in range(count)]
    bare = Instant(size, distinct=distinct)
    begun = time.process_time()
    for request in requests:
        await bare.ask(request)
    asked = time.process_time()
    run = Run(id="benchmark", started_at=NOW, seed=0)
    evidence = Evidence(Recording(file=file, user_headers=("X-Token",)), run)
    recorder = Recorder(Instant(size, distinct=distinct), evidence=evidence, network=Network())
    recording = time.process_time()
    for request in requests:
        await recorder.ask(request)
    recorded = time.process_time()
    await evidence.aclose()
    opening = time.process_time()
    with Player([file]) as player:
        opened = time.process_time()
        for request in requests:
            await player.ask(request)
        played = time.process_time()
    return asked - begun, recorded - recording, opened - opening, played - opened


if __name__ == "__main__":
    main()
