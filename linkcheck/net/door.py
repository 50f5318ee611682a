"""The whole nest of askers, composed in one visible place."""

import os
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager

from linkcheck.model.exchange import Asker
from linkcheck.net.dialer import Dialer
from linkcheck.net.engine import Engine
from linkcheck.net.follow import Follow
from linkcheck.net.guard import Guard
from linkcheck.net.proxy import read_proxies
from linkcheck.net.resolver import Lookup, Resolver
from linkcheck.net.tls import Trust
from linkcheck.net.transport import Transport
from linkcheck.settings.network import Network


def make_engine(
    settings: Network,
    environment: Mapping[str, str] = os.environ,
    lookup: Lookup | None = None,
) -> Engine:
    """Return the innermost asker, the only one that opens sockets."""
    dialer = Dialer(
        settings,
        Guard(allow_private=settings.allow_private),
        Resolver(settings, lookup),
        Trust(environment, http2=settings.http2),
        read_proxies(environment),
    )
    return Engine(Transport(settings, dialer), settings)


@asynccontextmanager
async def open_door(settings: Network) -> AsyncIterator[Asker]:
    """Give the one way to ask; leaving closes every connection."""
    engine = make_engine(settings)
    try:
        # Retry, pace and recorder stand between these two: Follow(Retry(Pace(Recorder(Engine)))).
        yield Follow(engine, settings)
    finally:
        await engine.aclose()
