"""The waiting itself: tasks sleep until the scheduler lets them start."""

from collections.abc import Callable

import anyio

from linkcheck.model.pause import Pause
from linkcheck.net.lane import Lane, Site, State, Waiter
from linkcheck.net.scheduler import Scheduler


class Queue:
    """Let tasks wait for their lanes.

    No task stands behind it, so it needs no beginning and no end: one of those who wait keeps
    the alarm for all, and hands it on when it starts or is cancelled.
    """

    def __init__(self, places: int, hopeless: Callable[[Site, float], Pause | None]) -> None:
        self._scheduler = Scheduler(places)
        self._hopeless = hopeless  # the pause of a site that nobody waits for, if there is one
        self._keeper: Waiter | None = None
        self._alarm: anyio.CancelScope | None = None

    async def enter(self, lane: Lane, now: float, *, ahead: bool) -> Pause | None:
        """Return when the lane's turn has come, or with the pause that nobody waits for."""
        while True:
            pause = self._hopeless(lane.site, now)
            if pause is not None:
                return pause
            waiter = Waiter(lane)
            self._scheduler.enter(waiter, now, ahead=ahead)
            if waiter.state is State.GRANTED:
                return None
            await self._wait(waiter, now)
            if waiter.state is State.REFUSED:
                return waiter.pause
            now = anyio.current_time()
            if lane.site.gate.opens_at <= now:
                return None
            # The gate fell after the turn was given and before it was taken.
            self._leave(waiter, now)
            ahead = True

    def finish(self, lane: Lane, now: float) -> None:
        """Give a place back and let others start."""
        self._scheduler.finish(lane, now)
        self._scheduler.advance(now)
        self._watch()

    def rest(self, site: Site, now: float) -> None:
        """Let all that waits for a site wait until its gate opens, or go if that is too long."""
        pause = self._hopeless(site, now)
        if pause is not None:
            self._scheduler.refuse(site, pause)
        else:
            self._scheduler.rest(site, now)
            self._watch()

    async def _wait(self, waiter: Waiter, now: float) -> None:
        wake = waiter.wake = anyio.Event()
        settled = False
        try:
            self._scheduler.advance(now)
            self._watch(newcomer=waiter)
            while waiter.waits():
                if self._keeper is None:
                    self._keeper = waiter
                if self._keeper is waiter:
                    await self._keep(wake)
                else:
                    await wake.wait()
                if waiter.waits() and wake.is_set():  # it was only called to keep the alarm
                    wake = waiter.wake = anyio.Event()
            settled = True
        finally:
            if self._keeper is waiter:
                self._keeper = self._alarm = None
            if settled:
                self._watch()
            else:
                self._leave(waiter, anyio.current_time())

    async def _keep(self, wake: anyio.Event) -> None:
        alarm = self._scheduler.alarm()
        if alarm is None:  # only an answer can help now, and it will call a new keeper
            self._keeper = None
            await wake.wait()
            return
        with anyio.CancelScope(deadline=alarm[0]) as self._alarm:
            await wake.wait()
        self._alarm = None
        self._scheduler.advance(anyio.current_time())

    def _leave(self, waiter: Waiter, now: float) -> None:
        self._scheduler.leave(waiter, now)
        self._scheduler.advance(now)
        self._watch()

    def _watch(self, newcomer: Waiter | None = None) -> None:
        alarm = self._scheduler.alarm()
        if alarm is None:
            return
        due, first = alarm
        if self._alarm is not None:
            self._alarm.deadline = due
        elif self._keeper is None and newcomer is None and first.wake is not None:
            first.wake.set()
