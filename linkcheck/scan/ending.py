"""How a run is brought to its end: nothing new goes out, what is under way is kept."""

import anyio

from linkcheck.model.manifest import Ended
from linkcheck.scan.progress import Phase, Progress
from linkcheck.scan.toll import Toll

GRACE = 20.0
"""Seconds that answers under way may take when somebody waits for the end; archives need ten."""

_TURNS, _TURN = 25, 0.01
"""Turns of the loop, and seconds of each, in which the last answers get from the wire to the lanes:
counted in turns, for a busy machine may take all the time for one."""


class EndingRun:
    """Know why a run ends, and end it in order."""

    def __init__(self, progress: Progress) -> None:
        self.ended: Ended | None = None  # None: by itself
        self.words = ""
        self.stop = anyio.Event()  # what lanes leave at
        self._asked = anyio.Event()
        self._progress = progress

    def ask(self, ended: Ended, words: str) -> bool:
        """Bring the run to its end; False where that was asked before."""
        if self.ended is not None:
            return False
        self.ended, self.words = ended, words
        self._progress.phase, self._progress.ending = Phase.ENDING, words
        self._asked.set()
        return True

    async def carry_out(self, toll: Toll) -> None:
        """Wait until it is asked for, then for what is under way, then stop the lanes."""
        await self._asked.wait()
        toll.close()
        with anyio.move_on_after(GRACE):
            await toll.quiet()
        for _ in range(_TURNS):
            await anyio.sleep(_TURN)
        self.stop.set()
