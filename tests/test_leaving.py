"""How lanes leave off: what waits is let go, what has come is worked off, and not for ever."""

import anyio
import pytest

from linkcheck.lanes.leaving import WORK_OFF, Leaving
from tests.virtual import simulate


async def _answer() -> str:
    await anyio.sleep(1)
    return "came"


@pytest.mark.parametrize("work", [3.0, 3 * WORK_OFF])
def test_what_has_come_is_worked_off_when_the_lane_stops(work: float) -> None:
    done: list[tuple[str | None, int]] = []

    async def main() -> None:
        began, stop = anyio.current_time(), anyio.Event()
        leaving = Leaving(stop)

        async def working() -> None:
            came = await leaving.waited(_answer)
            await anyio.sleep(work)
            done.append((came, round(anyio.current_time() - began)))

        async def never() -> str:
            await anyio.sleep_forever()
            return ""

        async def waiting() -> None:
            came = await leaving.waited(never)
            done.append((came, round(anyio.current_time() - began)))

        async def stopping() -> None:
            await anyio.sleep(2)
            stop.set()

        async with anyio.create_task_group() as watching:
            with anyio.CancelScope() as scope:
                watching.start_soon(leaving.watch, scope)
                watching.start_soon(stopping)
                async with anyio.create_task_group() as group:
                    group.start_soon(working)
                    group.start_soon(waiting)
            watching.cancel_scope.cancel()
        assert await leaving.waited(_answer) is None
        await leaving.until_then(anyio.sleep)(60)
        ended = anyio.current_time() - began
        assert ended == pytest.approx(min(1 + work, 2 + WORK_OFF))

    simulate("trio", main)
    worked_off = [("came", 1 + round(work))] if work < WORK_OFF else []
    assert done == [(None, 2), *worked_off]


def test_without_anybody_who_stops_it_a_lane_only_waits() -> None:
    async def main() -> None:
        assert await Leaving().waited(_answer) == "came"
        await Leaving().watch(anyio.CancelScope())

    simulate("trio", main)
