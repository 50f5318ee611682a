"""The outermost layer of a run that is recorded or replayed: who asked, apart from what."""

from msgspec.structs import replace

from linkcheck.model.exchange import Asker, Failure, Reply, Request
from linkcheck.net.question import question
from linkcheck.net.redaction import without_userinfo


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
        plain = Request(
            url=without_userinfo(request.url), method=request.method, purpose=request.purpose
        )
        asked = question(plain)
        times = self._asked.get(asked, 0)
        self._asked[asked] = times + 1
        return await self._inner.ask(replace(request, errand=f"{asked[:8].hex()}-{times}"))
