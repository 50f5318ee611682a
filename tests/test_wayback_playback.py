"""Playback answers of the Wayback Machine; all synthetic, shapes as recorded 2018 to 2026."""

import gzip

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from linkcheck.archives._memento import read_links
from linkcheck.archives.wayback import ARCHIVE
from linkcheck.model.exchange import Reply
from linkcheck.model.playback import Answer, PlaybackReading
from tests.answers import ASKED, MOMENT, ORIGINAL, PLAYED, ROOT, SOURCE, STAMP, reply

LINK = (
    f'<{ORIGINAL}>; rel="original", <{ROOT}/web/timemap/link/{ORIGINAL}>; rel="timemap"; '
    f'type="application/link-format", <{ROOT}/web/{ORIGINAL}>; rel="timegate", '
    f'<{ROOT}/web/20050323155300/http://www.fws.gov:80/birds>; rel="first memento"; '
    'datetime="Wed, 23 Mar 2005 15:53:00 GMT", '
    f'<{ROOT}/web/20171120000000/{ORIGINAL}?a=1,2&amp;b=3>; rel="prev memento"; '
    'datetime="Mon, 20 Nov 2017 00:00:00 GMT", '
    f'<{PLAYED}>; rel="memento"; datetime="Fri, 24 Nov 2017 15:13:15 GMT", '
    f'<{ROOT}/web/20171125000000/{ORIGINAL}>; rel="next memento"; '
    'datetime="Sat, 25 Nov 2017 00:00:00 GMT", '
    f'<{ROOT}/web/20260101000000/{ORIGINAL}>; rel="last memento"; '
    'datetime="Thu, 01 Jan 2026 00:00:00 GMT"'
)


def read(answer: Reply) -> PlaybackReading:
    return ARCHIVE.read_playback(ASKED, answer)


def test_an_exact_capture() -> None:
    reading = read(
        reply(
            "birds",
            ("memento-datetime", MOMENT[1]),
            ("link", LINK),
            ("x-archive-src", SOURCE[1]),
            ("X-Archive-Orig-Date", "Fri, 24 Nov 2017 15:13:14 GMT"),
            ("x-archive-orig-transfer-encoding", "chunked"),
            ("x-archive-orig-server-timing", "a"),
            ("x-archive-orig-server-timing", "b"),
            ("x-archive-orig-set-cookie", "secret"),
            ("content-type", "text/html; charset=utf-8"),
        )
    )
    assert reading.answer is Answer.CAPTURE
    assert (reading.status, reading.timestamp, reading.original) == (200, STAMP, ORIGINAL)
    assert reading.source == SOURCE[1]
    assert reading.media_type == "text/html"
    assert reading.origin_header("Transfer-Encoding") == "chunked"
    assert [value for key, value in reading.origin if key == "server-timing"] == ["a", "b"]
    assert reading.origin_header("set-cookie") is None
    around = reading.neighbours
    assert (around.first, around.previous) == ("20050323155300", "20171120000000")
    assert (around.following, around.last) == ("20171125000000", "20260101000000")
    assert reading.record == "<urn:uuid:1>"


def test_the_captured_url_may_differ_from_the_asked_one() -> None:
    # 2022-11: asked for http://fws.gov/, got https://www.fws.gov/ without a redirect.
    reading = read(reply("x", MOMENT, ("Link", '<https://www.fws.gov/>; rel="original"')))
    assert reading.original == "https://www.fws.gov/"


@pytest.mark.parametrize(
    ("headers", "stamp"),
    [
        # 2020-10: 5 seconds and 23 days away; 2023-09: six days earlier, https to http.
        ((("x-archive-redirect-reason", "found capture at 20171124151320"),), "20171124151320"),
        ((("x-archive-redirect-reason", "found capture at 20171217000000"),), "20171217000000"),
        ((), "20171118151315"),  # 2018: the header was not there yet
    ],
)
def test_the_nearest_capture_is_elsewhen(headers: tuple[tuple[str, str], ...], stamp: str) -> None:
    location = f"{ROOT}/web/{stamp}id_/http://www.fws.gov/birds/"
    reading = read(reply(f"found capture at {stamp}", ("location", location), *headers, status=302))
    assert reading.answer is Answer.NEAREST
    assert reading.target is not None
    assert (reading.target.timestamp, reading.target.modifier) == (stamp, "id_")
    assert reading.target.inner == "http://www.fws.gov/birds/"
    assert reading.timestamp is None


@pytest.mark.parametrize(
    "location",
    [
        f"{ROOT}/web/{STAMP}id_/https://www.whitehouse.gov/a/../b//c?x=1",  # 2020-09
        f"/web/{STAMP}id_/https://www.whitehouse.gov/a/../b//c?x=1",  # 2020-11
        f"//web.archive.org/web/{STAMP}id_/https://www.whitehouse.gov/a/../b//c?x=1",  # 2020-11
    ],
)
def test_archived_redirects_come_in_three_shapes(location: str) -> None:
    reading = read(
        reply("x" * 138_740, MOMENT, SOURCE, ("Link", LINK), ("Location", location), status=301)
    )
    assert reading.answer is Answer.REDIRECT
    assert reading.status == 301
    assert reading.target is not None
    assert reading.target.inner == "https://www.whitehouse.gov/a/../b//c?x=1"
    assert reading.outside is None


def test_a_location_in_raw_bytes_is_kept_byte_for_byte() -> None:
    location = f"/web/{STAMP}id_/https://x.org/\udce6\udc96\udc87"
    reading = read(reply("", MOMENT, ("Location", location), status=302))
    assert reading.target is not None
    assert ARCHIVE.playback_request(reading.target).url.endswith("/https://x.org/%E6%96%87")


@pytest.mark.parametrize(
    "location",
    ["https://evil.example/", "http://127.0.0.1/", "//evil.example/web/2", "http://[", "file:///x"],
)
def test_a_redirect_out_of_the_archive_is_typed_and_leads_nowhere(location: str) -> None:
    reading = read(reply("", ("Location", location), status=302))
    assert reading.answer is Answer.UNREADABLE
    assert reading.target is None
    assert reading.outside is not None


@pytest.mark.parametrize(
    ("location", "inner"),
    [
        ("https://other.example/a", "https://other.example/a"),
        ("/birds/new", "https://www.fws.gov/birds/new"),
        ("new?x=1", "https://www.fws.gov/birds/new?x=1"),
        ("//other.example/web/2", "https://other.example/web/2"),
    ],
)
def test_a_captured_redirect_that_is_not_rewritten_is_the_origins(
    location: str, inner: str
) -> None:
    """As pywb has it; and still it is the archive that is asked for it."""
    reading = read(reply("", MOMENT, ("Location", location), status=302))
    assert reading.answer is Answer.REDIRECT
    assert reading.target is not None
    assert (reading.target.timestamp, reading.target.inner) == (STAMP, inner)
    assert ARCHIVE.playback_request(reading.target).url.startswith(f"{ROOT}/web/{STAMP}id_/")


@pytest.mark.parametrize("location", ["//[", "file:///x", "mailto:a@b", "javascript:x"])
def test_a_captured_redirect_to_what_no_archive_holds_leads_nowhere(location: str) -> None:
    reading = read(reply("", MOMENT, ("Location", location), status=302))
    assert (reading.answer, reading.target) == (Answer.REDIRECT, None)
    assert reading.outside is not None


def test_a_redirect_in_view_mode_is_a_page_with_status_200() -> None:
    page = (
        "<html><p class='code shift red'>Got an HTTP 302 response at crawl time</p>"
        f'<p>Redirecting to...</p><a href="/web/{STAMP}/https://www.fws.gov/a?b=1&amp;c=2">'
        "\n  Impatient?</a></html>"
    )
    reading = ARCHIVE.read_playback(
        ASKED, reply(page, SOURCE, url=f"{ROOT}/web/{STAMP}/{ORIGINAL}")
    )
    assert (reading.answer, reading.status) == (Answer.REDIRECT, 302)
    assert reading.target is not None
    assert reading.target.inner == "https://www.fws.gov/a?b=1&c=2"
    assert reading.timestamp == STAMP
    assert reading.source == SOURCE[1]


def test_a_source_without_memento_datetime_alone_tells_nothing() -> None:
    assert read(reply("some page", SOURCE)).answer is Answer.UNREADABLE


HRM = "<h2>Hrm.</h2><p>The Wayback Machine has not archived that URL.</p>"
EXCLUDED = "<p>This URL has been excluded from the Wayback Machine.</p>"
BLOCKED = (
    "org.archive.util.io.RuntimeIOException: "
    "org.archive.wayback.exception.AdministrativeAccessControlException: Blocked Site Error"
)
ERROR = "X-Archive-Wayback-Runtime-Error"
# The 404s that servers, proxies and stores have when nothing else is set.
NOT_FOUND_ELSEWHERE: tuple[tuple[str, *tuple[tuple[str, str], ...]], ...] = (
    ("", ("Server", "Caddy")),
    ("", ("Server", "envoy")),
    ("404 page not found\n", ("Content-Type", "text/plain; charset=utf-8")),
    ("<h2>404 - File or directory not found.</h2>", ("Server", "Microsoft-IIS/10.0")),
    ("<p>The requested URL was not found on the server. If you entered the URL manually",),
    ("<h1>HTTP Status 404 – Not Found</h1><hr/><h3>Apache Tomcat/9.0.58</h3>",),
    ("<html><body><h1>404 Not found</h1>\nThe requested URL could not be found.\n</body></html>",),
    ("<body>\n  <h1>404 Not Found</h1>\n </body>", ("Server", "lighttpd/1.4.63")),
    ("<h1>Error 404 Not found</h1><h3>Guru Meditation:</h3><p>XID: 1</p>",),
    ("<title>ERROR: The requested URL could not be retrieved</title>", ("Server", "squid/5.7")),
    ("<hr><center>cloudflare</center>",),
    ("<Error><Code>NoSuchKey</Code></Error>",),
)


@pytest.mark.parametrize(
    ("answer", "expected"),
    [
        (reply(HRM, ("x-ts", "404"), status=404), Answer.ABSENT),
        (reply("", (ERROR, "ResourceNotInArchiveException: x"), status=404), Answer.ABSENT),
        (reply(EXCLUDED, ("x-ts", "200")), Answer.EXCLUDED),  # 2020-06
        (reply(EXCLUDED, status=403), Answer.EXCLUDED),
        (reply(BLOCKED, status=403), Answer.EXCLUDED),
        (reply("", (ERROR, BLOCKED), status=403), Answer.EXCLUDED),
        (reply("", (ERROR, "AdministrativeAccessControlException"), status=403), Answer.EXCLUDED),
        (reply("", (ERROR, "RobotAccessControlException: Blocked By Robots")), Answer.EXCLUDED),
        (reply("<p>Page cannot be displayed due to robots.txt.</p>", status=403), Answer.EXCLUDED),
        (reply(gzip.compress(EXCLUDED.encode()), ("Content-Encoding", "gzip")), Answer.EXCLUDED),
        (reply("", (ERROR, "ResourceNotAvailableException: x"), status=404), Answer.BROKEN),
        (reply("", (ERROR, "BadContentException: x"), status=503), Answer.BROKEN),
        (reply("This snapshot cannot be displayed due to an internal error"), Answer.BROKEN),
        (reply("", (ERROR, "ResourceIndexNotAvailableException"), status=503), Answer.OFFLINE),
        (reply("", (ERROR, "RobotTimedOutAccessControl"), status=403), Answer.OFFLINE),
        (reply("<h1>Internet Archive services are temporarily offline.</h1>"), Answer.OFFLINE),
        (reply("<h1>Temporarily Offline</h1>", status=404), Answer.OFFLINE),
        (reply("We are experiencing technical difficulties", status=404), Answer.OFFLINE),
        (reply("The machine that serves this file is down.", status=404), Answer.OFFLINE),
        (reply("<h1>429 Too Many Requests</h1>", status=429), Answer.THROTTLED),
        (reply("<h1>429 Too Many Requests</h1>"), Answer.THROTTLED),
        (reply("", ("Location", f"{ROOT}/429.html"), status=302), Answer.THROTTLED),
        (reply("x", url=f"{ROOT}/429.html"), Answer.THROTTLED),
        # The 404 of a server that stands before the archive and did not ask it.
        (reply("<hr><center>nginx/1.25.3</center>", status=404), Answer.UNREADABLE),
        (reply("<address>Apache/2.4 at web.archive.org", status=404), Answer.UNREADABLE),
        (reply("<hr><center>nginx</center>" + HRM, ("x-ts", "200")), Answer.UNREADABLE),
        *((reply(page, *own, status=404), Answer.UNREADABLE) for page, *own in NOT_FOUND_ELSEWHERE),
        (
            reply(HRM + "<a>http://x/administrativeaccesscontrolexception", status=404),
            Answer.ABSENT,
        ),
        (reply(HRM + "<a>http://x/?q=temporarily offline", status=404), Answer.ABSENT),
        (
            reply("<h2>Blocked Site Error</h2> is not in the Wayback Machine.", status=403),
            Answer.EXCLUDED,
        ),
        (reply("Blocked Site Error", status=403), Answer.EXCLUDED),
        # A company's filter, and a provider that obeys a court.
        (reply("<h1>Blocked Site Error</h1> Category: proxies", status=403), Answer.UNREADABLE),
        (reply("", status=451), Answer.EXCLUDED),
        (reply("", ("Link", f'<{ROOT}/>; rel="blocked-by"'), status=451), Answer.EXCLUDED),
        (
            reply("", ("Link", '<https://isp.example/x>; rel="blocked-by"'), status=451),
            Answer.UNREADABLE,
        ),
        (
            reply("", (ERROR, "org.archive.wayback.exception.AccessControlException")),
            Answer.EXCLUDED,
        ),
        # A source is named: it is no word of the archive that it has nothing.
        (reply("", SOURCE, status=404), Answer.UNREADABLE),
        # To the list of captures, or to the latest: neither is the nearest.
        (reply("", ("Location", f"/web/2017*/{ORIGINAL}"), status=302), Answer.UNREADABLE),
        (reply("", ("Location", f"/web/{ORIGINAL}"), status=302), Answer.UNREADABLE),
        (reply("Access Denied", status=403), Answer.UNREADABLE),  # a wall before the archive
        (reply(""), Answer.UNREADABLE),
    ],
)
def test_answers_of_the_archive_itself(answer: Reply, expected: Answer) -> None:
    assert read(answer).answer is expected


def test_the_archives_words_stand_behind_its_navigation() -> None:
    # 2020-06: at byte 56,721 of 57,794, gzipped, with status 200.
    page = "<html><nav>" + "<a>menu</a>" * 5200 + '<div id="error"><h2>Sorry.</h2>' + EXCLUDED
    answer = reply(gzip.compress(page.encode()), ("Content-Encoding", "gzip"), ("X-ts", "200"))
    assert read(answer).answer is Answer.EXCLUDED


def test_a_captured_error_is_no_outage_and_no_throttle() -> None:
    # 2024-02: reddit's own 429 of 2015, with its own Retry-After.
    reading = read(
        reply(
            "<h1>429 Too Many Requests</h1>",
            MOMENT,
            SOURCE,
            ("x-archive-orig-retry-after", "6"),
            status=429,
        )
    )
    assert (reading.answer, reading.status) == (Answer.CAPTURE, 429)


def test_a_memento_datetime_that_cannot_be_read_still_marks_a_capture() -> None:
    reading = read(reply("x", ("Memento-Datetime", "yesterday")))
    assert (reading.answer, reading.timestamp) == (Answer.CAPTURE, STAMP)


URLS = st.text(
    alphabet=st.characters(min_codepoint=33, max_codepoint=126, exclude_characters="<>"), min_size=1
)
RELS = st.lists(
    st.sampled_from(["original", "first", "prev", "next", "last", "memento"]),
    min_size=1,
    unique=True,
)


@given(st.lists(st.tuples(URLS, RELS), max_size=6))
def test_link_headers_are_read_back(entries: list[tuple[str, list[str]]]) -> None:
    header = ", ".join(
        f'<{url.replace("&", "&amp;")}>; rel="{" ".join(rels)}"; datetime="{MOMENT[1]}"'
        for url, rels in entries
    )
    links = read_links(header)
    assert [(link.url, link.rel) for link in links] == [
        (url, frozenset(rels)) for url, rels in entries
    ]
    assert all(link.timestamp == STAMP for link in links)


@given(st.text())
def test_no_link_header_raises(value: str) -> None:
    read_links(value)


HEADERS = st.tuples(
    st.sampled_from(
        [
            "Memento-Datetime",
            "Link",
            "Location",
            "X-Archive-Src",
            "X-Archive-Orig-Server",
            "X-Archive-Redirect-Reason",
            "Content-Type",
            ERROR,
        ]
    ),
    st.one_of(
        st.binary(),
        st.sampled_from([PLAYED, f"<{PLAYED}>; rel=original", "/web/2018/http://x", MOMENT[1]]).map(
            str.encode
        ),
    ),
)


@given(
    st.sampled_from([200, 301, 302, 403, 404, 429, 503]), st.lists(HEADERS), st.binary(max_size=200)
)
def test_no_playback_answer_raises_and_every_reading_can_be_stored(
    status: int, headers: list[tuple[str, bytes]], body: bytes
) -> None:
    decoded = ((name, value.decode("utf-8", "surrogateescape")) for name, value in headers)
    reading = read(reply(body, *decoded, status=status))
    stored = msgspec.json.encode(reading)
    assert msgspec.json.decode(stored, type=PlaybackReading) == reading
