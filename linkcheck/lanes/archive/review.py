"""What is known only when all pages have come: shared bodies, the round, and the sample."""

import anyio.lowlevel

from linkcheck.lanes.archive.bodies import Bodies
from linkcheck.lanes.archive.index import IndexSide
from linkcheck.lanes.archive.job import Why
from linkcheck.lanes.archive.ledger import Mark
from linkcheck.lanes.archive.round import witnesses_due
from linkcheck.lanes.archive.run import Run
from linkcheck.plan.sample import Candidate, Draw
from linkcheck.plan.spelling import host_of

_BREATH = 256


class Review:
    """Look through everything once more."""

    def __init__(self, run: Run, index: IndexSide, bodies: Bodies) -> None:
        self._run = run
        self._index = index
        self._bodies = bodies
        self._done = False

    async def pages_are_in(self) -> None:
        """Look into shared bodies, then hand out the round and the sample."""
        if self._done:
            return
        self._done = True
        await self._bodies.pages_are_in()
        await self._choose()

    async def _choose(self) -> None:
        """Go through all that is only listed: the round's turn, and the sample's draw."""
        run = self._run
        if run.settings.playback.nothing:
            return
        planning, today = run.settings.planning, run.now.date()
        due = set(
            witnesses_due(
                run.history,
                today,
                run.since,
                days=planning.rotation_days,
                seed=run.archive.name,
            )
        )
        # One sample for the round, however many runs it takes.
        draw = Draw(max(run.settings.playback.sample - run.begun, 0), run.seed)
        for place in range(len(run.subjects)):
            if place % _BREATH == 0:
                await anyio.lowlevel.checkpoint()
            self._consider(place, due, draw)
        for one in draw.taken():
            sampled = run.subjects.place_of(one.key)
            if sampled is not None:
                slot, _ = next(run.ledger.wants(sampled, one.moment))
                verdict = run.ledger.verdict(slot)
                if verdict is not None:
                    run.drawn[slot] = verdict
                self._index.replay(sampled, one.moment, Why.SAMPLE)
        run.listed, run.sampled = draw.total, len(run.drawn)

    def _consider(self, place: int, due: set[tuple[str, str]], draw: Draw) -> None:
        run = self._run
        key = run.subjects.keys[place]
        seen: set[str | None] = set()
        for slot, want in run.ledger.every(place):
            fresh = want.timestamp not in seen and run.ledger.has(slot, Mark.LISTED)
            seen.add(want.timestamp)
            if not fresh or run.ledger.has(slot, Mark.QUEUED | Mark.SHARED):
                continue
            stamp = run.ledger.stamp(slot)
            if (key, stamp) in due:
                run.witnesses += self._index.replay(place, want.timestamp, Why.ROUND)
                continue
            draw.add(
                Candidate(
                    key=key,
                    timestamp=stamp,
                    role=want.role,
                    host=host_of(key),
                    moment=want.timestamp,
                )
            )
