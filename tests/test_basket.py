"""The basket between lanes and the writer: bounded, in order, and nothing in it is lost."""

from collections.abc import Sequence
from functools import partial

import anyio
import pytest

from linkcheck.errors import LinkcheckError
from linkcheck.model.visit import Visited
from linkcheck.scan.basket import ROOM, Basket
from linkcheck.scan.keeping import MOST, BasketKeeper, Keeping
from linkcheck.scan.progress import Progress
from linkcheck.store import Seen
from tests.virtual import simulate


def _seen(first: int, end: int) -> list[Seen]:
    return [Visited(host=f"http://h{number}.example") for number in range(first, end)]


class _Disk:
    """A writer that takes its time, or fails."""

    def __init__(self, seconds: float = 1.0, *, fails: bool = False) -> None:
        self.batches: list[list[Seen]] = []
        self._seconds, self._fails = seconds, fails

    async def work(self, commit: partial[Sequence[Seen]]) -> Sequence[Seen]:
        await anyio.sleep(self._seconds)
        if self._fails:
            raise LinkcheckError("the disk is full")
        return commit()

    def commit(self, observations: list[Seen]) -> Sequence[Seen]:
        self.batches.append(observations)
        return observations

    @property
    def kept(self) -> list[Seen]:
        return [one for batch in self.batches for one in batch]


async def _write(disk: _Disk, basket: Basket[Seen]) -> None:
    await Keeping(disk, Progress(), blocking=disk.work).write(basket)  # type: ignore[arg-type] # only partials come


@pytest.mark.parametrize("at_once", [1, 100, ROOM])
def test_everything_is_written_in_order_and_who_brings_more_waits(
    anyio_backend: str, at_once: int
) -> None:
    disk, basket = _Disk(), Basket[Seen]()
    many = 3 * ROOM
    waited: list[int] = []

    async def main() -> None:
        async with anyio.create_task_group() as group:
            group.start_soon(_write, disk, basket)
            keeper = BasketKeeper(basket)
            for first in range(0, many, at_once):
                await keeper.keep_all(_seen(first, first + at_once))
                waited.append(len(basket))
            basket.close()

    simulate(anyio_backend, main)
    assert disk.kept == _seen(0, len(waited) * at_once)
    assert max(waited) < ROOM + at_once
    assert max(map(len, disk.batches)) <= MOST


def test_what_a_lane_knew_when_it_was_stopped_is_kept(anyio_backend: str) -> None:
    disk, basket = _Disk(seconds=5.0), Basket[Seen]()
    handed_over = ROOM + 7

    async def lane(keeper: BasketKeeper) -> None:
        for one in _seen(0, 10 * ROOM):
            await keeper.keep(one)

    async def main() -> None:
        async with anyio.create_task_group() as writing:
            with anyio.move_on_after(1.0):
                async with anyio.create_task_group() as lanes:
                    keeper = BasketKeeper(basket)
                    await keeper.keep_all(_seen(0, ROOM))
                    for number in range(ROOM, handed_over):
                        lanes.start_soon(keeper.keep_all, _seen(number, number + 1))
                    # They wait for room when all are cancelled; the writer comes after that.
                    lanes.start_soon(_write_later, writing, disk, basket)
            basket.close()

    simulate(anyio_backend, main)
    assert sorted(map(str, disk.kept)) == sorted(map(str, _seen(0, handed_over)))


async def _write_later(writing: anyio.abc.TaskGroup, disk: _Disk, basket: Basket[Seen]) -> None:
    try:
        await anyio.sleep_forever()
    finally:
        writing.start_soon(_write, disk, basket)


def test_a_writer_that_fails_leaves_nobody_waiting(anyio_backend: str) -> None:
    disk, basket = _Disk(fails=True), Basket[Seen]()

    async def main() -> None:
        async with anyio.create_task_group() as group:
            group.start_soon(_write, disk, basket)
            keeper = BasketKeeper(basket)
            for one in _seen(0, 3 * ROOM):
                await keeper.keep(one)
                await anyio.lowlevel.checkpoint()

    with pytest.raises(BaseExceptionGroup) as raised:
        simulate(anyio_backend, main)
    assert raised.group_contains(LinkcheckError, match="disk is full")
