"""The outermost layer of a run that is recorded or replayed: who asked, apart from what."""

import hashlib

from msgspec.structs import replace

from linkcheck.model.exchange import Asker, Failure, Reply, Request
from linkcheck.net.redaction import without_userinfo
from linkcheck.net.warc import wire_bytes


class Errands:
    """Number what callers ask, so that a replay gives each of them its own hops and tries.

    Many links lead to one page, and its answers come in the network's order: told apart by the
    URL alone, they would be mixed up among those who asked at the same time.
    """

    def __init__(self, inner: Asker) -> None:
        self._inner = inner
        self._asked: dict[bytes, int] = {}

    async def ask(self, request: Request) -> Reply | Failure:
        """Ask under a name that the same question has in every replay."""
        # Without headers: those that are secrets differ between a run and its replay.
        plain = f"{request.method} {request.purpose.value} {without_userinfo(request.url)}"
        # Who asks may say for what: then it does not matter who of them came first.
        plain += f" {request.errand}" if request.errand else ""
        asked = hashlib.blake2b(wire_bytes(plain), digest_size=8).digest()
        times = self._asked.get(asked, 0)
        self._asked[asked] = times + 1
        return await self._inner.ask(replace(request, errand=f"{asked.hex()}-{times}"))
