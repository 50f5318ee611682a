"""The stand-in without a network: an asker that answers in whatever time the clock has."""

from collections.abc import Callable, Mapping
from datetime import datetime

import anyio
import anyio.lowlevel

from linkcheck.model.body import Body, BodyWriter
from linkcheck.model.exchange import Failure, FailureKind, Reply, Request
from linkcheck.settings.network import LIMITS, Limits
from tests.standin.archive import StandIn
from tests.standin.spoken import Spoken
from tests.virtual import wall

HOST = "web.archive.org"


class InProcess:
    """Answer as web.archive.org after a while; who asks another host gets no answer."""

    def __init__(
        self,
        standin: StandIn,
        seconds: Callable[[Request], float] = lambda _: 0.0,
        limits: Mapping[str, Limits] = LIMITS,
    ) -> None:
        self.standin = standin
        self.elsewhere: list[str] = []
        self._seconds = seconds
        self._limits = limits

    async def ask(self, request: Request) -> Reply | Failure:
        began, asked_at = anyio.current_time(), wall()
        host, _, rest = request.url.partition("://")[2].partition("/")
        if host != HOST:
            self.elsewhere.append(request.url)
        spoken = self.standin.take(f"/{rest}", began) if host == HOST else None
        await anyio.lowlevel.checkpoint()
        if spoken is None:
            return _failure(request, FailureKind.REFUSED, asked_at, 0.0)
        await anyio.sleep(self._seconds(request))
        seconds = anyio.current_time() - began
        limits = self._limits[request.purpose]
        body = taken(spoken, limits.body)
        if body.truncated and limits.whole:
            return _failure(request, FailureKind.TOO_LARGE, asked_at, seconds)
        return Reply(
            url=request.url,
            status=spoken.status,
            reason=spoken.reason,
            headers=tuple(
                (name.encode(), value.encode("utf-8", "surrogateescape"))
                for name, value in spoken.headers
            ),
            http_version="HTTP/1.1",
            body=body,
            asked_at=asked_at,
            first_byte_seconds=seconds,
            total_seconds=seconds,
        )


def taken(spoken: Spoken, most: int) -> Body:
    """Return what of a body is kept."""
    if spoken.pieces is None:
        return Body.of(spoken.body[:most], truncated=len(spoken.body) > most)
    writer = BodyWriter()
    for piece in spoken.pieces():
        writer.write(piece[: most - writer.size])
        if writer.size >= most:
            return writer.finish(truncated=True)
    return writer.finish()


def _failure(request: Request, kind: FailureKind, asked_at: datetime, seconds: float) -> Failure:
    return Failure(
        url=request.url, kind=kind, detail="made up", asked_at=asked_at, total_seconds=seconds
    )
