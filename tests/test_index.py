"""Index answers in all forms; rows are synthetic, their oddities recorded 2017 to 2026."""

import gzip
import json
import tracemalloc
from collections.abc import Iterator
from datetime import UTC, datetime

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from linkcheck.archives import collected, pywb_at
from linkcheck.archives._array import Mark, Note
from linkcheck.archives._rows import LONGEST_ROW, items
from linkcheck.archives.archive_it import ARCHIVE as ARCHIVE_IT
from linkcheck.archives.wayback import ARCHIVE
from linkcheck.model.capture import Capture, instant, mended
from linkcheck.model.exchange import Body, Hop, Reply
from linkcheck.model.index import IndexEnd, IndexQuery, IndexState, Scope
from tests.answers import reply

PYWB = pywb_at("http://127.0.0.1:8080/c")
QUERY = IndexQuery(url="http://x.org/", limit=1000)
HEAD = ["urlkey", "timestamp", "original", "mimetype", "statuscode", "digest", "length"]
DIGEST = "MGIGF4GRGGF5GKV6VNCBAXOE3OR5BTZC"
EMPTY = "3I42H3S6NNFQ2MSVX7XZKYAYSCX5QBYJ"
ROW = ["org,x)/", "20180101000000", "http://x.org:80/", "text/html", "200", DIGEST, "1811"]
CAPTURE = Capture(
    urlkey="org,x)/",
    timestamp="20180101000000",
    original="http://x.org:80/",
    media_type="text/html",
    status=200,
    digest=DIGEST,
    length=1811,
)
KEY = "eJxLzy_TyUssTtTUVzAyMDAxsDQwNTA3NTe0BABfMwZl"


def changed(**fields: object) -> list[str]:
    return [str(fields.get(name, value)) for name, value in zip(HEAD, ROW, strict=True)]


def array(*rows: list[str], key: str | None = None) -> str:
    tail = [] if key is None else [[], [key]]
    return json.dumps([HEAD, *rows, *tail])


def read(answer: Reply, query: IndexQuery = QUERY) -> tuple[tuple[Capture, ...], IndexEnd]:
    return collected(ARCHIVE.read_index(query, answer))


def read_pywb(answer: Reply, query: IndexQuery = QUERY) -> tuple[tuple[Capture, ...], IndexEnd]:
    return collected(PYWB.read_index(query, answer))


NDJSON = ("Content-Type", "text/x-ndjson")
PYWB_ROW = {
    "urlkey": "org,x)/",
    "timestamp": "20180101000000",
    "url": "http://x.org:80/",
    "mime": "text/html",
    "status": "200",
    "digest": DIGEST,
    "length": "1811",
    "source": "c/indexes/index.cdxj",
}
OTHERS = {name: value for name, value in PYWB_ROW.items() if name not in {"urlkey", "timestamp"}}


@pytest.mark.parametrize(
    "body",
    [
        array(ROW),
        array(ROW).replace("], [", "],\n["),
        json.dumps([[*HEAD, "extra"], [*ROW, "more"]]),
        json.dumps([HEAD[::-1], ROW[::-1]]),
        " ".join(ROW) + "\n",
        " ".join(ROW),
        " ".join([*ROW, "extra", "more"]) + "\n",
        json.dumps(PYWB_ROW) + "\n",
        f"org,x)/ 20180101000000 {json.dumps(OTHERS)}\n",
        "\n\n" + " ".join(ROW) + "\r\n",
    ],
)
def test_one_row_in_every_form(body: str) -> None:
    for wire, headers in ((body.encode(), ()), (gzip.compress(body.encode()), (GZIP,))):
        rows, end = read(reply(wire, ("Content-Type", "text/plain"), *headers))
        assert rows == (CAPTURE,)
        assert end.rows == 1
        assert end.state is IndexState.WHOLE


GZIP = ("Content-Encoding", "gzip")


def test_columns_of_the_classic_form() -> None:
    row = [*ROW[:6], "-", "-", "1811", "5", "a.warc.gz"]
    rows, _ = read(reply(" ".join(row) + "\n"))
    assert rows[0].length == 1811
    assert rows[0].source == "a.warc.gz"


def test_pywb_names_its_files() -> None:
    rows, end = read_pywb(reply(json.dumps({**PYWB_ROW, "filename": "a.warc.gz"}) + "\n", NDJSON))
    assert rows[0].source == "a.warc.gz"
    assert end.state is IndexState.WHOLE


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({"mimetype": "warc/revisit", "statuscode": "-"}, (None, None, 1811, True)),
        ({"mimetype": "unk", "statuscode": "301"}, (None, 301, 1811, False)),
        ({"length": "-"}, ("text/html", 200, None, False)),
        ({"statuscode": "-"}, ("text/html", None, 1811, False)),
        ({"statuscode": "0"}, ("text/html", None, 1811, False)),
        ({"statuscode": "-1"}, ("text/html", None, 1811, False)),
        ({"statuscode": "1000"}, ("text/html", None, 1811, False)),
    ],
)
def test_values_that_are_not_told(
    fields: dict[str, str], expected: tuple[str | None, int | None, int | None, bool]
) -> None:
    for body in (array(changed(**fields)), " ".join(changed(**fields)) + "\n"):
        ((row,), _) = read(reply(body))
        assert (row.media_type, row.status, row.length, row.revisit) == expected


@pytest.mark.parametrize(
    ("original", "body"),
    [
        ('http://x/"data:image/jpeg;base64,' + "A" * 5000, None),
        ("http://mailto:a@b@x.org/", None),
        ("http://x.org/a b c", None),
        ('http://x.org/],[\\"fake', None),
        ("http://x.org/文章", None),
    ],
)
def test_odd_originals_are_kept(original: str, body: None) -> None:
    del body
    row = changed(original=original)
    for text in (array(row), " ".join(row) + "\n"):
        ((capture,), _) = read(reply(text))
        assert capture.original == original


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("20000012170449", "20001217044900"),
        ("20000800241623", "20000824162300"),
        ("20000008241731", "20000824173100"),  # was 20000824173151
        ("20000824173151", "20000824173151"),
        ("19970427191925", "19970427191925"),
        ("20180012170449", "20180012170449"),  # known of the year 2000 alone
    ],
)
def test_bogus_zeros_of_the_year_2000(written: str, meant: str) -> None:
    ((row,), _) = read(reply(array(changed(timestamp=written))))
    assert row.timestamp == written  # playback knows no other
    assert mended(written) == meant
    assert row.moment == instant(meant)
    if meant.startswith("20000824"):
        assert row.moment is not None
        assert row.moment.date() == datetime(2000, 8, 24, tzinfo=UTC).date()


def test_bytes_that_are_no_utf8_are_escaped_in_every_form() -> None:
    row = changed(original="http://x.org/%")
    for body in (array(row), " ".join(row) + "\n"):
        ((capture,), end) = read(reply(body.encode().replace(b"/%", b"/caf\xe9")))
        assert (capture.original, end.unreadable) == ("http://x.org/caf%E9", 0)


def test_numbers_and_nulls_in_the_place_of_strings() -> None:
    body = json.dumps([HEAD, ["org,x)/", 20180101000000, "http://x.org/", None, 200, None, 9]])
    ((row,), end) = read(reply(body))
    assert (row.status, row.media_type, row.digest, row.length) == (200, None, None, 9)
    assert end.unreadable == 0


@pytest.mark.parametrize(
    "row",
    [
        '["only one"]',
        "[tru]",
        '["\\ud800"]',
        '["k","20180101000000"]',
        json.dumps(changed(statuscode="x")),
    ],
)
def test_rows_that_cannot_be_read_are_counted(row: str) -> None:
    rows, end = read(reply(array(ROW)[:-1] + f",{row}]"))
    assert (len(rows), end.rows, end.unreadable) == (1, 1, 1)
    assert end.state is IndexState.WHOLE


def test_lines_that_cannot_be_read_are_counted() -> None:
    for line in (
        "org,x)/ 2018",
        "{",
        "[",
        '{"timestamp": 1}',
        "k 20180101000000 {",
        "a b c d e f g",
    ):
        _, end = read(reply(" ".join(ROW) + f"\n{line}\n"))
        assert (end.rows, end.unreadable) == (1, 1)


def test_repeated_rows_are_one_and_digests_of_one_second_are_two() -> None:
    other = changed(digest="YHY3" + DIGEST[4:])
    rows, end = read(reply(array(ROW, ROW, ROW, other)))
    assert [row.digest for row in rows] == [DIGEST, other[5]]
    assert (end.rows, end.repeated) == (2, 2)


def test_disorder_is_noticed() -> None:
    later = changed(timestamp="20190101000000")
    _, end = read(reply(array(ROW, later, ROW, changed(urlkey="org,a)/"))))
    assert end.disordered == 2
    assert end.first == ("org,x)/", "20180101000000")
    assert end.last == ("org,a)/", "20180101000000")


@pytest.mark.parametrize("key", [KEY, "gov%2Cnasa%29%2F+20220101013953", "a+b/c="])
def test_resume_keys_are_opaque(key: str) -> None:
    for body in (array(ROW, key=key), " ".join(ROW) + f"\n\n{key}\n"):
        rows, end = read(reply(body))
        assert len(rows) == 1
        assert (end.state, end.resume) == (IndexState.MORE, key)
    url = ARCHIVE.index_request(IndexQuery(url="x", limit=5, resume=key)).url
    assert "%" in url.split("resumeKey=")[1] or key == KEY
    assert "+" not in url.split("resumeKey=")[1]


def test_a_key_that_leads_back_is_an_end() -> None:
    _, end = read(reply(array(ROW, key=KEY)), IndexQuery(url="x", resume=KEY))
    assert (end.state, end.resume) == (IndexState.CUT, None)


@pytest.mark.parametrize("body", ["[]", " [ ]", "[\n]\n", "[]\n"])
def test_only_an_empty_array_says_none(body: str) -> None:
    rows, end = read(reply(body))
    assert not rows
    assert end.state is IndexState.EMPTY


def test_an_empty_last_page_is_an_end_and_no_negative() -> None:
    for body in ("[]", array()):
        _, end = read(reply(body), IndexQuery(url="x", resume=KEY))
        assert end.state is IndexState.WHOLE


REFUSAL = (
    "org.archive.util.io.RuntimeIOException: "
    "org.archive.wayback.exception.AdministrativeAccessControlException: Blocked Site Error"
)
ERROR = "X-Archive-Wayback-Runtime-Error"


@pytest.mark.parametrize(
    ("answer", "state"),
    [
        (reply(""), IndexState.UNREADABLE),  # measured as the limiter's refusal (2026)
        (reply(gzip.compress(b""), GZIP), IndexState.UNREADABLE),
        (reply("\n"), IndexState.UNREADABLE),
        (reply(array()), IndexState.WHOLE),  # no `[]`: its absences are confirmed
        (reply(array()[:-1]), IndexState.UNREADABLE),
        (reply("[[]]"), IndexState.UNREADABLE),
        (reply("{}"), IndexState.UNREADABLE),
        (reply("null"), IndexState.UNREADABLE),
        (reply('{"error": "x"}'), IndexState.UNREADABLE),
        (reply("["), IndexState.UNREADABLE),
        (reply("<html>a page</html>"), IndexState.UNREADABLE),
        (reply("<h1>Internet Archive: Temporarily Offline</h1>"), IndexState.OFFLINE),
        (reply(b"\xff\xfe\x00"), IndexState.UNREADABLE),
        (reply("x", GZIP, status=200), IndexState.UNREADABLE),
        (reply(b"\x1f\x8bbroken", GZIP), IndexState.CUT),
        (reply("[]", ("Content-Encoding", "br")), IndexState.CUT),
        (reply(REFUSAL, (ERROR, REFUSAL), status=403), IndexState.EXCLUDED),  # 2020-06
        (reply(REFUSAL, status=403), IndexState.EXCLUDED),
        (
            reply("", (ERROR, "AdministrativeAccessControlException"), status=403),
            IndexState.EXCLUDED,
        ),
        (reply(REFUSAL), IndexState.EXCLUDED),
        (reply("x RobotAccessControlException: Blocked By Robots"), IndexState.EXCLUDED),
        # A page with such words may be a company's filter's; a row may be of such an address.
        (reply("<h1>Blocked Site Error</h1>", status=403), IndexState.UNREADABLE),
        (reply("<h1>Blocked Site Error</h1>"), IndexState.UNREADABLE),
        (reply("a)/ 2020 http://a/robotaccesscontrolexception x"), IndexState.UNREADABLE),
        (reply("[]", status=429), IndexState.THROTTLED),
        (
            reply("", ("Location", "https://web.archive.org/429.html"), status=302),
            IndexState.THROTTLED,
        ),
        (reply("<h1>429 Too Many Requests</h1>"), IndexState.THROTTLED),
        (reply("[]", status=504), IndexState.OFFLINE),
        (reply("[]", status=503), IndexState.OFFLINE),
        (reply("[]", status=404), IndexState.UNREADABLE),
        (reply("url parameter is required", status=400), IndexState.UNREADABLE),
        (reply("java.lang.IllegalArgumentException: fromKey > toKey"), IndexState.UNREADABLE),
        (reply("[]", status=445), IndexState.UNREADABLE),
        (reply("[]", truncated=True), IndexState.CUT),
    ],
)
def test_what_is_no_negative(answer: Reply, state: IndexState) -> None:
    rows, end = read(answer)
    assert not rows
    assert end.state is state


@pytest.mark.parametrize(
    ("answer", "state"),
    [
        (reply("", NDJSON), IndexState.EMPTY),
        (reply("\n", ("Content-Type", "text/x-cdxj")), IndexState.EMPTY),
        (reply("", ("Content-Type", "text/html")), IndexState.UNREADABLE),
        (reply(""), IndexState.UNREADABLE),
        (reply("", NDJSON, status=404), IndexState.UNREADABLE),
        (reply("", NDJSON, status=503), IndexState.OFFLINE),
        (reply("", NDJSON, truncated=True), IndexState.CUT),
    ],
)
def test_an_empty_200_is_pywbs_negative(answer: Reply, state: IndexState) -> None:
    assert read_pywb(answer)[1].state is state


def test_pywb_gives_no_key_so_a_limit_cuts() -> None:
    body = json.dumps(PYWB_ROW) + "\n"
    assert read_pywb(reply(body, NDJSON), IndexQuery(url="x", limit=1))[1].state is IndexState.CUT
    assert read_pywb(reply(body, NDJSON), IndexQuery(url="x"))[1].state is IndexState.WHOLE
    assert "resumeKey" not in PYWB.index_request(IndexQuery(url="x", resume="k")).url


def test_archive_it_never_says_none() -> None:
    for body in ("", "[]"):
        _, end = collected(
            ARCHIVE_IT.read_index(QUERY, reply(body, ("Content-Type", "text/plain")))
        )
        assert end.state is IndexState.UNREADABLE


@pytest.mark.parametrize("cut", range(len(array(ROW)) - 1, len(array(ROW)) - 60, -7))
def test_an_array_that_is_not_closed_is_cut(cut: int) -> None:
    text = array(ROW, changed(timestamp="20190101000000"))
    _, end = read(reply(text[:cut]))
    assert end.state in {IndexState.CUT, IndexState.UNREADABLE}


def huge(*, quoted: bool) -> Iterator[bytes]:
    """Give a row of 10 MB between two good ones."""
    first, second = changed(), changed(timestamp="20190101000000")
    if not quoted:
        yield (" ".join(first) + "\n").encode()
        yield b"org,x)/ 20180601000000 http://x.org/"
        yield from (b"a" * 65_536 for _ in range(160))
        yield b" text/html 200 - -\n"
        yield (" ".join(second) + "\n").encode()
        return
    yield (json.dumps([HEAD, first])[:-1] + ',["org,x)/", "2018').encode()
    yield from (b'],[\\"\\\\' * 9362 for _ in range(160))
    yield b'"],' + json.dumps(second).encode() + b"]"


@pytest.mark.parametrize("quoted", [True, False])
def test_a_row_of_10_mb_is_passed_over_in_little_memory(*, quoted: bool) -> None:
    tracemalloc.start()
    try:
        found = list(items(huge(quoted=quoted)))
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    captures = [item for item in found if isinstance(item, Capture)]
    marks = [item.mark for item in found if isinstance(item, Note)]
    assert [capture.timestamp for capture in captures] == ["20180101000000", "20190101000000"]
    names, closed = ([Mark.NAMES], [Mark.CLOSED]) if quoted else ([], [])
    assert marks == [*names, Mark.OVERSIZED, *closed]
    assert peak < 20 * LONGEST_ROW


def test_an_oversized_row_is_counted_and_is_no_negative() -> None:
    body = json.dumps([HEAD, changed(original="http://x/" + "a" * 100_000)])
    _, end = read(reply(body))
    assert (end.rows, end.oversized) == (0, 1)
    assert end.state is IndexState.WHOLE


def test_an_endless_answer_is_read_in_constant_memory() -> None:
    def endless() -> Iterator[bytes]:
        yield b'[["urlkey","timestamp","original","mimetype","statuscode","digest","length"]'
        for number in range(60_000):
            row = changed(urlkey=f"org,x)/{number:09}")
            yield b",\n" + json.dumps(row).encode()

    tracemalloc.start()
    try:
        count = sum(isinstance(item, Capture) for item in items(endless()))
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert count == 60_000
    assert peak < 1_000_000


def test_a_spooled_body_is_streamed() -> None:
    rows = (
        f"org,x)/{number:09} 20180101000000 http://x.org/ text/html 200 - -\n"
        for number in range(30_000)
    )
    body = Body.gather(row.encode() for row in rows)
    answer = replace(reply(""), body=body)
    assert not isinstance(body.held, bytes)
    _, end = read(answer)
    assert (end.rows, end.state) == (30_000, IndexState.WHOLE)


VALUE = st.text(
    alphabet=st.characters(codec="utf-8", exclude_categories=("Z", "C")),
    min_size=1,
    max_size=40,
)
CAPTURES = st.builds(
    Capture,
    urlkey=VALUE.map(lambda text: "k" + text),
    timestamp=st.datetimes(min_value=datetime(1996, 1, 1), max_value=datetime(2030, 1, 1)).map(  # noqa: DTZ001 - digits have no zone
        lambda moment: f"{moment:%Y%m%d%H%M%S}"
    ),
    original=VALUE.map(lambda text: "http://" + text),
    media_type=st.sampled_from([None, "text/html", "image/jpeg"]),
    status=st.one_of(st.none(), st.integers(100, 999)),
    digest=st.one_of(st.none(), st.just(DIGEST), st.just(EMPTY)),
    length=st.one_of(st.none(), st.integers(0, 10**9)),
)


def columns(row: Capture) -> list[str]:
    return [
        row.urlkey,
        row.timestamp,
        row.original,
        row.media_type or "-",
        str(row.status or "-"),
        row.digest or "-",
        "-" if row.length is None else str(row.length),
    ]


@given(st.lists(CAPTURES, max_size=5), st.integers(1, 50), st.booleans())
def test_rows_come_back_however_the_bytes_are_cut(
    rows: list[Capture],
    size: int,
    as_ascii: bool,  # noqa: FBT001 - drawn
) -> None:
    listed = [columns(row) for row in rows]
    as_objects = [
        json.dumps(
            {
                "urlkey": row[0],
                "timestamp": row[1],
                "url": row[2],
                "mime": row[3],
                "status": row[4],
                "digest": row[5],
                "length": row[6],
            },
            ensure_ascii=as_ascii,
        )
        for row in listed
    ]
    forms = (
        json.dumps([HEAD, *listed], ensure_ascii=as_ascii),
        "".join(" ".join(row) + "\n" for row in listed),
        "".join(line + "\n" for line in as_objects),
    )
    for form in forms:
        wire = form.encode()
        pieces = (wire[at : at + size] for at in range(0, len(wire), size))
        assert [item for item in items(pieces) if isinstance(item, Capture)] == rows


@given(
    st.binary(max_size=300), st.sampled_from([b"", b"[", b"[[", b"{", b"org,x)/ 2018", b'[["a"],['])
)
def test_no_index_answer_raises_or_says_none(body: bytes, start: bytes) -> None:
    _, end = read(reply(start + body))
    assert end.state is not IndexState.EMPTY or (start + body).strip() == b"[]"
    read_pywb(reply(start + body, NDJSON), IndexQuery(url="x", scope=Scope.PREFIX))


@given(st.binary(min_size=1, max_size=30))
def test_rows_of_any_bytes_can_be_stored(inner: bytes) -> None:
    line = b"org,x)/ 20180101000000 http://x.org/" + inner + b" text/html 200 - -\n"
    rows, _ = read(reply(line))
    assert msgspec.json.decode(msgspec.json.encode(rows), type=tuple[Capture, ...]) == rows


def test_rows_that_somebody_else_gives_are_not_believed() -> None:
    hop = Hop(
        url="https://web.archive.org/cdx", status=302, location="/x", address=None, record=None
    )
    _, end = read(replace(reply("[]"), hops=(hop,)))
    assert end.state is IndexState.UNREADABLE
