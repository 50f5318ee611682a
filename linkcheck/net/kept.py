"""Which connections may be used again: idle ones by origin, and the shared ones of HTTP/2."""

from linkcheck.net.connection import Connection, Origin
from linkcheck.net.idle import IdleList

Doomed = list[Connection]  # what the caller has to close


class Kept:
    """Decide about every connection; what is to be closed is handed back, for that takes time."""

    def __init__(self, idle: IdleList, streams: int) -> None:
        self.idle = idle
        self.shared: dict[Origin, list[Connection]] = {}
        self._streams = streams

    def take(self, origin: Origin, now: float) -> tuple[Connection | None, Doomed]:
        """Return a connection that looks alive, if there is one."""
        doomed: Doomed = []
        for connection in tuple(self.shared.get(origin, ())):
            if not connection.streams and self.idle.expired(connection, now):
                self._unshare(connection)
                doomed.append(connection)
            elif connection.open and connection.streams < self._streams:
                return connection, doomed
        while kept := self.idle.take(origin):
            if not self.idle.expired(kept, now) and not kept.stream.stirred:
                return kept, doomed
            doomed.append(kept)
        return None, doomed

    def add(self, connection: Connection) -> None:
        """Let others share a new connection."""
        self.shared.setdefault(connection.origin, []).append(connection)

    def put(self, connection: Connection, now: float, *, finished: bool) -> Doomed:
        """Take back a connection whose exchange is over."""
        connection.streams -= 1
        connection.idle_since = now
        if not connection.shared:
            return self.idle.put(connection, now) if connection.http.renew() else [connection]
        # httpcore cannot reset a stream: what the server still sends for one that was given up
        # would use up the window of the others.
        connection.retired = connection.retired or not finished
        if connection.open:
            return []
        self._unshare(connection)
        return [] if connection.streams else [connection]

    def drain(self) -> Doomed:
        """Give up everything."""
        shared = [connection for group in self.shared.values() for connection in group]
        self.shared.clear()
        return [*self.idle.drain(), *shared]

    def _unshare(self, connection: Connection) -> None:
        group = self.shared.get(connection.origin, [])
        if connection in group:
            group.remove(connection)
        if not group:
            self.shared.pop(connection.origin, None)
