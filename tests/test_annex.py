"""The hatch between two processes, and what goes wrong behind it."""

import socket
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

import anyio
import pytest

from linkcheck.errors import LinkcheckError, StoreError
from linkcheck.scan.annex.annex import Annex
from linkcheck.scan.annex.brief import Lane
from linkcheck.scan.annex.hatch import Hatch
from linkcheck.settings.settings import Settings
from linkcheck.store import Store

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
        (ValueError, RuntimeError, "the lane of web.example failed:\nTraceback(.|\n)*disk is away"),
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
