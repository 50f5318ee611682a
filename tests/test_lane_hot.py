"""One original at very many moments: its exact index query may fail like any other."""

import anyio
import pytest

from linkcheck.lanes.archive import ArchiveLaneReport
from linkcheck.model.verdict import ArchiveVerdict
from tests.standin.archive import StandIn, is_index
from tests.standin.asker import InProcess
from tests.standin.held import Held, holdings
from tests.standin.lane import Kept, run_lane, side
from tests.standin.troubles import Trouble
from tests.virtual import simulate

FRONT = "https://www.made.example/"
MOMENTS = [f"2018{month:02}{day:02}000000" for month in range(1, 7) for day in range(1, 11)]
CAPTURES = [
    Held(original=FRONT, timestamp=moment, body=b"<html>%b</html>" % moment.encode())
    for moment in MOMENTS
]


@pytest.mark.parametrize(
    "trouble",
    [
        *(Trouble.CUT, Trouble.GARBAGE, Trouble.ENDLESS, Trouble.LOOPING_KEY, Trouble.HUGE_ROW),
        *(Trouble.DISORDERED, Trouble.CIRCLING_KEYS),
    ],
)
def test_what_its_index_query_cannot_tell_is_played_back(trouble: Trouble) -> None:
    standin = StandIn(holdings=holdings(CAPTURES), trouble=trouble, only=is_index)

    async def main() -> tuple[Kept, ArchiveLaneReport]:
        with anyio.fail_after(3600):
            return await run_lane(InProcess(standin), [side(FRONT, moment) for moment in MOMENTS])

    kept, report = simulate("trio", main)
    assert {one.finding.verdict for one in kept.latest.values()} == {ArchiveVerdict.CAPTURED}
    assert len(standin.queries) <= 4
    assert len(standin.plays) <= len(MOMENTS)
    assert report.not_asked == 0
