"""Exchanges of every kind, made up from a seed: what recording and replay are tried with."""

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from random import Random

from linkcheck.model.exchange import (
    Asker,
    Body,
    Failure,
    FailureKind,
    Purpose,
    Reply,
    Request,
    Tls,
)

START = datetime(2026, 11, 20, 12, 0, 0, 123456, tzinfo=UTC)
URLS = (
    "http://a.example/",
    "https://b.example/%e6%96%87/~x/[1]?q=100%",
    "https://web.archive.org/web/20200101000000id_/https://c.example//x/../y",
    "http://d.example/文章",
    "http://d.example/\udce6\udc96",
    "http://user:secret@e.example/private",
    "http://f.example/a b\r\nX-Injected: yes",
    "http://[::1]:8080/",
)
BODIES = (
    b"",
    b"x",
    b"<html>same</html>" * 20,
    bytes(range(256)) * 8,
    b"0\r\n\r\n",
    b"5\r\nhello\r\n0\r\n\r\n",
    b"WARC/1.1\r\n\r\n",
)
HEADERS: tuple[tuple[bytes, bytes], ...] = (
    (b"Content-Type", b"text/html; charset=utf-8"),
    (b"content-type", b"image/jpeg"),
    (b"Location", "/文章".encode()),
    (b"Location", "/é".encode("latin-1")),
    (b"Transfer-Encoding", b"chunked"),
    (b"X-Linkcheck-Orig-Transfer-Encoding", b"mine"),
    (b"x-linkcheck-orig-x-linkcheck-orig-a", b"twice"),
    (b"Content-Length", b"12345"),
    (b"X-Empty", b""),
    (b"X-Colons", b"a: b: c"),
    (b"X-Bytes", bytes({*range(1, 256)} - {10, 13})),
    (b"Memento-Datetime", b"Wed, 01 Jan 2020 00:00:00 GMT"),
    (b"X-Large", b"y" * 70_000),
)
SECRETS: tuple[tuple[bytes, bytes], ...] = (
    (b"Set-Cookie", b"login=secret"),
    (b"set-cookie", b"other=secret"),
    (b"X-NID", b"secret provider"),
    (b"X-AS", b"secret number"),
)
STATUSES = (0, 99, 200, 200, 200, 204, 206, 301, 302, 304, 401, 404, 429, 503, 999)


class Scripted(Asker):
    """Give prepared answers in turn."""

    def __init__(self, answers: Iterable[Reply | Failure]) -> None:
        self._answers = iter(answers)

    async def ask(self, request: Request) -> Reply | Failure:  # noqa: ARG002 - of the Asker
        return next(self._answers)


def mixed(count: int, *, seed: int = 1) -> list[tuple[Request, Reply | Failure]]:
    random = Random(seed)  # noqa: S311 - examples, no secrets
    return [one(random, number) for number in range(count)]


def one(random: Random, number: int) -> tuple[Request, Reply | Failure]:
    request = Request(
        url=random.choice(URLS) + (f"#{number}" if random.random() < 0.3 else ""),
        method=random.choice(("GET", "GET", "GET", "HEAD")),
        headers=random.choice(
            (
                (),
                (),
                (("Accept", "image/*"),),
                (("Authorization", "secret"), ("X-Mine", "secret"), ("Range", "bytes=0-")),
            )
        ),
        purpose=random.choice(list(Purpose)),
        follow=random.random() < 0.5,
    )
    asked_at = START + timedelta(microseconds=random.randrange(10**12))
    if random.random() < 0.3:
        return request, failure(random, request, asked_at)
    return request, reply(random, request, asked_at)


def reply(random: Random, request: Request, asked_at: datetime) -> Reply:
    wire = b"" if request.method == "HEAD" else random.choice(BODIES)
    http_version = random.choice(("HTTP/1.1", "HTTP/1.1", "HTTP/2", "HTTP/1.0"))
    first = random.random()
    return Reply(
        url=request.url,
        status=random.choice(STATUSES),
        reason=random.choice(("OK", "", "Not Found", "Où ça", "\udcff", "a  b")),
        headers=tuple(random.sample(HEADERS + SECRETS, random.randrange(8))),
        http_version=http_version,
        body=Body.of(wire, truncated=bool(wire) and random.random() < 0.2),
        address=random.choice((None, "127.0.0.1:80", "[::1]:443", "[fe80::1%eth0]:443")),
        tls=random.choice(
            (
                None,
                Tls(
                    version="TLSv1.3",
                    issuer="CN=发行者\r\nX: 1",
                    expires_at=datetime(2027, 1, 1, tzinfo=UTC),
                ),
                Tls(version="TLSv1.2", issuer="", expires_at=None),
            )
        ),
        asked_at=asked_at,
        first_byte_seconds=first,
        total_seconds=first + random.random(),
        sends=random.choice((1, 1, 2)),
    )


def failure(random: Random, request: Request, asked_at: datetime) -> Failure:
    return Failure(
        url=request.url,
        kind=random.choice(list(FailureKind)),
        detail=random.choice(
            (
                "connection refused",
                "",
                'line\r\nbreak: "x"',
                "\udce6 bytes, 文",
                f"while asking {request.url}",
            )
        ),
        address=random.choice((None, "127.0.0.1:80")),
        asked_at=asked_at,
        total_seconds=random.random(),
        sends=random.choice((0, 1, 2)),
        retry_at=random.choice((None, START)),
    )
