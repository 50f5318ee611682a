"""Who may start now, and when to look again: all waiting decided without awaiting."""

import heapq

from linkcheck.model.pause import Pause
from linkcheck.net.lane import Lane, Site, State, Waiter
from linkcheck.net.rota import Rota


class Scheduler:
    """Give out places and tokens: a lane's budget, its site's connections, the run's concurrency.

    Each step costs O(log n) in the number of lanes that wait, whatever the length of the queues.
    """

    def __init__(self, places: int) -> None:
        self._places = places
        self._running = 0
        self._ready: Rota[Site] = Rota()  # sites with a lane and a connection, but no place yet
        self._timers: list[tuple[float, int, Lane]] = []
        self._armed = 0  # orders timers of the same moment

    def enter(self, waiter: Waiter, now: float, *, ahead: bool) -> None:
        """Queue a waiter, or let it start at once where nothing is in its way."""
        lane = waiter.lane
        if not lane.waiting and self._running < self._places and lane.site.room:
            start = lane.start(now)
            if start <= now:
                self._grant(waiter, now)
                return
        lane.waiting[waiter] = None
        if ahead:
            lane.waiting.move_to_end(waiter, last=False)
        self._consider(lane, now)

    def leave(self, waiter: Waiter, now: float) -> None:
        """Forget a waiter that went away; what it was given and did not use goes back."""
        lane = waiter.lane
        if waiter.state is State.GRANTED:
            if waiter.stamp in lane.stamps:
                lane.stamps.remove(waiter.stamp)
            self.finish(lane, now)
        elif lane.waiting.pop(waiter, waiter) is None:
            self._consider(lane, now)

    def finish(self, lane: Lane, now: float) -> None:
        """Take back the place of a request that has its answer."""
        self._running -= 1
        lane.site.running -= 1
        self._consider(lane, now)

    def rest(self, site: Site, now: float) -> None:
        """Hold back all that waits for a site whose gate has moved."""
        for lane in site.lanes:
            self._consider(lane, now)

    def refuse(self, site: Site, pause: Pause) -> None:
        """Send all that waits for a site away."""
        self._ready.discard(site)
        for lane in site.lanes:
            site.ready.discard(lane)
            while lane.waiting:
                waiter, _ = lane.waiting.popitem(last=False)
                waiter.pause = pause
                waiter.turn(State.REFUSED)

    def advance(self, now: float) -> None:
        """Let start what may start."""
        while self._timers and self._timers[0][0] <= now:
            due, _, lane = heapq.heappop(self._timers)
            if lane.due == due:
                lane.due = None
                self._consider(lane, now)
        while self._ready and self._running < self._places:
            site = self._ready.take()
            lane = site.ready.take()
            waiter, _ = lane.waiting.popitem(last=False)
            self._grant(waiter, now)
            self._consider(lane, now)

    def alarm(self) -> tuple[float, Waiter] | None:
        """Return when to look again and who starts then, or None if only an answer can help."""
        while self._timers:
            due, _, lane = self._timers[0]
            if lane.due == due and lane.waiting:
                return due, next(iter(lane.waiting))
            if lane.due == due:
                lane.due = None
            heapq.heappop(self._timers)
        return None

    def _grant(self, waiter: Waiter, now: float) -> None:
        lane = waiter.lane
        self._running += 1
        lane.site.running += 1
        lane.stamps.append(now)
        waiter.stamp = now
        waiter.turn(State.GRANTED)

    def _consider(self, lane: Lane, now: float) -> None:
        start = lane.start(now) if lane.waiting else None
        if start is not None and start <= now:
            lane.site.ready.put(lane, lane.work())
        else:
            lane.site.ready.discard(lane)
        if start is not None and start > now and lane.due != start:
            lane.due = start
            self._armed += 1
            heapq.heappush(self._timers, (start, self._armed, lane))
        self._offer(lane.site)

    def _offer(self, site: Site) -> None:
        if site.ready and site.room:
            self._ready.put(site, site.ready.heaviest())
        else:
            self._ready.discard(site)
