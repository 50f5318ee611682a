"""What the tests of the network share: an engine with short patience, and what it must leave."""

from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from ipaddress import ip_address
from socket import EAI_NONAME, gaierror

import anyio
from msgspec.structs import asdict

from linkcheck.model.exchange import Failure, FailureKind, Purpose, Reply
from linkcheck.net.door import make_engine
from linkcheck.net.engine import Engine
from linkcheck.net.guard import Address
from linkcheck.settings.network import Limits, Network

BODY = 64 << 10
HASTE = Limits(deadline=0.5, read=0.35, body=BODY)
HASTY = Network(
    allow_private=True,
    connect=0.35,
    resolve=0.35,
    limits=dict.fromkeys(Purpose, HASTE),
)


class Names:
    """A resolver of names that a test makes up; `asked` is what it was asked."""

    def __init__(self, names: Mapping[str, tuple[str, ...] | Exception] | None = None) -> None:
        self.names = dict(names or {})
        self.asked: list[str] = []

    async def __call__(self, name: str) -> tuple[Address, ...]:
        await anyio.lowlevel.checkpoint()
        self.asked.append(name)
        found = self.names.get(name, gaierror(EAI_NONAME, "Name or service not known"))
        if isinstance(found, Exception):
            raise found
        return tuple(map(ip_address, found))


@asynccontextmanager
async def engine(
    settings: Network = HASTY,
    environment: Mapping[str, str] | None = None,
    names: Names | None = None,
) -> AsyncIterator[Engine]:
    """Give an engine and prove that it leaves no task behind."""
    before = set(anyio.get_running_tasks())
    made = make_engine(settings, environment or {}, names or Names())
    try:
        yield made
    finally:
        await made.aclose()
    assert set(anyio.get_running_tasks()) <= before


def replied(answer: Reply | Failure) -> Reply:
    assert isinstance(answer, Reply), asdict(answer)
    return answer


def failed(answer: Reply | Failure, kind: FailureKind) -> Failure:
    assert isinstance(answer, Failure), answer
    assert answer.kind is kind, answer
    assert answer.detail
    return answer
