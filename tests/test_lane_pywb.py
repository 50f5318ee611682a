"""The whole lane through the real door against a real pywb, in each of its modes."""

from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import anyio
import pytest
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from linkcheck.archives import Archive, pywb_at
from linkcheck.lanes.archive import Ended
from linkcheck.model.link import Kind, Role
from linkcheck.model.run import Run
from linkcheck.net.door import open_door
from linkcheck.net.evidence import Evidence
from linkcheck.net.vault import Vault
from linkcheck.plan.side import Side
from linkcheck.proof import Outcome, Prover
from linkcheck.settings.door import DoorSettings
from linkcheck.settings.network import Network
from linkcheck.settings.pace import WIDE_OPEN
from linkcheck.settings.recording import Recording
from linkcheck.settings.settings import Settings
from linkcheck.urls.encoding import encode
from tests.pywb_server import needs_pywb, pywb_server
from tests.standin.lane import NOW, YOUNG_TIMESTAMP, Kept, run_lane, side, summary, told
from tests.standin.seeds import seed_sides

# warcio leaves the temporary files of its digests to the garbage collector.
pytestmark = pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
HOST = "http://made.example"
HTML, JPEG = ("Content-Type", "text/html"), ("Content-Type", "image/jpeg")
PICTURE = b"\xff\xd8\xff\xe0\x00\x10JFIF" + b"\x12\xff\x00\x34" * 3000 + b"\xff\xd9"
FIRST, LATER, AT = "2018-01-01T00:00:00Z", "2020-01-01T00:00:00Z", "20180101000000"
CJK = "/%E6%96%87%E7%AB%A0/%e8%a9%b1?b=2&a=%E6%96%87"
Stored = tuple[str, str, str, tuple[tuple[str, str], ...], bytes]
STORED: tuple[Stored, ...] = (
    ("/page", FIRST, "200 OK", (HTML,), b"<html>one</html>"),
    ("/page", LATER, "200 OK", (HTML,), b"<html>two</html>"),
    ("/moved", FIRST, "301 Moved", (("Location", f"{HOST}/page"),), b""),
    ("/found", FIRST, "302 Found", (("Location", "/page"),), b""),
    ("/away", FIRST, "301 Moved", (("Location", "//other.example/x"),), b""),
    ("/gone", FIRST, "404 Not Found", (HTML,), b"gone"),
    ("/gone", LATER, "200 OK", (HTML,), b"<html>back again</html>"),
    ("/wall", FIRST, "403 Forbidden", (HTML,), b"wall"),
    ("/limit", FIRST, "429 Too Many", (HTML,), b"<h1>429 Too Many Requests"),
    ("/busy", FIRST, "503 Busy", (HTML,), b"busy, Temporarily Offline"),
    ("/a.jpg", FIRST, "200 OK", (JPEG,), PICTURE),
    ("/b.jpg", FIRST, "200 OK", (JPEG,), b"<html>not found</html>"),
    ("/c.jpg", FIRST, "200 OK", (JPEG,), PICTURE[:6000]),
    ("/twice", FIRST, "200 OK", (HTML,), b"<html>the one</html>"),
    ("/twice", FIRST, "200 OK", (HTML,), b"<html>the other</html>"),
    ("/again", FIRST, "200 OK", (HTML,), b"<html>the same</html>"),
    (CJK, FIRST, "200 OK", (HTML,), b"<html>text</html>"),
)
REVISITED = ("/again", "2019-01-01T00:00:00Z")

# moment, place, what it comes to by rows and doubt, and where every moment is replayed
CASES = (
    (AT, "/page", "captured asked-time listed 0", "captured asked-time digest-match 0"),
    (
        "20180101000007",
        "/page",
        "captured asked-time listed -7",
        "captured asked-time digest-match -7",
    ),
    (
        "20170101000000",
        "/page",
        "drifted elsewhen listed 31536000 -> 20180101000000",
        "drifted elsewhen digest-match 31536000 -> 20180101000000",
    ),
    (
        "20190501000000",
        "/page",
        "drifted elsewhen listed 21168000 -> 20200101000000",
        "drifted elsewhen digest-match 21168000 -> 20200101000000",
    ),
    (
        None,
        "/page",
        "captured any-time listed None",
        "captured any-time digest-match None",
    ),
    (AT, "/moved", "", "redirected redirected replayed 0"),
    (AT, "/found", "", "redirected redirected replayed 0"),
    (AT, "/away", "", "hollow dead-end replayed 0"),
    (
        AT,
        "/gone",
        "hollow own-error listed 0 -> 20200101000000",
        "hollow own-error digest-match 0 -> 20200101000000",
    ),
    (AT, "/wall", "hollow own-error listed 0", "hollow own-error digest-match 0"),
    (AT, "/limit", "hollow own-error listed 0", "hollow own-error digest-match 0"),
    (AT, "/busy", "hollow own-error listed 0", "hollow own-error digest-match 0"),
    (AT, "/a.jpg", "captured asked-time listed 0", "captured asked-time digest-match 0"),
    (AT, "/b.jpg", "captured asked-time listed 0", "hollow wrong-kind digest-match 0"),
    (AT, "/c.jpg", "captured asked-time listed 0", "hollow truncated-body digest-match 0"),
    (AT, "/twice", "captured asked-time listed 0", "captured asked-time digest-match 0"),
    (
        "20190101000000",
        "/again",
        "captured asked-time listed 0",
        "captured asked-time digest-match 0",
    ),
    (AT, CJK, "captured asked-time listed 0", "captured asked-time digest-match 0"),
    (AT, "/never", "", "missing replay-absent listed None"),
    (YOUNG_TIMESTAMP, "/never-young", "", "pending too-young-to-list listed None"),
)
# The young moment is another in every process that collects this file: names must not hang on it.
IDS = [f"{place}-{number}" for number, (_, place, *_) in enumerate(CASES)]
SEEDS = [one for link, one in seed_sides() if link.kind is Kind.ARCHIVED]


def seed_body(one: Side) -> bytes:
    if one.want.role is Role.IMAGE:
        return PICTURE[:-2] + encode(one.original).encode() + PICTURE[-2:]
    return b"<html><body>%b</body></html>" % encode(one.original).encode()


def write(path: Path) -> None:
    seeds = {
        (encode(one.original).partition("#")[0], one.want.timestamp or ""): one for one in SEEDS
    }
    with path.open("wb") as file:
        writer = WARCWriter(file, gzip=True)
        for place, date, status, headers, body in STORED:
            _put(writer, HOST + place, date, status, headers, body)
        for (url, at), one in seeds.items():
            date = f"{at[:4]}-{at[4:6]}-{at[6:8]}T{at[8:10]}:{at[10:12]}:{at[12:]}Z"
            head = JPEG if one.want.role is Role.IMAGE else HTML
            _put(writer, url, date, "200 OK", (head,), seed_body(one))
        place, date = REVISITED
        body = next(stored[4] for stored in STORED if stored[0] == place)
        original = writer.create_warc_record(
            HOST + place, "response", payload=BytesIO(body), http_headers=_head("200 OK", (HTML,))
        )
        writer.ensure_digest(original, block=False, payload=True)
        revisit = writer.create_revisit_record(
            HOST + place,
            original.rec_headers.get_header("WARC-Payload-Digest"),
            HOST + place,
            FIRST,
            http_headers=_head("200 OK", (HTML,)),
            warc_headers_dict={"WARC-Date": date},
        )
        writer.write_record(revisit)


def _head(status: str, headers: tuple[tuple[str, str], ...]) -> StatusAndHeaders:
    return StatusAndHeaders(status, [*headers], protocol="HTTP/1.1")


def _put(  # noqa: PLR0917 - the parts of a record
    writer: WARCWriter,
    url: str,
    date: str,
    status: str,
    headers: tuple[tuple[str, str], ...],
    body: bytes,
) -> None:
    record = writer.create_warc_record(
        url,
        "response",
        payload=BytesIO(body),
        http_headers=_head(status, headers),
        warc_headers_dict={"WARC-Date": date},
    )
    writer.write_record(record)


MODES = [(False, False), (True, False), (False, True)]


@pytest.fixture(scope="module", params=MODES, ids=["plain", "framed", "exact"])
def archive(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Archive]:
    framed, exact = request.param
    folder = tmp_path_factory.mktemp("pywb")
    warc = tmp_path_factory.mktemp("warc") / "made.warc.gz"
    write(warc)
    with pywb_server(
        {"c": [warc]}, folder=folder, framed_replay=framed, redirect_to_exact=exact
    ) as base:
        yield pywb_at(f"{base}/c", name="pywb")


def sides() -> list[Side]:
    roles = {True: Role.IMAGE, False: Role.LINK}
    own = [
        side(HOST + place, at, roles[place.endswith(".jpg")], archive="pywb")
        for at, place, *_ in CASES
    ]
    seeds = [Side(archive="pywb", original=one.original, want=one.want) for one in SEEDS]
    return [*own, *seeds]


async def judged(archive: Archive, playback: str, file: Path) -> Kept:
    """Record what is asked, and have each verdict proved from the records that it names."""
    settings = DoorSettings(network=Network(allow_private=True), pace=WIDE_OPEN)
    evidence = Evidence(Recording(file=file), Run(id="pywb", started_at=NOW, seed=1))
    async with open_door(settings, evidence=evidence, environment={}) as door:
        kept, report = await run_lane(door, sides(), archive=archive, settings=told(playback))
    await evidence.aclose()
    assert (report.ended, report.not_asked) == (Ended.DONE, 0)
    with Vault([file]) as vault:
        keys = frozenset(key for key, _ in kept.latest)
        prover = Prover(vault, [archive], Settings(), keys)
        proofs = [(one.evidence.original, prover.prove(one)) for one in kept.latest.values()]
    assert [one for one in proofs if one[1].outcome is not Outcome.PROVEN] == []
    return kept


@pytest.fixture(scope="module")
def by_rows(archive: Archive, tmp_path_factory: pytest.TempPathFactory) -> Kept:
    file = tmp_path_factory.mktemp("rows") / "a.warc"
    return anyio.run(judged, archive, "doubtful,sample:0", file)


@pytest.fixture(scope="module")
def by_replay(archive: Archive, tmp_path_factory: pytest.TempPathFactory) -> Kept:
    file = tmp_path_factory.mktemp("replays") / "a.warc"
    return anyio.run(judged, archive, "all", file)


@needs_pywb
@pytest.mark.parametrize(("at", "place", "listed", "replayed"), CASES, ids=IDS)
def test_one_truth_in_every_mode(  # noqa: PLR0917 - the columns of the cases
    by_rows: Kept, by_replay: Kept, at: str | None, place: str, listed: str, replayed: str
) -> None:
    assert summary(by_replay.of(HOST + place, at)) == replayed
    assert summary(by_rows.of(HOST + place, at)) == (listed or replayed)


@needs_pywb
def test_addresses_of_the_seeds(by_rows: Kept, by_replay: Kept) -> None:
    assert SEEDS
    for one in SEEDS:
        at = one.want.timestamp
        player = "facebook" in one.original  # alone on its host: only replayed, without a row
        listed = "shell player-page replayed 0" if player else "captured asked-time listed 0"
        replayed = listed if player else "captured asked-time digest-match 0"
        assert summary(by_rows.of(one.original, at)) == listed
        assert summary(by_replay.of(one.original, at)) == replayed
