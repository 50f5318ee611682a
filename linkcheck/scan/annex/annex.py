"""The house's side: a lane is let in, answered, and listened to."""

import socket
from typing import Any

import anyio
import anyio.to_thread
from msgspec.structs import replace

from linkcheck.collection.anew import Anew
from linkcheck.collection.spread import undisturbed
from linkcheck.errors import LinkcheckError
from linkcheck.lanes.allowance import Allowance
from linkcheck.model.body import EMPTY, SPOOL_AFTER
from linkcheck.model.exchange import Asker, Reply
from linkcheck.scan.annex.brief import Brief, Foresight, ManyKeeper, Report
from linkcheck.scan.annex.hatch import Hatch
from linkcheck.scan.annex.lodger import lodge
from linkcheck.scan.annex.messages import Answer, Ask, Done, Failed, Piece, Ready, Stop
from linkcheck.scan.job import LiveForecast

_PIECE = 1 << 18  # bytes of a long answer that go through at once
_LEAVES = 5.0  # seconds in which a process ends that has said its last word
_UNKNOWN = Foresight(total=0, seconds=0.0, forecast=LiveForecast())


class Annex:
    """One lane at work in a process of its own.

    It reads and judges there what comes, and the loop that holds all connections goes on
    meanwhile. It sends nothing and writes nothing itself: pace, evidence and store stay one.
    """

    def __init__(self, brief: Brief) -> None:
        self.name = brief.name
        self.foresight = _UNKNOWN
        self._early: list[Any] = []  # what came together with its first word
        self._is_over = False
        ours, theirs = socket.socketpair()
        self._process = Anew().Process(target=lodge, args=(theirs, brief), daemon=True)
        # Signals are the house's, which tells the lane to stop.
        with undisturbed(), theirs:
            self._process.start()
        self._hatch = Hatch(ours)

    async def ready(self) -> None:
        """Wait until it knows what is due: it reads nothing more of what this run may change."""
        first, *self._early = await self._hatch.take_in() or (None,)
        if not isinstance(first, Ready):
            raise self._failure(first)
        self.foresight = first.foresight

    async def work(
        self, *, ask: Asker, keeper: ManyKeeper, allowance: Allowance, stop: anyio.Event
    ) -> Report:
        """Answer what it asks, keep what it sees, and return its report."""
        house = _House(self._hatch, ask, allowance)
        async with anyio.create_task_group() as group:
            group.start_soon(self._hatch.hand_out)
            group.start_soon(house.tell, stop)
            messages = self._early or await self._hatch.take_in()
            while messages:
                last = messages.pop() if isinstance(messages[-1], Done | Failed) else None
                if seen := [one for one in messages if not isinstance(one, Ask)]:
                    await keeper.keep_all(seen)
                for one in messages:
                    if isinstance(one, Ask):
                        group.start_soon(house.answer, one)
                if last is not None:
                    break
                messages = await self._hatch.take_in()
            else:
                last = None
            group.cancel_scope.cancel()
        self._is_over = isinstance(last, Done)
        if isinstance(last, Done):
            return last.report
        raise self._failure(last)

    async def aclose(self) -> None:
        """See the process to its end, whatever it is doing."""
        self._hatch.shut()
        with anyio.CancelScope(shield=True):
            await anyio.to_thread.run_sync(self._end)

    def _end(self) -> None:
        self._process.join(_LEAVES if self._is_over else 0)
        self._process.kill()
        self._process.join()
        self._process.close()

    def _failure(self, last: object) -> Exception:
        if not isinstance(last, Failed):
            return LinkcheckError(
                f"the process in which {self.name} is judged was killed, most likely for want of"
                " memory: try --threads 1"
            )
        return last.error or RuntimeError(f"the lane of {self.name} failed:\n{last.trace}")


class _House:
    """What the lane does not do itself."""

    def __init__(self, hatch: Hatch, ask: Asker, allowance: Allowance) -> None:
        self._hatch = hatch
        self._ask = ask
        self._allowance = allowance
        self._long = anyio.Lock()  # one long answer at a time: they lie on the disk for a reason

    async def tell(self, stop: anyio.Event) -> None:
        """Tell the lane when it shall stop: behind every answer that is there."""
        await stop.wait()
        async with self._long:
            await self._hatch.put((Stop(),))

    async def answer(self, asked: Ask) -> None:
        """Have one request answered."""
        if not self._allowance.take():
            # The run comes to its end, and the lane will be told to stop: this is no answer.
            await anyio.sleep_forever()
        answer = await self._ask.ask(asked.request)
        if isinstance(answer, Reply) and answer.body.size > SPOOL_AFTER:
            async with self._long:
                await self._pass(asked.number, answer)
        else:
            await self._hatch.put((Answer(number=asked.number, answer=answer),))

    async def _pass(self, number: int, answer: Reply) -> None:
        """Hand a long answer in, piece by piece."""
        for piece in answer.body.chunks(_PIECE):
            await self._hatch.put((Piece(number=number, held=piece),))
            await self._hatch.passed()
        bare = replace(answer, body=replace(EMPTY, truncated=answer.body.truncated))
        await self._hatch.put((Answer(number=number, answer=bare, in_pieces=True),))
