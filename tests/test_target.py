import pytest

from linkcheck.model.exchange import Request
from linkcheck.net.location import join
from linkcheck.net.target import Target, read_target
from tests.doors import engine, replied
from tests.faults.scripts import kind
from tests.faults.server import FaultServer

# fmt: off
AS_WRITTEN = (
    "/", "/%e6%96%87", "/%7Euser/~user", "/a[1].jpg?b[]=c", "/100%", "/%zz%", "//double//slash//",
    "/web/20180612131835id_/https://www.example.org/a/../b//c", "/a/./b/../../c", "/..", "/a?b?c&d",
    "/web/2018/http://h/?u=http://x/../y", "/'()*!$&,;=:@|{}^`\"<>\\",
    "/a+b%20c", "/?", "/??", "/a;b=c",
)
ENCODED_ONCE = {
    "/文章": "/%E6%96%87%E7%AB%A0",
    "/%e6文": "/%e6%E6%96%87",
    "/a b": "/a%20b",
    "/a\tb\r\nHost: evil\r\n\r\nGET /": "/a%09b%0D%0AHost:%20evil%0D%0A%0D%0AGET%20/",
    "/\0\x7f\x80": "/%00%7F%C2%80",
    "/caf\udce9": "/caf%E9",
    "/page#part": "/page",
    "/page?a#b#c": "/page?a",
    "?q": "/?q",
    "": "/",
    "#part": "/",
}
# fmt: on


def target(url: str) -> Target:
    found = read_target(url)
    assert isinstance(found, Target), found
    return found


@pytest.mark.parametrize("path", AS_WRITTEN)
def test_what_is_url_already_stays(path: str) -> None:
    assert target("http://example.org" + path).path == path.encode()


@pytest.mark.parametrize("path", ENCODED_ONCE)
def test_what_is_no_url_is_escaped_once(path: str) -> None:
    assert target("http://example.org" + path).path == ENCODED_ONCE[path].encode()


@pytest.mark.anyio
@pytest.mark.parametrize("path", [*AS_WRITTEN, *ENCODED_ONCE])
async def test_the_wire_carries_the_very_bytes(path: str) -> None:
    with FaultServer(kind) as server:
        async with engine() as door:
            replied(await door.ask(Request(url=server.url + path)))
    expected = ENCODED_ONCE.get(path, path).encode()
    assert len(server.heads) == 1
    assert server.heads[0].split(b"\r\n")[0] == b"GET " + expected + b" HTTP/1.1"


@pytest.mark.anyio
async def test_the_fields_of_a_request_are_few() -> None:
    with FaultServer(kind) as server:
        async with engine() as door:
            url = f"http://user:secret@127.0.0.1:{server.port}/"
            headers = (("X-Own", "é"), ("accept", "image/*"), ("Host", "elsewhere"))
            replied(await door.ask(Request(url=url, headers=headers)))
    head = server.heads[0].split(b"\r\n\r\n")[0].split(b"\r\n")
    assert head[1] == b"Host: 127.0.0.1:%d" % server.port
    assert head[2].startswith(b"User-Agent: linkcheck/")
    assert head[3:] == [b"Accept-Encoding: gzip, deflate", "X-Own: é".encode(), b"accept: image/*"]
    assert b"secret" not in server.heads[0]


@pytest.mark.parametrize(
    ("url", "authority"),
    [
        ("http://EXAMPLE.org/", b"example.org"),
        ("http://example.org:80/", b"example.org"),
        ("http://example.org:443/", b"example.org:443"),
        ("https://example.org:443/", b"example.org"),
        ("https://example.org:0008443/", b"example.org:8443"),
        ("http://example.org:/", b"example.org"),
        ("http://[2606:4700:0::1111]/", b"[2606:4700::1111]"),
        ("http://[2606:4700::1111]:81/", b"[2606:4700::1111]:81"),
        ("http://bücher.example/", b"xn--bcher-kva.example"),
        ("http://foo_bar.example/", b"foo_bar.example"),
        ("http://例え.テスト/", b"xn--r8jz45g.xn--zckzah"),
        ("HTTP://a.b.", b"a.b."),
    ],
)
def test_the_host_field_names_the_host(url: str, authority: bytes) -> None:
    assert target(url).authority == authority


@pytest.mark.parametrize(
    ("base", "location", "expected"),
    [
        ("http://h/a/b?c", "https://x/y", "https://x/y"),
        ("http://h/a/b?c", "HTTPS://x/y#f", "HTTPS://x/y"),
        ("http://h/a/b?c", "//x/y", "http://x/y"),
        ("http://h/a/b?c", "/y", "http://h/y"),
        ("http://h/a/b?c", "y", "http://h/a/y"),
        ("http://h/a/b?c", "./y", "http://h/a/y"),
        ("http://h/a/b?c", "../y", "http://h/y"),
        ("http://h/a/b?c", "../../../y", "http://h/y"),
        ("http://h/a/b?c", "..", "http://h/"),
        ("http://h/a/b?c", "?d", "http://h/a/b?d"),
        ("http://h/a/b?c", "", "http://h/a/b?c"),
        ("http://h/a/b?c", "#f", "http://h/a/b?c"),
        ("http://h", "y", "http://h/y"),
        ("http://h?q", "?d", "http://h/?d"),
        ("http://h/a", "  /y\t", "http://h/y"),
        ("http://h/a", "file:///etc/passwd", "file:///etc/passwd"),
        ("http://h/a", "/caf\udce9", "http://h/caf%E9"),
        ("http://h/a", "/文章", "http://h/文章"),
        ("http://h/a", "/x/../y", "http://h/x/../y"),
        (
            "https://web.archive.org/web/2018/http://a.b/c",
            "/web/20180612131835/http://a.b/x/../c",
            "https://web.archive.org/web/20180612131835/http://a.b/x/../c",
        ),
    ],
)
def test_a_location_is_joined_not_rewritten(base: str, location: str, expected: str) -> None:
    assert join(base, location) == expected
