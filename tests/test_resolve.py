"""What every spelling of a URL names; WAYBACK.md's grammar and the web's own."""

import time

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from linkcheck.archives import Archive, archives
from linkcheck.links.resolve import Resolver
from linkcheck.model.link import Kind, Repair

RESOLVER = Resolver(archives())
TS = "20210712023725"
A = "https://a.example/p"
HOST, SCHEME, SLASHES, ENTITIES, DECODED, UNWRAPPED = (
    Repair.ARCHIVE_HOST_ADDED,
    Repair.SCHEME_ADDED,
    Repair.SLASHES_MENDED,
    Repair.ENTITIES_UNDONE,
    Repair.INNER_DECODED,
    Repair.UNWRAPPED,
)

# fmt: off
CAPTURES = [
    #  written                                             timestamp  modifier  original  repairs
    (f"https://web.archive.org/web/{TS}/{A}",                    TS, None, A, ()),
    (f"http://web.archive.org/web/{TS}/{A}",                     TS, None, A, ()),
    (f"//web.archive.org/web/{TS}/{A}",                          TS, None, A, ()),
    (f"web.archive.org/web/{TS}/{A}",                            TS, None, A, (SCHEME,)),
    (f"/web/{TS}/{A}",                                           TS, None, A, (HOST,)),
    (f"/web/{TS}im_/{A}",                                        TS, "im_", A, (HOST,)),
    (f"https://web.archive.org/web/{TS}id_/{A}",                 TS, "id_", A, ()),
    (f"https://web.archive.org/web/{TS}if_/{A}",                 TS, "if_", A, ()),
    (f"https://web.archive.org/web/{TS}mp_/{A}",                 TS, "mp_", A, ()),
    (f"https://WEB.Archive.ORG/web/{TS}/{A}",                    TS, None, A, ()),
    (f"https://web.archive.org:443/web/{TS}/{A}",                TS, None, A, ()),
    (f"http://web.archive.org:80/web/{TS}/{A}",                  TS, None, A, ()),
    (f"https://web.archive.org/{TS}/{A}",                        TS, None, A, ()),
    (f"https://archive.org/web/{TS}/{A}",                        TS, None, A, ()),
    (f"https://www.archive.org/web/{TS}/{A}",                    TS, None, A, ()),
    (f"https://wayback.archive.org/web/{TS}/{A}",                TS, None, A, ()),
    (f"http://replay.archive.org/{TS}/{A}",                      TS, None, A, ()),
    (f"http://replay.web.archive.org/{TS}/{A}",                  TS, None, A, ()),
    (f"http://liveweb.archive.org/web/{TS}/{A}",                 TS, None, A, ()),
    (f"http://classic-web.archive.org/web/{TS}/{A}",             TS, None, A, ()),
    (f"http://web-beta.archive.org/web/{TS}/{A}",                TS, None, A, ()),
    (f"https://www.waybackmachine.org/{TS}/{A}",                 TS, None, A, ()),
    (f"https://web.archive.org/web/_embed/{TS}/{A}",             TS, None, A, ()),
    (f"https://web.archive.org/web/{TS}//{A}",                   TS, None, A, ()),
    (f"https://web.archive.org/web/{TS}/http:/a.example/p",      TS, None, "http://a.example/p", (SLASHES,)),
    (f"https://web.archive.org/web/{TS}/http:///a.example/p",    TS, None, "http://a.example/p", (SLASHES,)),
    (f"https://web.archive.org/web/{TS}/a.example/p",            TS, None, "http://a.example/p", (SCHEME,)),
    (f"https://web.archive.org/web/{TS}/www.a.example",          TS, None, "http://www.a.example", (SCHEME,)),
    (f"https://web.archive.org/web/{TS}/a.example:8080/p",       TS, None, "http://a.example:8080/p", (SCHEME,)),
    (f"https://web.archive.org/web/{TS}/http%3A%2F%2Fa.example%2Fp", TS, None, "http://a.example/p", (DECODED,)),
    (f"https://web.archive.org/web/{TS}/http%3A//a.example/%E6", TS, None, "http://a.example/%E6", (DECODED,)),
    (f"https://web.archive.org/web/{TS}/http://a.example/?a=1&amp;b", TS, None, "http://a.example/?a=1&b", (ENTITIES,)),
    (f"https://web.archive.org/web/{TS}/http://a.example/?a&amp;amp;b", TS, None, "http://a.example/?a&b", (ENTITIES,)),
    (f"https://web.archive.org/web/{TS}/http://a.example:80/",   TS, None, "http://a.example:80/", ()),
    (f"https://web.archive.org/web/{TS}/ftp://a.example/p",      TS, None, "ftp://a.example/p", ()),
    (f"https://web.archive.org/web/{TS}/http://例.example/文",   TS, None, "http://xn--fsq.example/%E6%96%87", ()),
    (f"https://web.archive.org/web/{TS}/{A}#part",               TS, None, f"{A}#part", ()),
    (f"https://web.archive.org/web/2021/{A}",                    "2021", None, A, ()),
    (f"https://web.archive.org/web/2021id_/{A}",                 "2021", "id_", A, ()),
    (f"/web/2021/{A}",                                           "2021", None, A, (HOST,)),
    (f"https://web.archive.org/web/2/{A}",                       "2", None, A, ()),
    (f"https://web.archive.org/web/{TS}00/{A}",                  f"{TS}00", None, A, ()),
    (f"https://web.archive.org/web/{A}",                         None, None, A, ()),
    (f"https://web.archive.org/web/*/{A}",                       None, None, A, ()),
    (f"https://web.archive.org/web/2009*/{A}",                   None, None, A, ()),
    (f"https://web.archive.org/web/2009-2015*/{A}",              None, None, A, ()),
    (f"https://web.archive.org/web/{TS}*/{A}",                   None, None, A, ()),
    (f"https://web.archive.org/web/{TS}/https://web.archive.org/web/20200101000000/{A}",
        "20200101000000", None, A, (UNWRAPPED,)),
    (f"https://web.archive.org/web/{TS}im_/https://web.archive.org/web/20200101000000id_/{A}",
        "20200101000000", "id_", A, (UNWRAPPED,)),
    (f"https://web.archive.org/web/{TS}/https://web.archive.org/web/*/{A}", TS, None, A, (UNWRAPPED,)),
    (f"/web/{TS}/http://web.archive.org/web/2015/web.archive.org/web/2014/{A}",
        "2014", None, A, (HOST, UNWRAPPED, SCHEME)),
]

OTHER_ARCHIVES = [
    (f"https://arquivo.pt/wayback/{TS}/{A}", "arquivo", TS),
    (f"https://arquivo.pt/wayback/{TS}mp_/{A}", "arquivo", TS),
    (f"https://wayback.archive-it.org/5184/{TS}/{A}", "archive-it", TS),
    (f"https://wayback.archive-it.org/all/{TS}id_/{A}", "archive-it", TS),
    (f"https://wayback.archive-it.org/all/*/{A}", "archive-it", None),
    (f"https://web.archive.org/web/{TS}/https://arquivo.pt/wayback/2009/{A}", "arquivo", "2009"),
]

OTHERS = [
    # the archive's own pages are no captures
    ("https://web.archive.org/", Kind.LIVE, "https://web.archive.org/"),
    ("https://web.archive.org/web/", Kind.LIVE, "https://web.archive.org/web/"),
    (f"https://web.archive.org/web/timemap/link/{A}", Kind.LIVE, f"https://web.archive.org/web/timemap/link/{A}"),
    (f"https://web.archive.org/save/{A}", Kind.LIVE, f"https://web.archive.org/save/{A}"),
    (f"https://web.archive.org/cdx/search/cdx?url={A}", Kind.LIVE, f"https://web.archive.org/cdx/search/cdx?url={A}"),
    ("https://archive.org/details/x", Kind.LIVE, "https://archive.org/details/x"),
    ("https://archive.org/web/petabox.php", Kind.LIVE, "https://archive.org/web/petabox.php"),
    # live
    ("https://a.example", Kind.LIVE, "https://a.example"),
    ("HTTP://A.example/P", Kind.LIVE, "HTTP://A.example/P"),
    ("//a.example/p", Kind.LIVE, "https://a.example/p"),
    ("www.a.example/p", Kind.LIVE, "http://www.a.example/p"),
    ("bit.ly/x", Kind.LIVE, "http://bit.ly/x"),
    ("http:/a.example", Kind.LIVE, "http://a.example"),
    ("http://http://a.example", Kind.LIVE, "http://a.example"),
    ("https://a.example/文?q=字", Kind.LIVE, "https://a.example/%E6%96%87?q=%E5%AD%97"),
    ("https://a.example/%e6 x|[1]~100%", Kind.LIVE, "https://a.example/%e6%20x|[1]~100%"),
    ("https://u:p@a.example:8443/", Kind.LIVE, "https://u:p@a.example:8443/"),
    ("https://[2001:db8::1]/", Kind.LIVE, "https://[2001:db8::1]/"),
    (" https://a.example/ ", Kind.LIVE, "https://a.example/"),
    # files of the collection
    ("../Page/金正恩.md", Kind.LOCAL, None),
    ("#part", Kind.LOCAL, None),
    ("?page=2", Kind.LOCAL, None),
    ("/aboutus/", Kind.LOCAL, None),
    ("/web/2024/post.html", Kind.LOCAL, None),
    ("/web/design", Kind.LOCAL, None),
    ("image.png", Kind.LOCAL, None),
    ("a b (1).pdf", Kind.LOCAL, None),
    ("README.md", Kind.LOCAL, None),
    ("2021/07/", Kind.LOCAL, None),
]

UNSUPPORTED = ["mailto:a@b.example", "MAILTO:a@b", "tel:+85212345678", "javascript:void(0)", "data:image/png;base64,AAAA",
    "ftp://a.example/f", "file:///C:/a.txt", "magnet:?xt=urn", "about:blank", "ipfs://x/y", "whatsapp://send?text=x"]

NO_URLS = [
    ("", "empty"),
    ("   ", "empty"),
    ("《今號琴刊》", "prose"),
    ("見下文，第三段", "prose"),
    ("see the note below", "prose"),
    ("{{ site.url }}/x", "template"),
    ("{% link a.md %}", "template"),
    ("${base}/x", "template"),
    ("<%= x %>", "template"),
    ("C:\\Users\\me\\a.doc", "own machine"),
    ("c:/users/me/a.doc", "own machine"),
    ("\\\\server\\share\\a.doc", "own machine"),
    ("x" * 300, "longer than a file's name"),
    ("https://", "no host"),
    ("https:///", "no host"),
    ("http://?q", "no host"),
    ("https://a..example/", "no host name"),
    ("https://-.example/", "no host name"),
    ("https://a b.example/", "no host name"),
    ("https://a.example:99999/", "no port"),
    ("https://a.example:x/", "no port"),
    ("https://[::g]/", "no IPv6"),
    ("https://" + "a" * 300 + ".example/", "no host name"),
    (f"https://web.archive.org/web/{TS}/mailto:a@b.example", "none captures"),
    (f"https://web.archive.org/web/{TS}/http://", "the archive's URL holds none"),
    ("https://a.example/" + "x" * 17_000, "longer than a URL can be"),
]
# fmt: on


@pytest.mark.parametrize(("value", "timestamp", "modifier", "original", "repairs"), CAPTURES)
def test_every_spelling_of_a_capture(
    value: str,
    timestamp: str | None,
    modifier: str | None,
    original: str,
    repairs: tuple[Repair, ...],
) -> None:
    target = RESOLVER.resolve(value)
    assert (target.kind, target.archive) == (Kind.ARCHIVED, "wayback")
    assert (target.timestamp, target.modifier, target.original) == (timestamp, modifier, original)
    assert set(target.repairs) == set(repairs)


@pytest.mark.parametrize(("value", "archive", "timestamp"), OTHER_ARCHIVES)
def test_other_archives(value: str, archive: str, timestamp: str | None) -> None:
    target = RESOLVER.resolve(value)
    assert (target.archive, target.timestamp, target.original) == (archive, timestamp, A)


@pytest.mark.parametrize(("value", "kind", "original"), OTHERS)
def test_live_places_and_files(value: str, kind: Kind, original: str | None) -> None:
    target = RESOLVER.resolve(value)
    assert (target.kind, target.original, target.archive) == (kind, original, None)


@pytest.mark.parametrize("value", UNSUPPORTED)
def test_unsupported_schemes_say_which(value: str) -> None:
    target = RESOLVER.resolve(value)
    assert target.kind is Kind.UNSUPPORTED
    assert (target.reason or "").startswith(value.partition(":")[0].lower() + ":")


@pytest.mark.parametrize(("value", "reason"), NO_URLS)
def test_what_is_no_url_says_why(value: str, reason: str) -> None:
    target = RESOLVER.resolve(value)
    assert target.kind is Kind.NOT_A_URL
    assert reason in (target.reason or "")
    assert target.original is None


PIECES = st.sampled_from(
    "http https : / // web www . archive.org a.example 20210712023725 2021 * im_ %3A %2F & &amp; ? # 字"
    " [ ] @ \\ | { } ~ %e6 é \t \x00 \ud800 《 id_ /web/ https://web.archive.org".split(" ")
)
URLISH = st.lists(PIECES, max_size=12).map("".join) | st.text(max_size=60)


@given(URLISH)
def test_resolve_never_raises_and_what_it_names_can_be_asked_for(value: str) -> None:
    target = RESOLVER.resolve(value)
    assert (target.original is not None) == (target.kind in (Kind.ARCHIVED, Kind.LIVE))
    assert (target.reason is not None) == (target.kind in (Kind.UNSUPPORTED, Kind.NOT_A_URL))
    if target.original is not None:
        assert target.original.isascii()
        assert " " not in target.original


@given(URLISH)
def test_the_quick_way_says_what_the_careful_way_says(rest: str) -> None:
    for value in (
        f"/web/{TS}/https://a.example/{rest}",
        f"https://web.archive.org/web/{TS}/{rest}",
    ):
        assert RESOLVER.resolve(value) == RESOLVER._resolve_with_care(value.strip())


@pytest.mark.parametrize("archive", archives(), ids=lambda archive: archive.name)
def test_a_capture_of_any_archives_capture_is_unwrapped(archive: Archive) -> None:
    for shown in archive.examples:
        found = RESOLVER.resolve(f"https://web.archive.org/web/{TS}/{shown}")
        assert Repair.UNWRAPPED in found.repairs, shown
        assert found.original == RESOLVER.resolve(shown).original


@pytest.mark.parametrize(
    "original",
    [
        f"http://www.waybackmachine.org/{TS}/{A}",
        "https://-www.example.org/",
        "https://www.example.org-/a",
        f"https://{'a' * 63}.{'b' * 63}.{'c' * 63}.{'d' * 62}/",
        "https://www.example.org/?a=1&amp;b=2",
        "https://www.example.org/?a=1&b=2&copy=3",
        f"https://www.example.org/{'é' * 3000}",
    ],
)
def test_the_quick_way_leaves_what_is_odd_to_the_careful_way(original: str) -> None:
    for value in (original, f"https://web.archive.org/web/{TS}/{original}"):
        assert RESOLVER.resolve(value) == RESOLVER._resolve_with_care(value)


@pytest.mark.parametrize(
    ("value", "original"),
    [
        ("///http:/http", "http://http"),
        ("http://http://http://example.org/a", "http://example.org/a"),
        ("https://http:///example.org/a", "http://example.org/a"),
        (f"/web/{TS}/ https://example.org/a", "https://example.org/a"),
        (f"/web/{TS}/https%3A%2Fhttps://example.org/a", "https://example.org/a"),
        (f"/web/{TS}/%20", None),
    ],
)
def test_damages_on_top_of_each_other_are_mended_at_once(value: str, original: str | None) -> None:
    assert RESOLVER.resolve(value).original == original


@given(URLISH)
@example("///http:/http")
def test_what_was_resolved_resolves_to_itself(value: str) -> None:
    original = RESOLVER.resolve(value).original
    if original is not None and original.startswith(("http://", "https://")):
        assert RESOLVER.resolve(original).original == original


@pytest.mark.parametrize(
    "piece",
    ["a", "/", ":", "http:", "%3A", "&amp;", ".", "a.", "-", " ", "2021", "/web/", "字", "@", "["],
)
def test_resolve_takes_linear_time(piece: str) -> None:
    for start in ("", "http://", f"/web/{TS}/", f"https://web.archive.org/web/{TS}/"):
        value = (start + piece * 16_384)[:16_384]
        begun = time.process_time()
        RESOLVER.resolve(value)
        assert time.process_time() - begun < 1
