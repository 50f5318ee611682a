"""URLs before any archive has a say in them: encoding, parts, likeness, keys."""

import time

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from linkcheck.archives import archives
from linkcheck.urls.encoding import encode
from linkcheck.urls.likeness import Likeness, likeness
from linkcheck.urls.parts import fault, split, without_fragment
from linkcheck.urls.players import is_film, is_player
from linkcheck.urls.timestamp import is_before_archives, moment
from linkcheck.urls.urlkey import urlkey

# fmt: off
ENCODED = [
    ("https://a.example/", "https://a.example/"),
    ("https://a.example/文", "https://a.example/%E6%96%87"),
    ("https://a.example/%E6%96%87", "https://a.example/%E6%96%87"),  # never twice
    ("https://a.example/%e6%96%87", "https://a.example/%e6%96%87"),  # nor changed
    ("https://a.example/文%e6", "https://a.example/%E6%96%87%e6"),
    ("https://a.example/~x/[1]", "https://a.example/~x/[1]"),
    ("https://a.example/100%", "https://a.example/100%"),
    ("https://a.example/a|b", "https://a.example/a|b"),
    ("https://a.example/a b", "https://a.example/a%20b"),
    ("https://a.example/?q='a'&b=\"c\"", "https://a.example/?q='a'&b=%22c%22"),
    ("https://a.example/<a>{b}^`c\\", "https://a.example/%3Ca%3E%7Bb%7D%5E%60c%5C"),
    ("https://a.example/a\tb\r\nc", "https://a.example/abc"),  # as every browser does
    ("  https://a.example/文\n", "https://a.example/%E6%96%87"),
    ("https://例え.テスト/", "https://xn--r8jz45g.xn--zckzah/"),
    ("https://u:p@例え.テスト:81/?#", "https://u:p@xn--r8jz45g.xn--zckzah:81/?#"),
    ("https://BÜCHER.example/Ü", "https://xn--bcher-kva.example/%C3%9C"),
    ("https://文 字.example/", "https://%E6%96%87%20%E5%AD%97.example/"),  # no name: a fault
    ("http://a.example/\x00\x7f", "http://a.example/%00%7F"),
    ("http://a.example/\U0001f642", "http://a.example/%F0%9F%99%82"),
    ("", ""),
]

FAULTS = [
    ("https://a.example/", None),
    ("https://a_b.example./x", None),
    ("https://1.2.3.4:65535/", None),
    ("https://[::1]:8080/", None),
    ("https://u:p@a.example/", None),
    ("https://a.example:/", None),
    ("https://a.example:65536/", "no port"),
    ("https://a.example:8o/", "no port"),
    ("https://a.example:\uff11/", "no port"),
    ("https://[::1/", "no IPv6"),
    ("https://[1]/", "no IPv6"),
    ("https://", "no host"),
    ("https://@/", "no host"),
    ("mailto:a@b", "no host"),
    ("a.example", "no host"),
    ("https://a%20b/", "no host name"),
    ("https://.a.example/", "no host name"),
    ("https://a..example/", "no host name"),
    ("https://" + "a." * 127 + "example/", "no host name"),
    ("https://a.example/" + "x" * 16_384, "longer than a URL can be"),
]

A = "https://a.example/p"
ALIKE = [
    (A, A, Likeness.EXACT),
    ("https://a.example/%7ex/文", "https://a.example/~x/%E6%96%87", Likeness.ENCODING),
    ("https://a.example/%e6%96%87", "https://a.example/%E6%96%87", Likeness.ENCODING),
    (A + "?q=文", A + "?q=%E6%96%87", Likeness.ENCODING),
    (A + "#one", A + "#two", Likeness.FRAGMENT),
    (A, A + "#", Likeness.FRAGMENT),
    (A, "http://a.example/p", Likeness.SCHEME),
    (A, "http://A.example/p#x", Likeness.SCHEME),
    (A, "https://www.a.example/p", Likeness.WWW),
    (A, "http://www2.a.example/p", Likeness.WWW),
    (A, "https://a.example:443/p", Likeness.PORT),
    ("http://a.example/p", "http://a.example:80/p", Likeness.PORT),
    (A, "http://a.example:80/p", Likeness.PORT),
    (A, "https://a.example./p", Likeness.PORT),
    (A, A + "/", Likeness.SLASH),
    (A, "http://www.a.example:80/p/", Likeness.SLASH),
    ("https://a.example", "https://a.example/", Likeness.SLASH),
    (A + "?a=1&b=2", A + "?b=2&a=1", Likeness.QUERY_ORDER),
    (A + "?Q=x", A + "?q=X", Likeness.CASE),
    ("https://a.example/P", A, Likeness.CASE),
    (A + "?PHPSESSID=" + "0" * 32, A, Likeness.KEY),
    (A, A + "|title=x", Likeness.GLUED_TEXT),
    (A, A + "（圖）", Likeness.GLUED_TEXT),
    (A, A + "%20see", Likeness.GLUED_TEXT),
    (A, A + "],x", Likeness.GLUED_TEXT),
    (A, "https://a.example/pq", Likeness.DIFFERENT),
    (A, "https://b.example/p", Likeness.DIFFERENT),
    (A, "https://a.example:8443/p", Likeness.DIFFERENT),
    (A + "?a=1", A + "?a=2", Likeness.DIFFERENT),
    ("https://a.example/a%2Fb", "https://a.example/a/b", Likeness.KEY),
    (A, "", Likeness.DIFFERENT),
    ("x", "y", Likeness.DIFFERENT),
]
# fmt: on


@pytest.mark.parametrize(("iri", "uri"), ENCODED)
def test_encode_once_and_never_twice(iri: str, uri: str) -> None:
    assert encode(iri) == uri
    assert encode(uri) == uri


@pytest.mark.parametrize(("url", "reason"), FAULTS)
def test_fault_says_why_a_url_cannot_be_asked_for(url: str, reason: str | None) -> None:
    found = fault(url)
    assert found == reason if reason is None else reason in (found or "")
    assert len(found or "") < 120


@pytest.mark.parametrize(("one", "other", "grade"), ALIKE)
def test_likeness_is_the_nearest_grade_in_both_directions(
    one: str, other: str, grade: Likeness
) -> None:
    assert likeness(one, other) is grade
    assert likeness(other, one) is grade


def test_every_grade_of_likeness_has_an_example() -> None:
    assert {grade for _, _, grade in ALIKE} == set(Likeness)


@pytest.mark.parametrize(
    ("url", "parts"),
    [
        ("HTTPS://u:p@A.Example:8/p;x?q#f", ("https", "u:p", "a.example", "8", "/p;x", "q", "f")),
        ("http://[::1]:8/", ("http", None, "[::1]", "8", "/", None, None)),
        ("http://a?", ("http", None, "a", None, "", "", None)),
        ("http://a#f?q", ("http", None, "a", None, "", None, "f?q")),
        ("http://a@b@c/", ("http", "a@b", "c", None, "/", None, None)),
    ],
)
def test_split_takes_a_url_apart(url: str, parts: tuple[str | None, ...]) -> None:
    found = split(url)
    assert found is not None
    assert parts == (
        found.scheme,
        found.userinfo,
        found.host,
        found.port,
        found.path,
        found.query,
        found.fragment,
    )


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("http://a.example/", "https://www.a.example"),
        ("https://a.example/P?b=2&a=1", "https://a.example/p?a=1&b=2"),
        ("https://a.example:443/", "http://a.example:80/"),
        ("https://a.example/p#x", "https://a.example/p"),
    ],
)
def test_one_urlkey(one: str, other: str) -> None:
    assert urlkey(one) == urlkey(other)


@pytest.mark.parametrize(
    ("timestamp", "iso"),
    [
        ("20210712023725", "2021-07-12T02:37:25+00:00"),
        ("2021", "2021-01-01T00:00:00+00:00"),
        ("202107", "2021-07-01T00:00:00+00:00"),
        ("20210712", "2021-07-12T00:00:00+00:00"),
        ("20211340000000", None),
        ("202107120237255", None),
        ("202", None),
        ("", None),
        ("\uff12\uff10\uff12\uff11", None),
    ],
)
def test_the_moment_of_a_timestamp(timestamp: str, iso: str | None) -> None:
    found = moment(timestamp)
    assert (found and found.isoformat()) == iso


def test_there_was_no_archive_before_1996() -> None:
    assert is_before_archives("19951231235959")
    assert is_before_archives("1995")
    assert not is_before_archives("1996")


@pytest.mark.parametrize(
    ("url", "player", "film"),
    [
        ("https://www.youtube.com/embed/x", True, False),
        ("https://youtu.be/x", True, False),
        ("https://web.archive.org/web/2021if_/https://www.facebook.com/plugins/video.php", True, False),
        ("https://a.example/film.mp4?x", False, True),
        ("https://notyoutube.com/embed/x", False, False),
        ("https://a.example/mp4", False, False),
    ],
)  # fmt: skip
def test_players_and_films(url: str, player: bool, film: bool) -> None:  # noqa: FBT001 a table's cells
    assert (is_player(url), is_film(url)) == (player, film)


PIECES = st.sampled_from(
    "http:// https:// ftp: // a.example www. : 80 443 / ? # & = ; @ [ ] %41 %e6 % 文 é \ud800 \t \\ ~ |"
    " . - _ .. A a 1 xn-- ß İ \u3002 \u200d \U0001f642 ' \" < {{".split(" ")
)
URLISH = st.lists(PIECES, max_size=14).map("".join) | st.text(max_size=80)


@given(URLISH)
def test_nothing_about_a_url_ever_raises(url: str) -> None:
    encoded = encode(url)
    assert encoded.isascii()
    fault(encoded)
    urlkey(encoded)
    without_fragment(encoded)
    is_player(url)
    is_film(url)


@given(URLISH)
def test_encoding_is_done_once(url: str) -> None:
    encoded = encode(url)
    assert encode(encoded) == encoded
    assume(url.isascii() and url.isprintable() and not set(url) & set(' "<>\\^`{}'))
    assert encoded == url


@given(URLISH, URLISH)
def test_likeness_is_symmetric(one: str, other: str) -> None:
    assert likeness(one, other) is likeness(other, one)
    assert (likeness(one, other) is Likeness.EXACT) == (one == other)


@given(
    st.sampled_from(archives()),
    st.from_regex(r"[0-9]{4,14}", fullmatch=True),
    st.sampled_from(["", "id_", "im_", "if_"]),
    st.sampled_from(["http://", "https://"]),
    st.text(st.characters(min_codepoint=33, exclude_characters="/\x7f"), min_size=1, max_size=40),
)
def test_an_archived_url_is_the_sum_of_its_parts(
    archive: object, timestamp: str, modifier: str, scheme: str, rest: str
) -> None:
    (known,) = (one for one in archives() if one is archive)
    example = known.recognise(known.examples[0])
    assert example is not None
    prefix = known.examples[0].partition(example.timestamp or "")[0]
    inner = f"{scheme}{rest}"
    archived = known.recognise(f"{prefix}{timestamp}{modifier}/{inner}")
    assert archived is not None
    assert archived.archive == known.name
    rebuilt = f"{prefix}{archived.timestamp}{archived.modifier or ''}/{archived.inner}"
    assert rebuilt == f"{prefix}{timestamp}{modifier}/{inner}"


@pytest.mark.parametrize(
    "piece", ["a", "/", ":", "@", "[", "]", "%", "%41", "文", ".", "a.", "文.", "-", "&", "=", " ", "\t", "xn--"]
)  # fmt: skip
@pytest.mark.parametrize("start", ["", "http://", "http://a.example/", "http://a.example/?"])
def test_urls_are_read_in_linear_time(piece: str, start: str) -> None:
    url = (start + piece * 16_384)[:16_384]
    begun = time.process_time()
    encoded = encode(url)
    fault(encoded)
    likeness(url, url + "x")
    urlkey(encoded[:16_384])
    assert time.process_time() - begun < 2
