"""Run the command in one of the weeks: the wall's clock is set, and the world answers as it was.

python -m tests.weeks.launch FOLDER WEEK scan -q -n
"""

import json
import os
import resource
import sys
from datetime import datetime, timedelta, tzinfo
from pathlib import Path
from unittest import mock

from benchmarks.hurry import in_a_hurry
from linkcheck.cli import run
from linkcheck.model import clock
from tests.weeks.calendar import begins
from tests.weeks.world import WeekOfWorld

TOLD = "told.json"


class SetClock:
    """The wall's clock of this process, set to when the week's scan is started."""

    def __init__(self, week: int) -> None:
        begin = begins(week)
        self._away = datetime.now(begin.tzinfo) - begin

    def now(self, zone: tzinfo) -> datetime:
        """Return what time it is in that week."""
        return datetime.now(zone) - self._away

    @property
    def away(self) -> timedelta:
        """Return how far it is set back."""
        return self._away


def main(folder: Path, week: int, said: list[str]) -> int:
    """Run the command, and leave word of what only this process knows."""
    wall = SetClock(week)
    os.chdir(folder)
    with mock.patch.object(clock, "datetime", wall):
        world = WeekOfWorld(folder, week, clock.utc_now)
        with in_a_hurry(folder, world):
            code = run(said)
    own = resource.getrusage(resource.RUSAGE_SELF)
    told = {"world": world.cpu, "peak": own.ru_maxrss // 1024, "asked": dict(world.asked)}
    (folder / TOLD).write_text(json.dumps(told))
    return code


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]), int(sys.argv[2]), sys.argv[3:]))
