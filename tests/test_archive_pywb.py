"""A real pywb, framed or not, redirecting to exact moments or not: one truth in all of them."""

import http.client
from collections.abc import Iterator
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from msgspec.structs import replace
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from linkcheck.archives import Archive, collected, pywb_at
from linkcheck.archives._pywb import PywbArchive
from linkcheck.fixity import compare
from linkcheck.media import weigh
from linkcheck.model.archived import ArchivedUrl
from linkcheck.model.evidence import ArchiveEvidence, Fixity, Listing
from linkcheck.model.exchange import Reply, Request
from linkcheck.model.index import IndexQuery
from linkcheck.model.link import Role, Time
from linkcheck.model.playback import Answer, PlaybackReading
from linkcheck.settings.judging import JudgingSettings
from linkcheck.verdicts.archive import judge
from linkcheck.verdicts.chain import next_step
from linkcheck.verdicts.listing import absence, choose
from tests.answers import reply
from tests.pywb_server import needs_pywb, pywb_server

# warcio leaves the temporary files of its digests to the garbage collector.
pytestmark = pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
SETTINGS = JudgingSettings()
HTML, JPEG = ("Content-Type", "text/html"), ("Content-Type", "image/jpeg")
SITE = "http://ex.org"
CJK = "http://ex.org/%E6%96%87%E7%AB%A0/%e8%a9%b1?b=2&a=%E6%96%87"
PICTURE = b"\xff\xd8\xff\xe0" + b"\x12\xff\x00\x34" * 3000 + b"\xff\xd9"
CAPTURES: tuple[tuple[str, str, str, tuple[tuple[str, str], ...], bytes], ...] = (
    ("/page", "2018-01-01T00:00:00Z", "200 OK", (HTML,), b"<html>one</html>"),
    ("/page", "2020-01-01T00:00:00Z", "200 OK", (HTML,), b"<html>two</html>"),
    ("/redir", "2018-01-01T00:00:00Z", "302 Found", (("Location", f"{SITE}/page"),), b""),
    ("/rel", "2018-01-01T00:00:00Z", "301 Moved", (("Location", "/page"),), b""),
    ("/out", "2018-01-01T00:00:00Z", "301 Moved", (("Location", "//other.org/x"),), b""),
    ("/slash", "2018-01-01T00:00:00Z", "301 Moved", (("Location", "/slash/"),), b""),
    ("/slash/", "2018-01-01T00:00:02Z", "200 OK", (HTML,), b"<html>slash</html>"),
    ("/gone", "2018-01-01T00:00:00Z", "404 Not Found", (HTML,), b"gone"),
    ("/wall", "2018-01-01T00:00:00Z", "403 Forbidden", (HTML,), b"wall"),
    ("/limit", "2018-01-01T00:00:00Z", "429 Too Many", (HTML,), b"<h1>429 Too Many Requests"),
    ("/busy", "2018-01-01T00:00:00Z", "503 Busy", (HTML,), b"busy"),
    ("/a.jpg", "2018-01-01T00:00:00Z", "200 OK", (JPEG,), PICTURE),
    ("/b.jpg", "2018-01-01T00:00:00Z", "200 OK", (JPEG,), b"<html>not found</html>"),
    ("/c.jpg", "2018-01-01T00:00:00Z", "200 OK", (JPEG,), PICTURE[:6000]),
    (CJK.removeprefix(SITE), "2018-01-01T00:00:00Z", "200 OK", (HTML,), b"<html>text</html>"),
)
CASES = (
    ("20180101000000", "/page", "captured", "asked-time", 0),
    ("20180101000007", "/page", "captured", "asked-time", -7),
    ("20180102000001", "/page", "drifted", "elsewhen", -86_401),
    ("20170101000000", "/page", "drifted", "elsewhen", 31_536_000),
    ("20190501000000", "/page", "drifted", "elsewhen", 21_168_000),
    ("20180101000000", "/redir", "redirected", "redirected", 0),
    ("20180101000000", "/rel", "redirected", "redirected", 0),
    ("20180101000000", "/out", "hollow", "dead-end", 0),
    ("20180101000000", "/gone", "hollow", "own-error", 0),
    ("20180101000000", "/wall", "hollow", "own-error", 0),
    ("20180101000000", "/limit", "hollow", "own-error", 0),
    ("20180101000000", "/busy", "hollow", "own-error", 0),
    ("20180101000000", "/a.jpg", "captured", "asked-time", 0),
    ("20180101000000", "/b.jpg", "hollow", "wrong-kind", 0),
    ("20180101000000", "/c.jpg", "hollow", "truncated-body", 0),
    ("20180101000000", CJK.removeprefix(SITE), "captured", "asked-time", 0),
    ("20180101000000", "/never", "missing", "replay-absent", None),
    ("20261119000000", "/never", "pending", "too-young-to-play", None),
)


def write(path: Path) -> None:
    with path.open("wb") as file:
        writer = WARCWriter(file, gzip=True)
        for place, date, status, headers, body in CAPTURES:
            head = StatusAndHeaders(status, [*headers], protocol="HTTP/1.1")
            record = writer.create_warc_record(
                SITE + place,
                "response",
                payload=BytesIO(body),
                http_headers=head,
                warc_headers_dict={"WARC-Date": date},
            )
            writer.write_record(record)


MODES = [(framed, exact) for framed in (False, True) for exact in (False, True)]


@pytest.fixture(scope="module", params=MODES, ids=str)
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
        yield pywb_at(f"{base}/c")


def ask(request: Request) -> Reply:
    parts = urlsplit(request.url)
    connection = http.client.HTTPConnection(parts.netloc, timeout=60)
    try:
        place = request.url.partition(parts.netloc)[2]
        connection.request(request.method, place, headers=dict(request.headers))
        answer = connection.getresponse()
        return reply(answer.read(), *answer.getheaders(), status=answer.status, url=request.url)
    finally:
        connection.close()


def gather(archive: Archive, timestamp: str, url: str, role: Role) -> ArchiveEvidence:
    """Ask the index and play, as a lane does."""
    query = IndexQuery(url=url)
    rows, end = collected(archive.read_index(query, ask(archive.index_request(query))))
    choice = choose(timestamp, rows, SETTINGS)
    step: ArchivedUrl | None = ArchivedUrl(
        archive=archive.name, timestamp=timestamp, modifier=None, inner=url
    )
    chain: tuple[PlaybackReading, ...] = ()
    while step is not None:
        answer = ask(archive.playback_request(step))
        chain = (*chain, archive.read_playback(step, answer))
        step = next_step(chain, SETTINGS.hops)
    seen = chain[-1].answer is Answer.CAPTURE
    return ArchiveEvidence(
        archive=archive.name,
        original=url,
        timestamp=timestamp,
        role=role,
        time=Time.ASSERTED,
        seen_at=datetime(2026, 11, 20, tzinfo=UTC),
        listing=choice.listing if choice else absence(query, end),
        row=choice.row if choice else None,
        chain=chain,
        content=weigh(answer, chain[-1]) if seen else None,
        fixity=compare(answer, chain[-1], rows) if seen else None,
    )


@needs_pywb
@pytest.mark.parametrize(("timestamp", "place", "verdict", "rule", "distance"), CASES)
def test_one_truth_in_every_mode(  # noqa: PLR0917 - the columns of the cases
    archive: Archive, timestamp: str, place: str, verdict: str, rule: str, distance: int | None
) -> None:
    role = Role.IMAGE if place.endswith(".jpg") else Role.LINK
    evidence = gather(archive, timestamp, SITE + place, role)
    finding = judge(evidence)
    assert (finding.verdict, finding.rule, finding.distance_seconds) == (verdict, rule, distance)
    if verdict in {"captured", "drifted"}:
        assert evidence.fixity is not None
        assert evidence.fixity.fixity is Fixity.MATCH
        assert finding.captured_url == SITE + place


@needs_pywb
def test_a_redirect_within_one_key_may_play_as_itself(archive: Archive) -> None:
    finding = judge(gather(archive, "20180101000000", f"{SITE}/slash", Role.LINK))
    assert finding.verdict in {"captured", "hollow"}


@needs_pywb
def test_a_collection_that_is_misnamed_makes_nothing_missing(archive: Archive) -> None:
    assert isinstance(archive, PywbArchive)
    wrong = pywb_at(archive.prefix.rstrip("/") + "-misnamed/")
    evidence = gather(wrong, "20180101000000", f"{SITE}/exact", Role.LINK)
    assert evidence.listing is Listing.EMPTY  # so that a lane takes it for no proof
    assert evidence.chain[-1].answer is Answer.UNREADABLE
    provisional = replace(evidence, listing=Listing.BULK_ABSENT)
    assert judge(provisional).verdict == "unknown"
