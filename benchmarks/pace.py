"""What one ask costs in pace and retry when nothing is held back: microseconds of CPU."""

import time
from datetime import UTC, datetime

import anyio

from linkcheck.model.exchange import Asker, Body, Reply, Request
from linkcheck.net.pace import Pace
from linkcheck.net.retry import Retry
from linkcheck.settings.pace import WIDE_OPEN

ASKS = 200_000
REPLY = Reply(
    url="https://example.org/",
    status=200,
    reason="OK",
    headers=((b"content-type", b"text/html"),) * 8,
    http_version="HTTP/1.1",
    body=Body.of(b""),
    asked_at=datetime(2026, 1, 1, tzinfo=UTC),
    first_byte_seconds=0.0,
    total_seconds=0.0,
)


class Answering:
    """Answer at once."""

    async def ask(self, request: Request) -> Reply:
        """Return the same reply to everything."""
        del request
        return REPLY


async def cost(asker: Asker, hosts: int) -> float:
    """Return the microseconds of CPU that one ask takes."""
    requests = [Request(url=f"https://h{n}.example/a/path?n={n}") for n in range(hosts)]
    began = time.process_time()
    for n in range(ASKS):
        await asker.ask(requests[n % hosts])
    return (time.process_time() - began) / ASKS * 1e6


async def main() -> None:
    """Print a line for each number of hosts."""
    bare = await cost(Answering(), 32)
    for hosts in (1, 32, 3_415):
        layers = await cost(Retry(Pace(Answering(), WIDE_OPEN)), hosts) - bare
        print(f"  {hosts:5} hosts: {layers:5.1f} us an ask")


for backend in ("asyncio", "trio"):
    print(backend)
    anyio.run(main, backend=backend)
