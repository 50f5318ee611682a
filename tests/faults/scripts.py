"""What servers of the web do wrong, each as one script."""

from itertools import count

from tests.faults.server import Script, Wire

HEAD = b"HTTP/1.1 200 OK\r\n"


def kind(wire: Wire) -> None:
    """Answer every request well."""
    while wire.request():
        wire.answer(b"hello")


def says(*pieces: bytes) -> Script:
    """Send bytes as they are to the first request, then close."""

    def script(wire: Wire) -> None:
        wire.request()
        wire.send(*pieces)

    return script


def says_and_stays(*pieces: bytes) -> Script:
    """Send bytes as they are to each request."""

    def script(wire: Wire) -> None:
        while wire.request():
            wire.send(*pieces)

    return script


def says_and_resets(*pieces: bytes) -> Script:
    def script(wire: Wire) -> None:
        wire.request()
        wire.send(*pieces)
        wire.reset()

    return script


def resets_at_once(wire: Wire) -> None:
    wire.reset()


def says_nothing(wire: Wire) -> None:
    wire.until_left()


def drips(*, piece: bytes, after: bytes = b"", seconds: float = 0.02) -> Script:
    def script(wire: Wire) -> None:
        wire.request()
        wire.send(after)
        wire.drip(piece, seconds)

    return script


def endless(*, piece: bytes, after: bytes = HEAD) -> Script:
    """Send as fast as the client reads, until it leaves."""

    def script(wire: Wire) -> None:
        wire.request()
        wire.send(after)
        while True:
            wire.send(piece)

    return script


def endless_fields(wire: Wire) -> None:
    wire.request()
    wire.send(HEAD)
    for number in count():
        wire.send(b"X-%d: something\r\n" % number)
