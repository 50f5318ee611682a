"""The whole nest of askers, composed in one visible place."""

import os
from collections.abc import AsyncIterator, Callable, Iterable, Iterator, Mapping
from contextlib import asynccontextmanager, contextmanager
from datetime import datetime
from pathlib import Path

from msgspec.structs import replace

from linkcheck.model.clock import Clock, utc_now
from linkcheck.model.exchange import Asker, Failure, FailureKind, Reply, Request
from linkcheck.model.pause import PauseBook
from linkcheck.net.dialer import Dialer
from linkcheck.net.engine import Engine
from linkcheck.net.errands import Errands
from linkcheck.net.evidence import Evidence
from linkcheck.net.follow import Follow
from linkcheck.net.guard import Guard
from linkcheck.net.pace import Pace
from linkcheck.net.player import Player
from linkcheck.net.proxy import read_proxies
from linkcheck.net.recorder import Recorder
from linkcheck.net.redaction import LeftOut, Redactor
from linkcheck.net.resolver import Lookup, Resolver
from linkcheck.net.retry import Retry, at_once
from linkcheck.net.tls import Trust
from linkcheck.net.transport import Transport
from linkcheck.settings.door import DoorSettings
from linkcheck.settings.network import Network


@asynccontextmanager
async def open_door(  # noqa: PLR0913 - each is a part of the nest, and each has its default
    settings: DoorSettings,
    *,
    evidence: Evidence | None = None,
    book: PauseBook | None = None,
    run_until: datetime | None = None,
    environment: Mapping[str, str] = os.environ,
    lookup: Lookup | None = None,
    now: Clock = utc_now,
    wire: Callable[[Asker], Asker] | None = None,
) -> AsyncIterator[Asker]:
    """Give the one way to ask; leaving closes every connection. The evidence is the caller's.

    `wire` may put a layer of the caller's own before the engine: it sees what really goes out.
    """
    left_out = LeftOut.of(settings.user_headers)
    if evidence is not None and (forgotten := left_out.requests - evidence.left_out.requests):
        raise ValueError(f"the evidence would keep the user's headers: {sorted(forgotten)}")
    engine = make_engine(settings.network, environment, lookup, now)
    out: Asker = engine if wire is None else wire(engine)
    try:
        # From the inside out. Each try and each hop passes Pace again and takes its token there.
        if evidence is None:
            kept: Asker = Redactor(out, left_out=left_out)
            paced: Asker = Pace(kept, settings.pace, book=book, run_until=run_until, now=now)
        else:
            recorder = Recorder(out, evidence=evidence, network=settings.network)
            pace = Pace(recorder, settings.pace, book=book, run_until=run_until, now=now)
            paced = _GivenUp(pace, recorder)
        follow = Follow(Retry(paced, settings.retry), settings.network)
        yield follow if evidence is None else Errands(follow)
    finally:
        await engine.aclose()


@contextmanager
def open_replay(settings: DoorSettings, recordings: Iterable[Path]) -> Iterator[Asker]:
    """Give the same nest over a recording: no socket, no waiting, equal answers."""
    with Player(recordings, user_headers=settings.user_headers) as player:
        yield replaying(settings, player)


def replaying(settings: DoorSettings, player: Player) -> Asker:
    """Return the nest over a recording that is open."""
    # No Pace: the recording knows which answers stood after a rest, and when it was given up.
    retry = Retry(player, settings.retry, sleep=at_once)
    return Errands(Follow(retry, settings.network))


def make_engine(
    settings: Network,
    environment: Mapping[str, str] = os.environ,
    lookup: Lookup | None = None,
    now: Clock = utc_now,
) -> Engine:
    """Return the innermost asker, the only one that opens sockets."""
    dialer = Dialer(
        settings,
        Guard(allow_private=settings.allow_private),
        Resolver(settings, lookup),
        Trust(environment, http2=settings.http2),
        read_proxies(environment),
    )
    return Engine(Transport(settings, dialer), settings, now)


class _GivenUp:
    """Record what did not come from the wire: that a request was given up during a pause."""

    def __init__(self, inner: Asker, recorder: Recorder) -> None:
        self._inner = inner
        self._recorder = recorder

    async def ask(self, request: Request) -> Reply | Failure:
        answer = await self._inner.ask(request)
        if isinstance(answer, Failure) and answer.kind is FailureKind.PAUSED:
            given_up = replace(request, again=answer.record is not None)
            return await self._recorder.keep(given_up, answer)
        return answer
