"""The notes of one visit: every answer is kept as it comes, so that no kill has it asked again.

A visit depends on its subjects, its seed and the answers alone. Whoever goes on with one repeats it
from the notes, question by question, until they end: what it comes to is what it would have been.
"""

import zlib
from collections import Counter
from collections.abc import Sequence

import msgspec
from msgspec.structs import replace

from linkcheck.lanes.keeper import Keeper
from linkcheck.lanes.live.page import Page
from linkcheck.lanes.live.reading import Seen
from linkcheck.model.live import LiveAnswer
from linkcheck.model.noun import Noun
from linkcheck.model.visit import Heard, Visited


class _Kept(Noun, frozen=True, kw_only=True):
    answer: LiveAnswer
    page: Page | None


_pack = msgspec.msgpack.Encoder().encode
_unpack = msgspec.msgpack.Decoder(_Kept).decode


class Notes:
    """What one site has been asked in a visit, and what an earlier run heard in the same one."""

    def __init__(
        self, host: str, keeper: Keeper, heard: Sequence[Heard] | None, seed: str, *, single: bool
    ) -> None:
        self.seed = heard[0].seed if heard else seed
        self._host = host
        self._keeper = keeper
        self._kept = heard is not None  # False: nobody will go on with it
        # The only answer of most visits is judged at once: it need not be kept twice.
        self._single = single
        self._waiting: Heard | None = None
        self._known = {one.question: one.body for one in heard or ()}  # packed: pages are large
        self._open = bool(heard)  # something of it is kept
        self._times: Counter[str] = Counter()

    def question(self, *words: str) -> str:
        """Return what names a question in this visit, be it put for the second time."""
        asked = " ".join(words)
        self._times[asked] += 1
        return f"{self._times[asked]} {asked}"

    def recall(self, question: str) -> Seen | None:
        """Return the answer that an earlier run had."""
        body = self._known.pop(question, None)
        if body is None:
            return None
        try:
            kept = _unpack(zlib.decompress(body))
        except (msgspec.MsgspecError, zlib.error):
            return None  # another version's: it is asked again
        return Seen(kept.answer, kept.page)

    async def ask(self) -> None:
        """Keep what waits, before a question is put."""
        if self._waiting is not None:
            heard, self._waiting = self._waiting, None
            await self._keep(heard)

    async def take_down(self, question: str, url: str, seen: Seen) -> None:
        """Keep an answer; silence is none, for it may be our own."""
        if not self._kept or seen.answer.status is None:
            return
        page = None if seen.page is None else replace(seen.page, source="")
        try:
            body = zlib.compress(_pack(_Kept(answer=seen.answer, page=page)), 1)
        except UnicodeEncodeError:
            return  # half a character, which nothing can carry: it is asked again
        heard = Heard(
            host=self._host,
            seed=self.seed,
            at=seen.answer.at,
            question=question,
            url=url,
            body=body,
        )
        if self._single and self._waiting is None and not self._open:
            self._waiting = heard
        else:
            await self._keep(heard)

    def close(self) -> None:
        """Note that the host's own finding ends the visit."""
        self._open = False

    async def end(self) -> None:
        """Let go of what was kept: everything was judged."""
        if self._open:
            self._open = False
            await self._keeper.keep(Visited(host=self._host))

    async def _keep(self, heard: Heard) -> None:
        self._open = True
        await self._keeper.keep(heard)
