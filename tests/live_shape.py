"""A made-up collection of the real shape: 135,335 originals on 3,415 hosts, four fifths on one."""

import zlib
from collections.abc import Iterator

from linkcheck.model.exchange import Failure, FailureKind, Reply, Request
from linkcheck.model.link import Role
from linkcheck.model.live import LiveSubject
from tests.live_parts import Answer, Town, control, html, no_such_name, page, story
from tests.virtual import failure

ORIGINALS, BIG, HOSTS, GIANTS = 135_335, 108_532, 3_415, 3
DEAD = "www.hkcnews.example"
LINKS = (Role.LINK,)


def draw(text: str, sides: int = 100) -> int:
    """Throw a die that always falls the same way for a text."""
    return zlib.crc32(text.encode()) * 2_654_435_761 % (1 << 32) * sides >> 32


def collection(scale: float = 1.0) -> Iterator[LiveSubject]:
    """Yield the originals: one host with most, three giants, and a long tail."""
    for n in range(round(BIG * scale)):
        yield LiveSubject(original=f"https://{DEAD}/article/{n}", roles=LINKS)
    half = round((ORIGINALS - BIG) / 2 * scale)
    for n in range(half):
        yield LiveSubject(original=f"https://giant{n % GIANTS}.example/v/{n}", roles=LINKS)
    small = round((HOSTS - GIANTS - 1) * scale)
    harmonic = sum(1 / (rank + 1) for rank in range(small))
    counts = [max(1, round((half - small * 0.55) / harmonic / (n + 1))) for n in range(small)]
    counts[0] += half - sum(counts)
    for rank, count in enumerate(counts):
        for n in range(count):
            yield LiveSubject(original=f"https://s{rank}.example/p/{n}", roles=LINKS)


def mixed(request: Request) -> Reply | Failure:
    """Answer as an old web does.

    Of the hosts of the tail one in five has no name any more, one in fifty is silent, one in fifty
    refuses, one in thirty is parked; of the pages of the others one in five is gone and one in
    twenty has moved.
    """
    name = request.url.split("/")[2]
    if name.startswith("s"):
        fate = draw(name)
        if fate < 20:
            return no_such_name(request)
        if fate < 22:
            return failure(request.url, FailureKind.CONNECT_TIMEOUT, 10.0)
        if fate < 24:
            return failure(request.url, FailureKind.REFUSED, 0.2)
        if fate < 27:
            return html(request, page("For sale", f"The domain {name} is for sale."))
    return living(request)


def living(request: Request) -> Reply:
    """Answer for a page of a living host."""
    if "no-such" in request.url:
        return html(request, page("Not found", "There is no such page."), 404)
    if "/moved/" not in request.url and request.url.rpartition("/")[2]:
        fate = draw(request.url)
        if fate < 20:
            return html(request, page("Not found", "There is no such page."), 404)
        if fate < 25:
            place = request.url.replace(".example/", ".example/moved/")
            return html(request, b"", 301, ("Location", place))
    return html(request, page(request.url[-9:], story(request.url[-5:])))


def best(request: Request) -> Reply:
    """Answer as if every other page were still there: nothing can be inferred, all is asked."""
    if "no-such" in request.url:
        return html(request, page("Not found", "There is no such page."), 404)
    return html(request, page(request.url[-9:], story(request.url[-5:])))


WORLDS: dict[str, Answer] = {"mixed": mixed, "all others alive": best}


def world(kind: str) -> Town:
    return Town({DEAD: no_such_name, "control.example": control}, other=_named(kind))


def _named(kind: str) -> Answer:
    answer = WORLDS[kind]

    def other(request: Request) -> Reply | Failure:
        name = request.url.split("/")[2]
        return no_such_name(request) if "linkcheck-" in name else answer(request)

    return other
