"""The live lane over a collection of the real shape, in virtual time through the real pace."""

from functools import partial
from itertools import pairwise

import anyio
import pytest

from linkcheck.lanes.live import LiveLaneReport
from linkcheck.model.verdict import LiveVerdict
from linkcheck.settings.pace import HostPace
from tests.live_parts import Notebook, Town, run
from tests.live_shape import DEAD, WORLDS, collection, world
from tests.virtual import simulate

MOST = 30_000
V = LiveVerdict


async def scan(town: Town, scale: float) -> tuple[LiveLaneReport, Notebook, float]:
    report, notes = await run(town, collection(scale))
    return report, notes, anyio.current_time()


def check(kind: str, scale: float, most: int) -> None:
    town = world(kind)
    report, notes, seconds = simulate("trio", partial(scan, town, scale))
    requests = sum(town.asked.values())
    print(  # noqa: T201 - the figures of docs/live.md
        f"\n{kind}: {report.originals:,} originals, {report.hosts:,} hosts, {requests:,} requests, "
        f"{seconds / 60:.0f} min; {dict(report.verdicts)}"
    )
    assert requests <= most
    assert town.asked[DEAD] == 2
    assert report.not_asked == 0
    assert sum(report.verdicts.values()) == report.originals
    dead = notes.hosts[f"https://{DEAD}"].finding
    assert dead is not None
    assert dead.verdict is V.HOST_GONE
    for name, starts in town.starts.items():
        gaps = [after - before for before, after in pairwise(starts)]
        assert min(gaps, default=1.0) >= HostPace().interval - 1e-6, name


@pytest.mark.parametrize("kind", WORLDS)
def test_a_part_of_the_real_shape(kind: str) -> None:
    check(kind, 0.04, 1_250)  # a smaller collection has more hosts to its links


@pytest.mark.soak
@pytest.mark.parametrize("kind", WORLDS)
def test_the_real_shape(kind: str) -> None:
    check(kind, 1.0, MOST)
