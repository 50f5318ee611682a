"""The lane's side: it works as it does anywhere, and everything else is behind the hatch."""

import signal
import socket
import traceback
from collections.abc import Sequence
from itertools import count

import anyio
from msgspec.structs import replace

from linkcheck.collection.spread import follow_parent
from linkcheck.errors import LinkcheckError
from linkcheck.lanes.allowance import Unlimited
from linkcheck.model.body import BodyWriter
from linkcheck.model.exchange import Failure, Reply, Request
from linkcheck.model.observation import ArchiveObservation, Observation
from linkcheck.scan.alone import alone
from linkcheck.scan.annex.brief import Brief, Foresight
from linkcheck.scan.annex.hatch import Hatch
from linkcheck.scan.annex.messages import Answer, Ask, Done, Failed, Piece, Ready, Stop
from linkcheck.scan.rubbish import give_back, one_heap, seldom_collecting
from linkcheck.store import Seen, Store, sighted


class _Waiting:
    """For an answer that has been asked for."""

    __slots__ = ("answer", "came", "pieces")

    def __init__(self) -> None:
        self.came = anyio.Event()
        self.answer: Reply | Failure | None = None
        self.pieces: BodyWriter | None = None


class Room:
    """What a lane finds in the annex: a way to ask, and a keeper."""

    def __init__(self, hatch: Hatch) -> None:
        self.stop = anyio.Event()
        self._hatch = hatch
        self._numbers = count()
        self._waiting: dict[int, _Waiting] = {}

    async def ask(self, request: Request) -> Reply | Failure:
        """Have somebody ask, and return what came back."""
        number, waiting = next(self._numbers), _Waiting()
        self._waiting[number] = waiting
        try:
            await self._hatch.put((Ask(number=number, request=request),))
            while waiting.answer is None:
                await waiting.came.wait()
            return waiting.answer
        finally:
            del self._waiting[number]

    async def ready(self, foresight: Foresight) -> None:
        """Say what there is to do, and that what earlier runs left is read."""
        await self._hatch.put((Ready(foresight=foresight),))

    async def keep(self, observation: Observation) -> None:
        """Hand an observation out, ready for the store: the house has enough to do."""
        await self.keep_all((observation,))

    async def keep_all(self, observations: Sequence[Seen]) -> None:
        """Hand out some at once."""
        await self._hatch.put(
            [sighted(one) if isinstance(one, ArchiveObservation) else one for one in observations]
        )

    async def take_in(self) -> None:
        """Give answers to whom they belong, until the house is gone."""
        while messages := await self._hatch.take_in():
            for message in messages:
                self._take(message)

    def _take(self, message: Answer | Piece | Stop) -> None:
        if isinstance(message, Stop):
            self.stop.set()
            return
        waiting = self._waiting.get(message.number)
        if waiting is None:
            return  # it was let go meanwhile
        if isinstance(message, Piece):
            if waiting.pieces is None:
                waiting.pieces = BodyWriter()
            waiting.pieces.write(message.held)
            return
        answer = message.answer
        if message.in_pieces and waiting.pieces is not None and isinstance(answer, Reply):
            body = waiting.pieces.finish(truncated=answer.body.truncated)
            answer = replace(answer, body=body)
        waiting.answer = answer
        waiting.came.set()


def lodge(end: socket.socket, brief: Brief) -> None:
    """Work in this process, from beginning to end."""
    one_heap()
    follow_parent()
    # As a whole group is told by `timeout`, and a whole unit by systemd. The house stops in order,
    # and never ends a lane but by a kill.
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    with seldom_collecting():
        anyio.run(_lodge, end, brief)


async def _lodge(end: socket.socket, brief: Brief) -> None:
    hatch = Hatch(end)
    async with anyio.create_task_group() as handing_out:
        handing_out.start_soon(hatch.hand_out)
        await hatch.put((await _worked(Room(hatch), brief),))
        hatch.close()


async def _worked(room: Room, brief: Brief) -> Done | Failed:
    try:
        with alone():
            async with anyio.create_task_group() as group:
                group.start_soon(room.take_in)
                done = await _work(room, brief)
                group.cancel_scope.cancel()
            return done
    except (LinkcheckError, OSError) as error:
        return Failed(error=error, trace="")
    except Exception:  # noqa: BLE001 whatever it is, the house must hear of it
        return Failed(error=None, trace=traceback.format_exc())


async def _work(room: Room, brief: Brief) -> Done:
    settings = brief.settings
    with Store.read(
        settings.scan.store, judging=settings.judging, freshness=settings.freshness
    ) as store:
        lane = brief.begin(store)
        store.lighten()
        give_back()  # what looking up has left
        await room.ready(lane.foresight)
        report = await lane.work(ask=room, keeper=room, allowance=Unlimited(), stop=room.stop)
    return Done(report=report)
