"""How the stand-in can fail and how it can be hostile: answers that no archive should give."""

from collections.abc import Callable, Iterator, Mapping
from enum import StrEnum

from tests.standin.index import BLOCKED
from tests.standin.spoken import TEXT, Spoken, page, said

OFFLINE_WORDS = (
    "<h1>Internet Archive: Temporarily Offline</h1><p>Services are temporarily offline.</p>"
)
TOO_MANY = (
    "<html><body><h1>429 Too Many Requests</h1>\n"
    "You have sent too many requests in a given amount of time.\n</body></html>"
)
_HEAD = b'[["urlkey","timestamp","original","mimetype","statuscode","digest","length"]'
_DIGEST = "3I42H3S6NNFQ2MSVX7XZKYAYSCX5QBYJ"


class Trouble(StrEnum):
    """What has come over the archive; the first group is silence, the second is hostile."""

    REFUSES = "refuses"  # no connection
    BUSY = "busy"  # 503
    BAD_GATEWAY = "bad-gateway"
    TIMES_OUT = "times-out"  # 504, as for too long scans
    OFFLINE_PAGE = "offline-page"  # with status 200
    OFFLINE_503 = "offline-503"
    EMPTY = "empty"  # bodies without a byte, status 200
    THROTTLES = "throttles"  # 429 without Retry-After
    THROTTLE_PAGE = "throttle-page"  # a redirect to /429.html, which answers 200

    ENDLESS = "endless"  # rows without end
    DISORDERED = "disordered"  # rows in no order
    HUGE_ROW = "huge-row"  # ten megabytes
    LOOPING_KEY = "looping-key"  # a resume key that leads back
    CIRCLING_KEYS = "circling-keys"  # two of them, to each other
    OUTWARD = "outward"  # playback leads out of the archive
    WORDS_OF_OTHERS = "words-of-others"  # another site's page in the place of every answer
    BLOCKED = "blocked"  # status 403 and a runtime error, where all of a host is withheld
    ROBOTS_ROW = "robots-row"  # a refusal in the place of a row, with status 200 (2017)
    GARBAGE = "garbage"
    CUT = "cut"  # two thirds of every body, under a length that says it is all


Made = Callable[[Spoken], Spoken]


def trouble_answer(trouble: Trouble, well: Spoken, target: str, *, index: bool) -> Spoken:
    """Return what takes the place of a good answer; some troubles have but one endpoint."""
    if trouble is Trouble.CIRCLING_KEYS and index:
        key = "other" if target.endswith("resumeKey=one") else "one"
        return _with_body(well, _keyed(well.body, key))
    made = _OF_BOTH.get(trouble) or (_OF_INDEX if index else _OF_PLAYBACK).get(trouble)
    return well if made is None else made(well)


def throttled(retry_after: int | None = None) -> Spoken:
    """Return a 429; web.archive.org named no time as of 2023-11."""
    headers = () if retry_after is None else (("Retry-After", str(retry_after)),)
    return said(429, TOO_MANY, ("Cache-Control", "no-cache"), *headers, media="text/html")


def _with_body(well: Spoken, body: bytes) -> Spoken:
    return Spoken(status=well.status, reason=well.reason, headers=well.headers, body=body)


def _endless() -> Iterator[bytes]:
    yield _HEAD
    number = 0
    while True:
        places = (f"{number + n:012}" for n in range(500))
        rows = (
            f',\n["zz,endless)/{place}","20200101000000","http://endless.zz/{place}",'
            f'"text/html","200","{_DIGEST}","400"]'
            for place in places
        )
        number += 500
        yield "".join(rows).encode()


def _arrays(body: bytes) -> list[bytes]:
    """Return the arrays of a JSON answer as they are written, one a line."""
    lines = body.strip().removeprefix(b"[").removesuffix(b"]").split(b",\n")
    return [line for line in lines if line]


def _written(arrays: list[bytes]) -> bytes:
    return b"[" + b",\n".join(arrays) + b"]\n"


def _disordered(body: bytes) -> bytes:
    head, *rows = _arrays(body) or [_HEAD[1:]]
    return _written([head, *rows[::-1]])


def _grown(body: bytes) -> bytes:
    head, *rows = _arrays(body) or [_HEAD[1:]]
    place = b"http://huge.example/" + b"x" * (10 << 20)
    row = b'["example,huge)/","20200101000000","%b","text/html","200","-","-"]' % place
    half = len(rows) // 2
    return _written([head, *rows[:half], row, *rows[half:]])


def _keyed(body: bytes, key: str) -> bytes:
    rows = [row for row in _arrays(body) if b'"' in row]
    return _written([*rows, b"[]", b'["%b"]' % key.encode()]) if rows else body


_ROBOTS = "org.archive.wayback.exception.RobotAccessControlException: Blocked By Robots"
_SENT_AWAY = said(302, b"", ("Location", "https://web.archive.org/429.html"))
_OTHERS = (
    "<html><body><p>This URL has been excluded from the Wayback Machine.</p>"
    "<p>Temporarily Offline</p></body></html>"
)
_OF_BOTH: Mapping[Trouble, Made] = {
    Trouble.BUSY: lambda _: said(503, "<html><h1>503 Service Unavailable</h1></html>"),
    Trouble.BAD_GATEWAY: lambda _: said(502, "<html><h1>502 Bad Gateway</h1></html>"),
    Trouble.TIMES_OUT: lambda _: said(504, "<html><h1>504 Gateway Time-out</h1></html>"),
    Trouble.OFFLINE_PAGE: lambda _: said(200, page(OFFLINE_WORDS)),
    Trouble.OFFLINE_503: lambda _: said(503, page(OFFLINE_WORDS)),
    Trouble.EMPTY: lambda _: said(200, b"", media=TEXT),
    Trouble.THROTTLES: lambda _: throttled(),
    Trouble.THROTTLE_PAGE: lambda _: _SENT_AWAY,
    Trouble.GARBAGE: lambda _: said(200, b"\x00\xff\xfe{[\x80" * 50, media=TEXT),
}
_OF_INDEX: Mapping[Trouble, Made] = {
    Trouble.ENDLESS: lambda well: Spoken(
        status=200, reason="OK", headers=well.headers, pieces=_endless
    ),
    Trouble.DISORDERED: lambda well: _with_body(well, _disordered(well.body)),
    Trouble.HUGE_ROW: lambda well: _with_body(well, _grown(well.body)),
    Trouble.LOOPING_KEY: lambda well: _with_body(well, _keyed(well.body, "the-same-again")),
    Trouble.CUT: lambda well: _with_body(well, well.body[: len(well.body) * 2 // 3]),
    Trouble.BLOCKED: lambda _: said(
        403, BLOCKED, ("X-Archive-Wayback-Runtime-Error", BLOCKED), media=TEXT
    ),
    Trouble.ROBOTS_ROW: lambda _: said(200, f"{_ROBOTS}\n", media=TEXT),
}
_OF_PLAYBACK: Mapping[Trouble, Made] = {
    Trouble.OUTWARD: lambda _: said(302, b"", ("Location", "http://elsewhere.test/login")),
    Trouble.WORDS_OF_OTHERS: lambda _: said(200, _OTHERS),
    Trouble.CUT: lambda well: _with_body(well, well.body[: len(well.body) * 2 // 3]),
}
