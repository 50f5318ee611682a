"""The hatch between two processes, and what goes wrong behind it."""

import socket
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from pathlib import Path
from unittest import mock

import anyio
import pytest

from linkcheck.errors import LinkcheckError, StoreError
from linkcheck.lanes.allowance import Unlimited
from linkcheck.model.body import SPOOL_AFTER
from linkcheck.model.exchange import Reply, Request
from linkcheck.scan.alone import alone
from linkcheck.scan.annex import hatch
from linkcheck.scan.annex.annex import Annex, _House
from linkcheck.scan.annex.brief import Foresight, Lane, Report
from linkcheck.scan.annex.hatch import Hatch
from linkcheck.scan.annex.lodger import Room, _worked
from linkcheck.scan.annex.messages import Answer, Failed, Piece, Stop
from linkcheck.scan.basket import Basket
from linkcheck.scan.job import LiveForecast
from linkcheck.settings.settings import Settings
from linkcheck.store import Store
from tests.answers import reply

pytestmark = pytest.mark.anyio


def hatches() -> tuple[Hatch, Hatch]:
    one, other = socket.socketpair()
    return Hatch(one), Hatch(other)


async def test_messages_come_whole_and_in_order() -> None:
    one, other = hatches()
    sent = [(number, bytes(size)) for number, size in enumerate([0, 1, 70_000, 3_000_000] * 60)]
    came: list[object] = []

    async def put() -> None:
        for start in range(0, len(sent), 3):
            await one.put(sent[start : start + 3])
        one.close()

    async with anyio.create_task_group() as group:
        group.start_soon(one.hand_out)
        group.start_soon(put)
        while len(came) < len(sent):
            came += await other.take_in()
    assert came == sent
    one.shut()
    assert await other.take_in() == []
    other.shut()


@pytest.mark.parametrize("left", [b"", b"\0\0", (9).to_bytes(8) + b"half"])
async def test_who_has_gone_in_the_midst_of_a_message_is_gone(left: bytes) -> None:
    one, other = socket.socketpair()
    one.sendall(left)
    one.close()
    hatch = Hatch(other)
    assert await hatch.take_in() == []
    hatch.shut()


async def test_nobody_waits_for_room_when_the_other_side_is_gone() -> None:
    one, other = hatches()
    other.shut()
    async with anyio.create_task_group() as group:
        group.start_soon(one.hand_out)
        for _ in range(30):
            await one.put([bytes(100_000)] * 1000)
    one.shut()


@dataclass(frozen=True, slots=True)
class _Broken:
    """A brief whose lane cannot begin."""

    error: Callable[[str], BaseException]
    settings: Settings
    name: str = "web.example"

    def begin(self, _store: Store) -> Lane:
        raise self.error("the disk is away")


@pytest.mark.parametrize(
    ("error", "raised", "words"),
    [
        (StoreError, StoreError, "^the disk is away$"),
        (LinkcheckError, LinkcheckError, "^the disk is away$"),
        (OSError, OSError, "^the disk is away$"),
        (
            ValueError,
            RuntimeError,
            "the lane of web.example failed:\n(.|\n)*Traceback(.|\n)*disk is away",
        ),
        (SystemExit, LinkcheckError, "was killed, most likely for want of memory"),
    ],
)
async def test_why_a_lane_cannot_go_on_is_told(
    tmp_path: Path,
    error: Callable[[str], BaseException],
    raised: type[Exception],
    words: str,
) -> None:
    with Store.open(tmp_path, extraction="1"):
        settings = Settings()
        settings = replace(settings, scan=replace(settings.scan, store=tmp_path))
        annex = Annex(_Broken(error, settings))
        with pytest.raises(raised, match=words):
            await annex.ready()
        await annex.aclose()


class _Long:
    """What answers with megabytes."""

    def __init__(self, most: int = 1) -> None:
        self.left = most
        self.all_asked = anyio.Event()

    async def ask(self, request: Request) -> Reply:
        await anyio.lowlevel.checkpoint()
        self.left -= 1
        if not self.left:
            self.all_asked.set()
        return reply(request.url.encode() * 100_000)


async def _answer(house: _House, hatch: Hatch) -> None:
    async with anyio.create_task_group() as group:
        while asks := await hatch.take_in():
            for one in asks:
                group.start_soon(house.answer, one)


async def test_long_answers_lie_in_no_memory_as_a_whole(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(hatch, "ROOM", 2)
    one, other = hatches()
    asked, room, stop = _Long(8), Room(other), anyio.Event()
    house = _House(one, asked, Unlimited())
    lying: list[int] = []
    put = Basket.put

    def noted(self: Basket[object], things: Iterable[object]) -> None:
        put(self, things)
        lying.append(len(self))

    taken: list[object] = []
    take = room._take
    monkeypatch.setattr(Basket, "put", noted)

    def noting(message: Answer | Piece | Stop) -> None:
        taken.append(message)
        take(message)

    monkeypatch.setattr(room, "_take", noting)
    came: dict[str, bytes] = {}

    async def ask(url: str) -> None:
        answer = await room.ask(Request(url=url))
        assert isinstance(answer, Reply)
        came[url] = answer.body.wire

    urls = [f"https://paper.example/{number:020}" for number in range(8)]
    with anyio.fail_after(30):
        async with anyio.create_task_group() as group:
            for side in (one, other):
                group.start_soon(side.hand_out)
            group.start_soon(room.take_in)
            group.start_soon(_answer, house, one)
            group.start_soon(house.tell, stop)
            async with anyio.create_task_group() as asking:
                for url in urls:
                    asking.start_soon(ask, url)
                await asked.all_asked.wait()
                stop.set()  # while they are on their way
            await room.stop.wait()
            group.cancel_scope.cancel()
    assert came == {url: url.encode() * 100_000 for url in urls}
    assert max(lying) <= len(urls)
    assert taken[-1] == Stop(), "an answer that was there came too late"
    one.shut()
    other.shut()


async def test_a_long_answer_that_finds_no_room_on_the_disk_is_told_in_words() -> None:
    one, other = hatches()
    house, room = _House(one, _Long(), Unlimited()), Room(other)
    full = OSError(28, "No space left on device")
    answered = reply(b"x" * (SPOOL_AFTER + 1))

    async def ask() -> None:
        with alone():
            async with anyio.create_task_group() as group:
                for side in (one, other):
                    group.start_soon(side.hand_out)
                group.start_soon(room.take_in)
                group.start_soon(_answer, house, one)
                await room.ask(Request(url="https://paper.example/"))

    with (
        mock.patch.object(_Long, "ask", mock.AsyncMock(return_value=answered)),
        mock.patch("linkcheck.model.body.Spool.__init__", side_effect=full),
        pytest.raises(LinkcheckError, match=r"^a long answer could not be kept in .*: No space"),
    ):
        await ask()
    one.shut()
    other.shut()


_ONE = Foresight(total=1, seconds=0.0, forecast=LiveForecast())


@dataclass(frozen=True, slots=True)
class _Waiting:
    """A brief whose lane waits for ever."""

    settings: Settings
    name: str = "web.example"
    foresight: Foresight = _ONE

    def begin(self, _store: Store) -> Lane:
        return self

    async def work(self, **_: object) -> Report:
        await anyio.sleep_forever()
        raise AssertionError


async def test_the_lane_tells_of_what_it_could_not_take_in(tmp_path: Path) -> None:
    with Store.open(tmp_path, extraction="1"):
        settings = Settings()
        settings = replace(settings, scan=replace(settings.scan, store=tmp_path))
        one, other = hatches()
        room = Room(other)
        with mock.patch.object(Room, "take_in", side_effect=StoreError("the disk is full")):
            said = await _worked(room, _Waiting(settings))
    assert isinstance(said, Failed)
    assert str(said.error) == "the disk is full"
    one.shut()
    other.shut()
