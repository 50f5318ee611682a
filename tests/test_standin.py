"""The stand-in against our own readings of the archive, whose shapes come from recordings."""

import base64
import json
import zlib
from datetime import timedelta
from pathlib import Path

import pytest

from linkcheck.archives import collected
from linkcheck.archives.wayback import ARCHIVE
from linkcheck.model.archived import ArchivedUrl
from linkcheck.model.clock import utc_now
from linkcheck.model.exchange import Failure, FailureKind
from linkcheck.model.index import IndexQuery, IndexState, Scope
from linkcheck.model.playback import Answer, PlaybackReading
from linkcheck.net.door import open_door
from tests.doors import replied
from tests.standin.archive import StandIn, answer
from tests.standin.asker import InProcess
from tests.standin.doors import unhurried
from tests.standin.held import Exclusion, Held, Holdings, Shape, holdings, sha1
from tests.standin.limits import Limits
from tests.standin.served import served
from tests.standin.spoken import Spoken
from tests.standin.troubles import Trouble
from tests.virtual import simulate

SITE = "https://www.made.example"
PAGE = f"{SITE}/page"
WORDS = b"<html><body>words</body></html>"


def held(place: str = "/page", timestamp: str = "20180101000000", **fields: object) -> Held:
    known = {"original": SITE + place, "timestamp": timestamp, "body": WORDS}
    return Held(**{**known, **fields})  # type: ignore[arg-type]  # fields as tests name them


HOLDINGS = holdings(
    [
        held(),
        held(timestamp="20200101000000", body=b"<html><body>later</body></html>"),
        held("/moved", status=301, location="/page", body=b""),
        held("/moved2", status=302, location=PAGE, shape=Shape.ROOTED, body=b"x" * 99),
        held("/moved3", status=303, location=PAGE, shape=Shape.SCHEMELESS, body=b""),
        held("/self", status=301, location="/self/", body=b""),
        held("/self/", "20180101000004"),
        held("/gone", status=404),
        held("/limit", status=429, headers=(("Retry-After", "6"),)),
        held("/hidden/a"),
        held("/broken", error="org.archive.wayback.exception.ResourceNotAvailableException: x"),
        held("/twice", body=b"one"),
        held("/twice", body=b"other"),
        held("/again", rows=3),
        held("/old", timestamp="20000012170449"),
        held("/early", revisit=True),
        held("/unlisted", rows=0),
        held("/unplayable", playable=False),
    ],
    {"example,made)/hidden": Exclusion.PAGE, "example,made)/shut": Exclusion.FORBIDDEN},
)
TIMED = "20180101000000"


async def play(spoken_of: InProcess, url: str, timestamp: str = TIMED) -> PlaybackReading:
    asked = ArchivedUrl(archive="wayback", timestamp=timestamp, modifier=None, inner=url)
    return ARCHIVE.read_playback(asked, await spoken_of.ask(ARCHIVE.playback_request(asked)))


PLAYS = (
    ("/page", TIMED, Answer.CAPTURE, 200),
    ("/page", "20180101000009", Answer.NEAREST, 302),
    ("/moved", TIMED, Answer.REDIRECT, 301),
    ("/moved2", TIMED, Answer.REDIRECT, 302),
    ("/moved3", TIMED, Answer.REDIRECT, 303),
    ("/self", TIMED, Answer.NEAREST, 302),
    ("/gone", TIMED, Answer.CAPTURE, 404),
    ("/limit", TIMED, Answer.CAPTURE, 429),
    ("/never", TIMED, Answer.ABSENT, 404),
    ("/hidden/a", TIMED, Answer.EXCLUDED, 200),
    ("/shut", TIMED, Answer.EXCLUDED, 403),
    ("/broken", TIMED, Answer.BROKEN, 404),
    ("/unplayable", TIMED, Answer.ABSENT, 404),
    ("/unlisted", TIMED, Answer.CAPTURE, 200),
    ("/old", "20000012170449", Answer.CAPTURE, 200),
)


@pytest.mark.parametrize(("place", "timestamp", "expected", "status"), PLAYS)
def test_playback_is_read_as_it_is_meant(
    place: str, timestamp: str, expected: Answer, status: int
) -> None:
    async def main() -> PlaybackReading:
        return await play(InProcess(StandIn(holdings=HOLDINGS)), SITE + place, timestamp)

    reading = simulate("trio", main)
    assert (reading.answer, reading.status) == (expected, status)
    if expected is Answer.REDIRECT:
        assert reading.target is not None
        assert (reading.target.inner, reading.target.timestamp) == (PAGE, TIMED)
    if expected is Answer.CAPTURE:
        assert reading.original == SITE + place


def test_view_mode_shows_a_page_in_the_place_of_a_captured_redirect() -> None:
    spoken = answer(HOLDINGS, f"/web/{TIMED}/{SITE}/moved")
    assert spoken.status == 200
    assert spoken.header("memento-datetime") is None
    assert spoken.header("x-archive-src") is not None
    assert b"Got an HTTP 301 response at crawl time" in spoken.body


@pytest.mark.parametrize("path", ["/web/*/http://x.example/", "/web/2009*/http://x.example/"])
def test_a_calendar_is_no_capture(path: str) -> None:
    assert answer(HOLDINGS, path).header("memento-datetime") is None


def index(query: str, of: Holdings = HOLDINGS) -> Spoken:
    return answer(of, f"/cdx/search/cdx?{query}")


def test_rows_as_text_and_as_json() -> None:
    text = index(f"url={PAGE}")
    first = HOLDINGS.of("example,made)/page")[0]
    assert text.body.decode().splitlines()[0] == (
        f"example,made)/page 20180101000000 {PAGE} text/html 200 {sha1(first.body)} 431"
    )
    header, *found = json.loads(index(f"url={PAGE}&output=json").body)
    assert header[:3] == ["urlkey", "timestamp", "original"]
    assert [row[1] for row in found] == ["20180101000000", "20200101000000"]
    assert index("url=never.example").body == b""
    assert index("url=never.example&output=json").body == b"[]\n"


@pytest.mark.parametrize(
    ("query", "status"),
    [
        ("", 400),
        ("url=a.example&matchType=odd", 400),
        ("url=a.example&from=2019&to=2018", 400),
        ("url=made.example/hidden", 403),
        ("url=a.example&filter=x", 400),
    ],
)
def test_what_the_index_refuses(query: str, status: int) -> None:
    assert index(query).status == status


def test_pages_by_an_opaque_key_until_one_is_empty() -> None:
    query = IndexQuery(url=f"{SITE}/", scope=Scope.HOST, limit=4)
    rows, pages = 0, 0

    async def main() -> None:
        nonlocal query, rows, pages
        asker = InProcess(StandIn(holdings=HOLDINGS))
        while True:
            found, end = collected(
                ARCHIVE.read_index(query, await asker.ask(ARCHIVE.index_request(query)))
            )
            rows, pages = rows + len(found) + end.repeated, pages + 1
            if end.state is not IndexState.MORE:
                assert end.state is IndexState.WHOLE
                return
            assert end.resume is not None
            zlib.decompress(base64.urlsafe_b64decode(end.resume))
            query = IndexQuery(url=query.url, scope=Scope.HOST, limit=4, resume=end.resume)

    assert HOLDINGS.exclusion("example,made)/") is None
    simulate("trio", main)
    assert (rows, pages) == (sum(one.rows for one in HOLDINGS.captures) - 1, 5)  # one is hidden


def test_over_budget_comes_429_and_then_a_closed_port() -> None:
    limits = Limits(index=3, patience=2)
    standin = StandIn(holdings=HOLDINGS, limits=limits, retry_after=60)
    told = [standin.take("/cdx/search/cdx?url=a.example", float(n)) for n in range(8)]
    assert [spoken.status if spoken else None for spoken in told] == [200] * 3 + [429] * 3 + [
        None
    ] * 2
    assert standin.refuses(3600.0)
    assert not standin.refuses(3700.0)
    assert standin.take("/web/2018id_/http://a.example/", 3700.0) is not None


@pytest.mark.anyio
async def test_the_real_door_finds_it_under_its_name(tmp_path: Path) -> None:
    standin = StandIn(holdings=HOLDINGS, trouble=Trouble.REFUSES, after=2)
    asked = ArchivedUrl(archive="wayback", timestamp=TIMED, modifier=None, inner=PAGE)
    request = ARCHIVE.playback_request(asked)
    with served(standin, tmp_path) as town:
        async with open_door(
            unhurried(tries=1),
            environment=town.environment,
            lookup=town.lookup,
            run_until=utc_now() + timedelta(minutes=1),
        ) as door:
            reply = replied(await door.ask(request))
            assert ARCHIVE.read_playback(asked, reply).answer is Answer.CAPTURE
            assert reply.tls is not None
            replied(await door.ask(request))
            # The kept connection breaks off, and no new one is let in.
            answer = await door.ask(request)
            assert isinstance(answer, Failure)
            assert answer.kind in {FailureKind.REFUSED, FailureKind.PAUSED}, answer
