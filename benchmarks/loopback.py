"""A small web on loopback: 32 hosts, a fixed latency, fast enough not to be what is measured.

One process, epoll by hand: 19 µs of CPU an answer where the figures of docs/network.md come from,
a fifth of a core while lychee asks for 12,000 a second.
"""

import contextlib
import multiprocessing
import select
import socket
import time
from collections import deque
from collections.abc import Iterator
from multiprocessing.connection import Connection

HOSTS = tuple(f"127.0.1.{number}" for number in range(1, 33))
BODY = b"x" * 250
HEAD = (
    b"HTTP/1.1 200 OK\r\nServer: loopback\r\nDate: Fri, 20 Nov 2026 12:00:00 GMT\r\n"
    b"Content-Type: text/html; charset=utf-8\r\nLast-Modified: Tue, 12 Jun 2018 13:18:35 GMT\r\n"
    b"Cache-Control: max-age=1800\r\nContent-Length: %d\r\n\r\n" % len(BODY)
)


@contextlib.contextmanager
def loopback(latency: float) -> Iterator[list[str]]:
    """Serve while the block runs; give the hosts with their port."""
    ours, theirs = multiprocessing.Pipe()
    server = multiprocessing.Process(target=_serve, args=(latency, theirs), daemon=True)
    server.start()
    port = ours.recv()
    try:
        yield [f"http://{host}:{port}" for host in HOSTS]
    finally:
        server.terminate()
        server.join()


def _serve(latency: float, ready: Connection) -> None:
    listeners = _listen()
    ready.send(listeners[0].getsockname()[1])
    poll = select.epoll()
    accepting = {listener.fileno(): listener for listener in listeners}
    for number in accepting:
        poll.register(number, select.EPOLLIN)
    open_: dict[int, socket.socket] = {}
    late: deque[tuple[float, int, bytes]] = deque()
    while True:
        now = time.monotonic()
        while late and late[0][0] <= now:
            _, number, answers = late.popleft()
            _send(open_, poll, number, answers)
        for number, _ in poll.poll(max(0.0, late[0][0] - now) if late else None):
            if number in accepting:
                connection, _ = accepting[number].accept()
                connection.setblocking(False)  # noqa: FBT003 # its only form
                connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
                open_[connection.fileno()] = connection
                poll.register(connection.fileno(), select.EPOLLIN)
                continue
            answers = _read(open_[number])
            if not answers:
                _drop(open_, poll, number)
            elif latency:
                late.append((time.monotonic() + latency, number, answers))
            else:
                _send(open_, poll, number, answers)


def _listen() -> list[socket.socket]:
    first = socket.create_server((HOSTS[0], 0), backlog=1024)
    port = first.getsockname()[1]
    return [first, *(socket.create_server((host, port), backlog=1024) for host in HOSTS[1:])]


def _read(connection: socket.socket) -> bytes:
    """Return the answers to the requests that came; each comes in one piece on loopback."""
    try:
        data = connection.recv(65536)
    except OSError:
        return b""
    count = data.count(b"\r\n\r\n")
    return (HEAD if data.startswith(b"HEAD") else HEAD + BODY) * count


def _send(open_: dict[int, socket.socket], poll: select.epoll, number: int, answers: bytes) -> None:
    connection = open_.get(number)
    if connection is None:
        return
    try:
        connection.send(answers)
    except OSError:
        _drop(open_, poll, number)


def _drop(open_: dict[int, socket.socket], poll: select.epoll, number: int) -> None:
    poll.unregister(number)
    open_.pop(number).close()
