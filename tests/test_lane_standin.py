"""The whole lane through the real door, against an archive that answers as web.archive.org does.

Each case holds something under a path of its own and says what a link to it must come to: by the
index and the replay of what is doubtful, and where every moment is replayed.
"""

import hashlib
from datetime import UTC, datetime
from pathlib import Path

import anyio
import pytest

from linkcheck.lanes.archive import Ended
from linkcheck.model.link import Role, Time
from linkcheck.net.door import open_door
from linkcheck.plan.side import Side
from tests.standin.archive import StandIn, is_index
from tests.standin.asker import InProcess
from tests.standin.doors import unhurried
from tests.standin.held import Exclusion, Held, Shape, holdings
from tests.standin.lane import YOUNG, YOUNG_TIMESTAMP, Kept, run_lane, side, summary, told
from tests.standin.limits import Limits
from tests.standin.served import served
from tests.standin.troubles import Trouble
from tests.virtual import simulate

HOST = "https://www.made.example"
AT = "20180101000000"
HTML = b"<html><head><title>T</title></head><body><p>%b</p></body></html>"
JPEG = b"\xff\xd8\xff\xe0\x00\x10JFIF" + b"\x12\xff\x00\x34" * 500 + b"\xff\xd9"
NEVER = "<h2>Hrm.</h2> The Wayback Machine has not archived that URL. Temporarily Offline"


def held(place: str, timestamp: str = AT, **fields: object) -> Held:
    body = HTML % place.encode() + timestamp.encode()
    known = {"original": HOST + place, "timestamp": timestamp, "body": body}
    return Held(**{**known, **fields})  # type: ignore[arg-type]  # fields as tests name them


def image(place: str, timestamp: str = AT, **fields: object) -> Held:
    body = JPEG.replace(b"\x12", place[-5:-4].encode() or b"x")
    return held(place, timestamp, **{"media": "image/jpeg", "body": body, **fields})


Case = tuple[str, str | None, tuple[Held, ...], str, str]
FAR, NEAR = "20150301120000", "20180101000005"
BEFORE_YOUNG = round((datetime(2018, 1, 1, tzinfo=UTC) - YOUNG).total_seconds())
RUNTIME = "org.archive.wayback.exception.ResourceNotAvailableException: corrupt"

# place, asked moment, what is held, by index and doubt, by replay of everything
CASES: tuple[Case, ...] = (
    # 2.3, 2.4: the moment
    ("/exact", AT, (held("/exact"),), "captured asked-time listed 0", "captured asked-time digest-match 0"),
    ("/seconds", AT, (held("/seconds", NEAR),), "captured asked-time listed 5", "captured asked-time digest-match 5"),
    ("/earlier", AT, (held("/earlier", "20171231120000"),), "captured asked-time listed -43200", "captured asked-time digest-match -43200"),
    ("/days", AT, (held("/days", "20180124000000"),), "drifted elsewhen listed 1987200 -> 20180124000000", "drifted elsewhen digest-match 1987200 -> 20180124000000"),
    ("/years", AT, (held("/years", FAR),), "drifted elsewhen listed -89553600 -> 20150301120000", "drifted elsewhen digest-match -89553600 -> 20150301120000"),
    ("/between", AT, (held("/between", FAR), held("/between", "20180105000000")), "drifted elsewhen listed 345600 -> 20180105000000", "drifted elsewhen digest-match 345600 -> 20180105000000"),
    ("/same-before-and-after", AT, (held("/same-before-and-after", FAR, body=HTML % b"same"), held("/same-before-and-after", "20190301120000", body=HTML % b"same")), "captured digest-bracket listed 36676800", "captured digest-bracket digest-match 36676800"),
    ("/any-time", None, (held("/any-time", FAR), held("/any-time", "20190301120000", status=404)), "captured any-time listed None", "captured any-time digest-match None"),
    ("/year-only", "2018", (held("/year-only", "20180601000000"),), "captured asked-time listed 0", "captured asked-time digest-match 0"),
    ("/20180101-000000-20180612131835_2c72_large.jpg", AT, (image("/20180101-000000-20180612131835_2c72_large.jpg", FAR),), "captured write-once-name listed -89553600", "captured write-once-name digest-match -89553600"),
    ("/listed-not-played", AT, (held("/listed-not-played", playable=False),), "captured asked-time listed 0", "unplayable listed-not-played listed None"),
    ("/listed-plays-elsewhen", AT, (held("/listed-plays-elsewhen", playable=False), held("/listed-plays-elsewhen", "20171226000000")), "captured asked-time listed 0", "drifted elsewhen digest-match -518400 -> 20171226000000"),
    ("/played-not-listed", AT, (held("/played-not-listed", rows=0),), "captured asked-time replayed 0", "captured asked-time replayed 0"),
    ("/never", AT, (), "missing replay-absent listed None", "missing replay-absent listed None"),
    ("/never-young", YOUNG_TIMESTAMP, (), "pending too-young-to-list listed None", "pending too-young-to-list listed None"),
    ("/only-old-young", YOUNG_TIMESTAMP, (held("/only-old-young"),), f"pending too-young-elsewhen listed {BEFORE_YOUNG}", f"pending too-young-elsewhen digest-match {BEFORE_YOUNG}"),
    # 1.4: odd rows
    ("/revisit", AT, (held("/revisit", FAR), held("/revisit", revisit=True, body=HTML % b"/revisit" + FAR.encode())), "captured asked-time listed 0", "captured asked-time digest-match 0"),
    ("/revisit-alone", AT, (held("/revisit-alone", revisit=True),), "captured asked-time digest-match 0", "captured asked-time digest-match 0"),
    ("/revisit-of-a-redirect", AT, (held("/revisit-of-a-redirect", status=301, location="/target-of-revisit-of-a-redirect", body=b"", revisit=True), held("/target-of-revisit-of-a-redirect")), "redirected redirected replayed 0", "redirected redirected replayed 0"),
    ("/unk", AT, (held("/unk", status=301, location="/target-of-unk", body=b"", row_media="unk"), held("/target-of-unk")), "redirected redirected replayed 0", "redirected redirected replayed 0"),
    ("/three-times", AT, (held("/three-times", rows=3),), "captured asked-time listed 0", "captured asked-time digest-match 0"),
    ("/twice-one-second", AT, (held("/twice-one-second", body=HTML % b"one"), held("/twice-one-second", body=HTML % b"other")), "captured asked-time listed 0", "captured asked-time digest-match 0"),
    ("/http-then-https", AT, (held("/http-then-https", original="http://www.made.example/http-then-https", status=301, location=f"{HOST}/http-then-https", body=b""), held("/http-then-https", NEAR)), "captured asked-time listed 5", "captured asked-time digest-match 5"),
    ("/odd-digits", "20000012170449", (held("/odd-digits", "20000012170449"),), "captured asked-time listed 0", "captured asked-time digest-match 0"),
    ("/odd-digits-near", "20001217044900", (held("/odd-digits-near", "20000012170449"),), "captured asked-time listed 0", "captured asked-time digest-match 0"),
    ("/no-moment", AT, (held("/no-moment", "20180231000000", playable=False),), "unplayable listed-not-played listed None", "unplayable listed-not-played listed None"),
    ("/no-moment-and-far", AT, (held("/no-moment-and-far", "20180231000000", playable=False), held("/no-moment-and-far", FAR)), "drifted elsewhen listed -89553600 -> 20150301120000", "drifted elsewhen digest-match -89553600 -> 20150301120000"),
    ("/status-zero", AT, (held("/status-zero", row_status="0"),), "captured asked-time digest-match 0", "captured asked-time digest-match 0"),
    ("/not-modified", AT, (held("/not-modified", status=304, body=b""),), "unknown status-untold digest-match 0", "unknown status-untold digest-match 0"),
    ("/digest-error", AT, (held("/digest-error", digest="error"),), "captured asked-time listed 0", "captured asked-time replayed 0"),
    ("/digest-other", AT, (held("/digest-other", digest="BHLZ7SUEFN34VPG6MPYVQWOQHT3B7TXJ"),), "captured asked-time listed 0", "captured asked-time bytes-differ 0"),
    ("/digest-chunked", AT, (held("/digest-chunked", digest="BHLZ7SUEFN34VPG6MPYVQWOQHT3B7TXJ", headers=(("Transfer-Encoding", "chunked"),), chunked=True),), "captured asked-time listed 0", "captured asked-time replayed 0"),
    ("/port", AT, (held("/port", original="http://made.example:80/port"),), "captured asked-time listed 0", "captured asked-time digest-match 0"),
    ("/Case", AT, (held("/Case", original=f"{HOST}/case"),), "unknown other-case digest-match 0", "unknown other-case digest-match 0"),
    ("/query?b=2&a=1", AT, (held("/query?b=2&a=1", original=f"{HOST}/query?a=1&b=2"),), "captured asked-time listed 0", "captured asked-time digest-match 0"),
    ("/%E6%96%87%E7%AB%A0", AT, (held("/%E6%96%87%E7%AB%A0"),), "captured asked-time listed 0", "captured asked-time digest-match 0"),
    # 2.5: captured redirects
    ("/moved", AT, (held("/moved", status=301, location="/target-of-moved", body=b""), held("/target-of-moved")), "redirected redirected replayed 0", "redirected redirected replayed 0"),
    ("/moved-rooted", AT, (held("/moved-rooted", status=302, location="/target-of-moved-rooted", shape=Shape.ROOTED, body=b"x" * 300), held("/target-of-moved-rooted")), "redirected redirected replayed 0", "redirected redirected replayed 0"),
    ("/moved-schemeless", AT, (held("/moved-schemeless", status=303, location="/target-of-moved-schemeless", shape=Shape.SCHEMELESS, body=b""), held("/target-of-moved-schemeless")), "redirected redirected replayed 0", "redirected redirected replayed 0"),
    ("/moved-to-error", AT, (held("/moved-to-error", status=301, location="/gone-there", body=b""), held("/gone-there", status=404)), "hollow own-error replayed 0", "hollow own-error replayed 0"),
    ("/moved-nowhere", AT, (held("/moved-nowhere", status=301, location="/uncaptured", body=b""),), "hollow dead-end replayed 0", "hollow dead-end replayed 0"),
    ("/moved-home", AT, (held("/moved-home", status=302, location="/", body=b""), held("/")), "hollow front-page replayed 0", "hollow front-page replayed 0"),
    ("/moved-to-who", AT, (held("/moved-to-who", status=302, location="/login?next=x", body=b""), held("/login?next=x")), "hollow login replayed 0", "hollow login replayed 0"),
    ("/circle", AT, (held("/circle", status=302, location="/circle-b", body=b""), held("/circle-b", status=302, location="/circle", body=b"")), "hollow dead-end replayed 0", "hollow dead-end replayed 0"),
    ("/slash", AT, (held("/slash", status=301, location="/slash/", body=b""), held("/slash", NEAR, original=f"{HOST}/slash/")), "captured asked-time listed 5", "captured asked-time digest-match 5"),
    # 2.6: archived errors
    ("/error-gone", AT, (held("/error-gone", status=404),), "hollow own-error listed 0", "hollow own-error digest-match 0"),
    ("/error-once", AT, (held("/error-once", status=404), held("/error-once", "20180301000000")), "hollow own-error listed 0 -> 20180301000000", "hollow own-error digest-match 0 -> 20180301000000"),
    ("/error-wall", AT, (held("/error-wall", status=403, headers=(("Server", "AkamaiGHost"),)),), "hollow own-error listed 0", "hollow own-error digest-match 0"),
    ("/error-limit", AT, (held("/error-limit", status=429, headers=(("Retry-After", "6"),)),), "hollow own-error listed 0", "hollow own-error digest-match 0"),
    ("/error-busy", AT, (held("/error-busy", status=503, headers=(("Retry-After", "6"),)),), "hollow own-error listed 0", "hollow own-error digest-match 0"),
    ("/own-words", AT, (held("/own-words", body=f"<html><body>{NEVER}</body></html>".encode()),), "captured asked-time listed 0", "captured asked-time digest-match 0"),
    ("/own-empty", AT, (held("/own-empty", body=b""),), "hollow empty-body listed 0", "hollow empty-body digest-match 0"),
    ("/page.jpg", AT, (held("/page.jpg", media="text/html"),), "hollow wrong-kind digest-match 0", "hollow wrong-kind digest-match 0"),
    ("/lying.jpg", AT, (held("/lying.jpg", media="image/jpeg"),), "captured asked-time listed 0", "hollow wrong-kind digest-match 0"),
    ("/half.jpg", AT, (image("/half.jpg", body=JPEG[:900], headers=(("Content-Length", str(len(JPEG))),)),), "captured asked-time listed 0", "hollow truncated-body digest-match 0"),
    ("/whole.jpg", AT, (image("/whole.jpg"),), "captured asked-time listed 0", "captured asked-time digest-match 0"),
    # 2.7: withheld, broken
    ("/hidden/page", AT, (held("/hidden/page"),), "excluded replay-withheld listed None", "excluded replay-withheld listed None"),
    ("/shut/page", AT, (held("/shut/page"),), "excluded replay-withheld listed None", "excluded replay-withheld listed None"),
    ("/runtime", AT, (held("/runtime", error=RUNTIME),), "captured asked-time listed 0", "unplayable listed-not-played listed None"),
)  # fmt: skip
EXCLUSIONS = {"example,made)/hidden": Exclusion.PAGE, "example,made)/shut": Exclusion.FORBIDDEN}


IDS = [place for place, *_ in CASES]


def sides() -> list[Side]:
    return [
        side(
            HOST + place,
            at,
            Role.IMAGE if place.endswith(".jpg") else Role.LINK,
            time=None if at is None else Time.ASSERTED,
        )
        for place, at, *_ in CASES
    ]


async def judged(folder: Path, playback: str) -> tuple[Kept, StandIn]:
    """Run the lane over all cases at once."""
    captures = [one for case in CASES for one in case[2]]
    standin = StandIn(holdings=holdings(captures, EXCLUSIONS), limits=Limits(index=30))
    with served(standin, folder) as town:
        async with open_door(unhurried(), environment=town.environment, lookup=town.lookup) as door:
            kept, report = await run_lane(door, sides(), settings=told(playback))
    assert (report.ended, report.not_asked, report.wants) == (Ended.DONE, 0, len(CASES)), report
    assert report.requests.together == len(standin.asked)
    assert standin.limits is not None
    assert not standin.limits.throttled
    return kept, standin


@pytest.fixture(scope="module")
def by_rows(tmp_path_factory: pytest.TempPathFactory) -> tuple[Kept, StandIn]:
    return anyio.run(judged, tmp_path_factory.mktemp("rows"), "doubtful,sample:0")


@pytest.fixture(scope="module")
def by_replay(tmp_path_factory: pytest.TempPathFactory) -> tuple[Kept, StandIn]:
    return anyio.run(judged, tmp_path_factory.mktemp("replay"), "all", backend="trio")


@pytest.mark.parametrize("case", CASES, ids=IDS)
def test_by_rows_and_doubt(by_rows: tuple[Kept, StandIn], case: Case) -> None:
    place, at, _, expected, _ = case
    assert summary(by_rows[0].of(HOST + place, at)) == expected


@pytest.mark.parametrize("case", CASES, ids=IDS)
def test_by_replay_of_everything(by_replay: tuple[Kept, StandIn], case: Case) -> None:
    place, at, _, _, expected = case
    assert summary(by_replay[0].of(HOST + place, at)) == expected


def test_one_query_answers_for_the_host(by_rows: tuple[Kept, StandIn]) -> None:
    _, standin = by_rows
    assert len(standin.queries) == 1
    assert "matchType=host" in standin.queries[0]
    assert len(standin.plays) < len(CASES)


def test_provenance_is_kept(by_replay: tuple[Kept, StandIn]) -> None:
    kept, _ = by_replay
    last = kept.of(f"{HOST}/error-limit", AT).evidence.chain[-1]
    assert (last.status, last.origin_header("retry-after")) == (429, "6")
    assert last.source == "made-up-crawl/made-up-00000.warc.gz"
    fixity = kept.of(f"{HOST}/exact", AT).evidence.fixity
    assert fixity is not None
    assert fixity.sha256 == hashlib.sha256(held("/exact").body).hexdigest()
    assert kept.of(f"{HOST}/port", AT).finding.captured_url == "http://made.example:80/port"
    assert kept.of(f"{HOST}/port", AT).finding.likeness == "port"
    assert kept.of(f"{HOST}/moved", AT).finding.final_url == f"{HOST}/target-of-moved"


# What the index says in the place of rows, and what twelve links of its host come to (section 1.8).
REFUSALS = (
    (None, "captured asked-time listed 0"),
    (Trouble.BLOCKED, "excluded index-withheld listed None"),
    (Trouble.ROBOTS_ROW, "excluded index-withheld listed None"),
)


@pytest.mark.parametrize(("trouble", "expected"), REFUSALS)
def test_what_the_index_withholds(trouble: Trouble | None, expected: str) -> None:
    places = [f"/p{number}" for number in range(12)]
    standin = StandIn(
        holdings=holdings(held(place) for place in places), trouble=trouble, only=is_index
    )

    async def main() -> Kept:
        kept, _ = await run_lane(InProcess(standin), [side(HOST + place) for place in places])
        return kept

    kept = simulate("trio", main)
    assert {summary(one) for one in kept.latest.values()} == {expected}
    assert not standin.plays  # what is withheld is not asked for again and again


def test_redirects_that_end_at_one_page_are_not_a_shared_body() -> None:
    """Three shorteners of one article are three addresses of it."""
    places = [f"/short-{letter}" for letter in "abcd"]
    moved = [held(place, status=301, location="/article", body=b"") for place in places]
    standin = StandIn(holdings=holdings([*moved, held("/article")]))

    async def main() -> Kept:
        wanted = [side(HOST + place) for place in places]
        return (await run_lane(InProcess(standin), wanted, settings=told("all")))[0]

    kept = simulate("trio", main)
    assert {summary(one) for one in kept.latest.values()} == {"redirected redirected replayed 0"}


def test_a_placeholder_under_many_names_is_hollow() -> None:
    places = [f"/story-{letter}" for letter in "abcdefghijkl"]
    sorry = HTML % b"Sorry, this page is not available"
    standin = StandIn(holdings=holdings(held(place, body=sorry) for place in places))

    async def main() -> Kept:
        return (await run_lane(InProcess(standin), [side(HOST + place) for place in places]))[0]

    kept = simulate("trio", main)
    assert {one.finding.rule for one in kept.latest.values()} == {"shared-body"}
    assert len(standin.plays) == 1


@pytest.mark.parametrize("playback", ["doubtful,sample:0", "all"])
def test_a_picture_that_was_used_again_is_none(playback: str) -> None:
    places = [f"/photo-{letter}.jpg" for letter in "abcdefghijkl"]
    standin = StandIn(holdings=holdings(image(place, body=JPEG) for place in places))

    async def main() -> Kept:
        wanted = [side(HOST + place, AT, Role.IMAGE) for place in places]
        return (await run_lane(InProcess(standin), wanted, settings=told(playback)))[0]

    kept = simulate("trio", main)
    assert {one.finding.rule for one in kept.latest.values()} == {"asked-time"}


# What is held, and what a link comes to that will do with any good capture and stands alone.
ANY = (
    ((200,), "captured any-time", 1),
    ((200, 404), "captured any-time", 2),
    ((200, 503, 404, 403), "captured any-time", 4),
    ((200, 404, 404, 404, 404), "captured any-time", 5),  # it goes back, then the index tells
    ((404, 200, 404, 404, 404, 404), "captured any-time", 5),
    ((404, 404, 404, 404, 404), "hollow own-error", 4),
    ((301, 404, 404, 404, 404), "hollow dead-end", 5),
    ((404,), "hollow own-error", 1),
)


@pytest.mark.parametrize(("statuses", "expected", "requests"), ANY)
def test_any_good_capture_will_do(statuses: tuple[int, ...], expected: str, requests: int) -> None:
    captures = [
        held("/cited", f"20{15 + year}0101000000", status=status)
        for year, status in enumerate(statuses)
    ]
    standin = StandIn(holdings=holdings(captures))

    async def main() -> Kept:
        wanted = [side(f"{HOST}/cited", None, time=None)]
        return (await run_lane(InProcess(standin), wanted))[0]

    finding = simulate("trio", main).of(f"{HOST}/cited", None).finding
    assert f"{finding.verdict} {finding.rule}" == expected
    good = next((one.timestamp for one in captures if one.status == 200), captures[-1].timestamp)
    if finding.rule != "dead-end":
        assert finding.capture_timestamp == good
    assert len([target for target in standin.asked if "id_/" in target]) <= requests
    assert len(standin.queries) <= 1


def test_errors_condemn_nothing_while_the_index_does_not_tell() -> None:
    captures = [held("/cited", f"20{15 + year}0101000000", status=404) for year in range(6)]
    standin = StandIn(holdings=holdings(captures), trouble=Trouble.GARBAGE, only=is_index)

    async def main() -> Kept:
        wanted = [side(f"{HOST}/cited", None, time=None), side(f"{HOST}/cited", AT)]
        return (await run_lane(InProcess(standin), wanted))[0]

    kept = simulate("trio", main)
    assert kept.of(f"{HOST}/cited", None).finding.rule == "nothing-told"
    assert kept.of(f"{HOST}/cited", AT).finding.verdict == "hollow"
