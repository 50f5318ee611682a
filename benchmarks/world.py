"""The archive and the web that a made-up collection cites, in this process and nearly for nothing.

The archive's index lies on the disk and is read row by row; everything else is told from a hash
when it is asked. What answering took is counted in `World.cpu`, to be taken off.
"""

import os
import time
from array import array
from bisect import bisect_left
from collections import Counter
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import anyio.lowlevel
import msgspec

from benchmarks.made_up import LAST, draw, stamp
from benchmarks.shape import content, mark
from linkcheck.model.capture import instant
from linkcheck.model.clock import Clock, utc_now
from linkcheck.model.exchange import Body, Failure, FailureKind, Reply, Request, Tls
from linkcheck.urls.urlkey import urlkey
from linkcheck.verdicts.distance import distance_seconds

ROOT = "https://web.archive.org"
_LOOK = 64
"""Of so many answers one is timed: a look at a thread's clock can take longer than the answer."""
_ROWS = 8_192  # bytes: more than most keys' rows
GIANT_GAP = 20_000  # captures of strangers between two originals of a giant
_COLUMNS = ("urlkey", "timestamp", "original", "mimetype", "statuscode", "digest", "length")
_DEAD = {
    range(12): FailureKind.DNS_NO_SUCH_NAME,
    range(12, 15): FailureKind.REFUSED,
}
_SECURE = Tls(version="TLSv1.3", issuer="made up", expires_at=None)
_HTML = ("Content-Type", "text/html; charset=utf-8")
_LETTERS = str.maketrans("0123456789", "ghijklmnop")

Said = tuple[int, tuple[tuple[str, str], ...], bytes]


class World:
    """Answer every request of a scan."""

    def __init__(self, folder: Path, now: Clock = utc_now) -> None:
        self.asked: Counter[str] = Counter()
        self.cpu = 0.0  # seconds that answering took
        self._now = now
        self._index = Index(folder)
        self._broken: set[str] = set()

    async def ask(self, request: Request) -> Reply | Failure:
        """Answer at once."""
        await anyio.lowlevel.checkpoint()
        self.asked[request.purpose] += 1
        if self.asked.total() % _LOOK:
            return self._answer(request)
        began = time.thread_time()
        answer = self._answer(request)
        self.cpu += (time.thread_time() - began) * _LOOK
        return answer

    def _reset(self, url: str) -> FailureKind | None:
        """Break one connection of fifty, the first time."""
        if draw(f"reset {url}", 50) or url in self._broken:
            return None
        self._broken.add(url)
        return FailureKind.RESET

    async def aclose(self) -> None:
        """Close nothing: it stands in the engine's place."""

    def _answer(self, request: Request) -> Reply | Failure:
        url = request.url
        if url.startswith(ROOT + "/cdx"):
            return self._reply(url, self._index.page(url))
        if url.startswith(ROOT + "/web/"):
            return self._reply(url, self._index.play(url))
        host = urlsplit(url).netloc
        dead = fate_of(host) or self._reset(url)
        if dead is not None:
            return self._failure(url, dead)
        return self._reply(url, self._page(host, url), head=request.method == "HEAD")

    def _page(self, host: str, url: str) -> Said:
        return page(host, url)

    def _failure(self, url: str, kind: FailureKind) -> Failure:
        return Failure(
            url=url,
            kind=kind,
            detail="made up",
            asked_at=self._now(),
            total_seconds=0.0,
            sends=0 if kind is FailureKind.DNS_NO_SUCH_NAME else 1,
        )

    def _reply(self, url: str, said: Said, *, head: bool = False) -> Reply:
        status, fields, body = said
        return Reply(
            url=url,
            status=status,
            reason="",
            headers=tuple(
                (name.encode(), value.encode("utf-8", "replace")) for name, value in fields
            ),
            http_version="HTTP/1.1",
            body=Body.of(b"" if head else body),
            asked_at=self._now(),
            first_byte_seconds=0.0,
            total_seconds=0.0,
            tls=_SECURE,
        )


def fate_of(host: str) -> FailureKind | None:
    """Return why a host of the live web does not answer; None of most."""
    if host.endswith("big.example") or host.startswith("linkcheck-"):
        return FailureKind.DNS_NO_SUCH_NAME
    if not host.startswith("s"):
        return None
    drawn = draw(f"host {host}", 100)
    return next((kind for those, kind in _DEAD.items() if drawn in those), None)


def page(host: str, url: str) -> Said:
    """Return what the live web says of a URL."""
    drawn = draw(f"page {url}", 100)
    soft = host.startswith("s") and draw(f"soft {host}", 20) == 0
    if soft:  # one page for everything
        return 200, (_HTML,), b"<title>Home</title><p>" + b"welcome to our new home " * 40
    if "no-such-page" in url or drawn < 15:
        return 404, (_HTML,), b"<title>404</title><p>there is no such page here"
    if drawn < 20 and "?" not in url and "moved" not in url:
        return 301, (("Location", f"https://{host}/moved/{drawn}{url[-9:]}"),), b""
    digest = f"{draw(url, 1 << 31):x}{draw(url + '.', 1 << 31):x}".translate(_LETTERS)
    words = " ".join(digest[at : at + 4] for at in range(0, len(digest), 2))
    return 200, (_HTML,), f"<title>{words}</title>{f'<p>{words} {url}</p>' * 12}".encode()


class Index:
    """The rows on the disk; where each begins, and each key's first, in seven megabytes."""

    def __init__(self, folder: Path) -> None:
        self._rows = os.open(folder / "index.rows", os.O_RDONLY)
        self._offsets, self._marks, self._firsts = array("Q"), array("Q"), array("I")
        self._offsets.frombytes((folder / "index.offsets").read_bytes())
        self._marks.frombytes((folder / "index.marks").read_bytes())
        self._firsts.frombytes((folder / "index.firsts").read_bytes())

    def page(self, url: str) -> Said:
        """Answer a query of the index."""
        asked = {name: values[0] for name, values in parse_qs(urlsplit(url).query).items()}
        key, scope = urlkey(asked["url"]), asked["matchType"]
        if scope == "host":
            key = f"{key.partition(')')[0]})/"
        first = self._first(key)
        end = self._first(key + ("\0" if scope == "exact" else LAST), first)
        at, _, offset = asked.get("resumeKey", f"{first}:0").partition(":")
        limit = int(asked.get("limit", 150_000))
        window = asked.get("from", ""), asked.get("to", LAST)
        found: list[bytes] = []
        place, skip = int(at), int(offset)
        giant = "giant" in key and scope != "exact"
        if not giant and "from" not in asked and "to" not in asked:
            found, place = self._lines(place, min(end, place + limit)), min(end, place + limit)
        while place < end and len(found) < limit:
            line = self._line(place)
            if giant:
                own = line.split(b'"')[1].decode()
                gap = min(GIANT_GAP - skip, limit - len(found))
                found += [_stranger(own, n) for n in range(skip, skip + gap)]
                skip += gap
                if skip < GIANT_GAP:
                    break
            if window[0] <= line.split(b'"', 4)[3].decode() <= window[1] and len(found) < limit:
                found.append(line)
            place, skip = place + 1, 0
        if place < end:
            found += [b"[]", msgspec.json.encode([f"{place}:{skip}"])]
        head = msgspec.json.encode(_COLUMNS)
        return 200, (_HTML,), b"[" + b",\n".join([head, *found]) + b"]\n" if found else b"[]\n"

    def play(self, url: str) -> Said:
        """Answer a playback request."""
        asked, _, inner = url.removeprefix(f"{ROOT}/web/").partition("id_/")
        key = urlkey(inner)
        held = self._held(key)
        if not held:
            return 404, (_HTML,), b"<h2>Hrm.</h2>"
        nearest = min(held, key=lambda one: abs(distance_seconds(asked, one[1]) or 0))
        if nearest[1] != asked:
            location = f"{ROOT}/web/{nearest[1]}id_/{nearest[2]}"
            why = ("x-archive-redirect-reason", f"found capture at {nearest[1]}")
            return 302, (("location", location), why), b""
        moment = instant(asked) or utc_now()
        fields = (
            ("memento-datetime", f"{moment:%a, %d %b %Y %H:%M:%S} GMT"),
            ("link", f'<{nearest[2]}>; rel="original"'),
            ("x-archive-src", "MADE-UP-2019/a-00000.warc.gz"),
            ("content-type", nearest[3]),
        )
        return int(nearest[4]), fields, content(key, asked)

    def _lines(self, first: int, end: int) -> list[bytes]:
        begin = self._offsets[first]
        return os.pread(self._rows, self._offsets[end] - begin, begin).split(b"\n")[:-1]

    def _held(self, key: str) -> list[list[str]]:
        """Return the rows of one key: read at once, for each look at the disk costs a switch."""
        number = mark(key)
        at = bisect_left(self._marks, number)
        if at == len(self._marks) or self._marks[at] != number:
            return []
        begin = self._offsets[self._firsts[at]]
        beginning = f'["{key}",'.encode()
        held = []
        size = _ROWS
        while True:
            lines = os.pread(self._rows, size, begin).split(b"\n")
            held = [line for line in lines[:-1] if line.startswith(beginning)]
            if len(held) < len(lines) - 1 or size > self._offsets[-1]:
                return [msgspec.json.decode(line) for line in held]
            size *= 8

    def _line(self, place: int) -> bytes:
        begin, end = self._offsets[place], self._offsets[place + 1]
        return os.pread(self._rows, end - begin - 1, begin)

    def _first(self, key: str, low: int = 0) -> int:
        """Return the place of the first row whose key is not before this one."""
        high = len(self._offsets) - 1
        wanted = key.encode()
        while low < high:
            middle = (low + high) // 2
            if self._line(middle).split(b'"', 2)[1] < wanted:
                low = middle + 1
            else:
                high = middle
        return low


def _stranger(key: str, n: int) -> bytes:
    name = f"{key[:-1]}!{n:05}"
    return (
        f'["{name}","{stamp(name[-9:])}","http://{name}","text/html","200","{n:032}","1"]'.encode()
    )
