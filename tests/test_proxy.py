import ssl

import pytest

from linkcheck.errors import UsageError
from linkcheck.model.exchange import FailureKind, Request
from linkcheck.net.proxy import Proxy, read_proxies
from linkcheck.net.target import Target, read_target
from linkcheck.settings.network import Network
from tests.doors import HASTY, Names, engine, failed, replied
from tests.faults.certificates import Certificates, make_certificates
from tests.faults.scripts import kind, says, says_and_resets, says_nothing
from tests.faults.server import FaultServer, Wire

STRICT = Network(limits=HASTY.limits, connect=0.25)


def target(url: str) -> Target:
    found = read_target(url)
    assert isinstance(found, Target)
    return found


ENVIRONMENT = {
    "http_proxy": "http://lower:1",
    "HTTP_PROXY": "http://upper:2",
    "HTTPS_PROXY": "http://us%65r:p%40ss@secure",
    "NO_PROXY": " .inner.org, exact.org ,port.org:8080,10.0.0.0/8,[2606::1],1.2.3.4 ,*.star.org",
}


@pytest.mark.parametrize(
    ("url", "host"),
    [
        ("http://example.org/", "lower"),
        ("https://example.org/", "secure"),
        ("http://inner.org/", None),
        ("http://a.inner.org/", None),
        ("http://winner.org/", "lower"),
        ("http://EXACT.org/", None),
        ("http://exact.org./", None),
        ("http://sub.exact.org/", None),
        ("http://port.org/", "lower"),
        ("http://port.org:8080/", None),
        ("http://10.9.8.7/", None),
        ("http://11.9.8.7/", "lower"),
        ("http://1.2.3.4/", None),
        ("http://[2606::1]/", None),
        ("http://[2606::2]/", "lower"),
        ("http://a.star.org/", None),
    ],
)
def test_the_environment_names_the_proxy(url: str, host: str | None) -> None:
    proxy = read_proxies(ENVIRONMENT).choose(target(url))
    assert (proxy and proxy.host) == host


def test_a_proxy_may_ask_for_a_name() -> None:
    proxy = read_proxies(ENVIRONMENT).choose(target("https://example.org/"))
    assert proxy == Proxy(
        scheme="http",
        host="secure",
        port=3128,
        headers=((b"Proxy-Authorization", b"Basic dXNlcjpwQHNz"),),
    )


@pytest.mark.parametrize(
    ("environment", "url", "host"),
    [
        ({"ALL_PROXY": "all:1"}, "https://a/", "all"),
        ({"all_proxy": "all:1", "http_proxy": "one:1"}, "http://a/", "one"),
        ({"HTTP_PROXY": "cgi:1", "REQUEST_METHOD": "GET"}, "http://a/", None),
        ({"HTTP_PROXY": "all:1", "NO_PROXY": "*"}, "http://a/", None),
        ({"HTTP_PROXY": ""}, "http://a/", None),
        ({}, "http://a/", None),
    ],
)
def test_which_variable_counts(environment: dict[str, str], url: str, host: str | None) -> None:
    proxy = read_proxies(environment).choose(target(url))
    assert (proxy and proxy.host) == host


@pytest.mark.parametrize("value", ["socks5://user:secret@h:1", "http://h:x", "http://", "h:99999"])
def test_a_proxy_that_cannot_be_used_is_the_users_to_mend(value: str) -> None:
    with pytest.raises(UsageError) as caught:
        read_proxies({"HTTPS_PROXY": value})
    assert "secret" not in str(caught.value)


def forward(server: FaultServer) -> dict[str, str]:
    return {"HTTP_PROXY": f"http://me:pw@127.0.0.1:{server.port}", "HTTPS_PROXY": server.url}


@pytest.mark.anyio
async def test_a_forward_proxy_is_asked_for_the_very_url() -> None:
    with FaultServer(kind) as proxy:
        async with engine(STRICT, forward(proxy)) as door:
            for host in ("one.test", "two.test:81"):
                url = f"http://{host}/web/2018/https://x/../%e6[1]~100%"
                reply = replied(await door.ask(Request(url=url)))
        assert proxy.deserted()
        assert proxy.connections == 1
    lines = [head.split(b"\r\n") for head in proxy.heads]
    assert lines[0][0] == b"GET http://one.test/web/2018/https://x/../%e6[1]~100% HTTP/1.1"
    assert lines[0][1] == b"Host: one.test"
    assert b"Proxy-Authorization: Basic bWU6cHc=" in lines[0]
    assert lines[1][0].startswith(b"GET http://two.test:81/web/")
    assert reply.address is None


@pytest.fixture(scope="module")
def certificates(tmp_path_factory: pytest.TempPathFactory) -> Certificates:
    return make_certificates(tmp_path_factory.mktemp("certificates"))


def tunnel(context: ssl.SSLContext) -> FaultServer:
    def script(wire: Wire) -> None:
        wire.request()
        wire.send(b"HTTP/1.1 200 Connection established\r\nVia: proxy\r\n\r\n")
        wire.socket = context.wrap_socket(wire.socket, server_side=True)
        with wire.socket:
            kind(wire)

    return FaultServer(script)


@pytest.mark.anyio
async def test_a_tunnel_carries_tls_to_the_host(certificates: Certificates) -> None:
    with tunnel(certificates.good("behind.test")) as proxy:
        environment = forward(proxy) | certificates.environment
        async with engine(STRICT, environment) as door:
            for _ in range(2):
                reply = replied(await door.ask(Request(url="https://behind.test/%e6?x")))
        assert proxy.deserted()
        assert proxy.connections == 1
    assert [head.split(b"\r\n")[0] for head in proxy.heads] == [
        b"CONNECT behind.test:443 HTTP/1.1",
        b"GET /%e6?x HTTP/1.1",
        b"GET /%e6?x HTTP/1.1",
    ]
    assert reply.address is None
    assert reply.tls is not None
    assert "Known" in reply.tls.issuer


@pytest.mark.anyio
async def test_behind_a_tunnel_a_bad_certificate_is_the_hosts(certificates: Certificates) -> None:
    with tunnel(certificates.good("other.test")) as proxy:
        environment = forward(proxy) | certificates.environment
        async with engine(STRICT, environment) as door:
            failed(await door.ask(Request(url="https://behind.test/")), FailureKind.TLS_NAME)
        assert proxy.deserted()


@pytest.mark.anyio
async def test_a_proxy_may_speak_tls_itself(certificates: Certificates) -> None:
    with FaultServer(kind, certificates.good()) as proxy:
        environment = {"http_proxy": proxy.url} | certificates.environment
        async with engine(STRICT, environment) as door:
            reply = replied(await door.ask(Request(url="http://a.test/")))
        assert proxy.deserted()
    assert reply.tls is None  # the proxy's certificate is no evidence of the host


# fmt: off
TROUBLE = {
    "407":     says(b"HTTP/1.1 407 Proxy Authentication Required\r\nContent-Length: 0\r\n\r\n"),
    "502":     says(b"HTTP/1.1 502 Bad Gateway\r\nContent-Length: 0\r\n\r\n"),
    "503":     says(b"HTTP/1.1 503 Service Unavailable\r\nContent-Length: 0\r\n\r\n"),
    "nothing": says_nothing,
    "the end": says(),
    "a reset": says_and_resets(),
    "gibberish": says(b"SSH-2.0-OpenSSH\r\n\r\n"),
}
# fmt: on


@pytest.mark.anyio
@pytest.mark.parametrize("url", ["http://a.test/", "https://a.test/"])
@pytest.mark.parametrize("trouble", TROUBLE)
async def test_a_proxys_trouble_is_no_word_about_the_host(trouble: str, url: str) -> None:
    with FaultServer(TROUBLE[trouble]) as proxy:
        async with engine(STRICT, forward(proxy)) as door:
            failure = failed(await door.ask(Request(url=url)), FailureKind.PROXY)
        assert proxy.deserted()
    assert failure.address is None
    if trouble.isdigit():
        assert trouble in failure.detail


@pytest.mark.anyio
@pytest.mark.parametrize("url", ["http://a.test/", "https://a.test/"])
async def test_a_proxy_that_is_not_there(url: str) -> None:
    with FaultServer(kind) as proxy:
        gone = forward(proxy)
    async with engine(STRICT, gone) as door:
        failed(await door.ask(Request(url=url)), FailureKind.PROXY)
    async with engine(STRICT, {"ALL_PROXY": "nowhere.test:1"}, Names()) as door:
        failed(await door.ask(Request(url=url)), FailureKind.PROXY)


@pytest.mark.anyio
async def test_no_proxy_means_the_guard_again() -> None:
    names = Names({"inside.test": ("127.0.0.1",)})
    with FaultServer(kind) as proxy:
        environment = forward(proxy) | {"NO_PROXY": "inside.test"}
        async with engine(STRICT, environment, names) as door:
            url = f"http://inside.test:{proxy.port}/"
            failed(await door.ask(Request(url=url)), FailureKind.GUARDED)
        assert proxy.connections == 0


@pytest.mark.anyio
async def test_the_proxys_own_connections_are_not_for_links() -> None:
    names = Names({"proxy.test": ("127.0.0.1",)})
    with FaultServer(kind) as proxy:
        place = f"http://proxy.test:{proxy.port}"
        environment = {"HTTP_PROXY": place, "NO_PROXY": "proxy.test"}
        async with engine(STRICT, environment, names) as door:
            replied(await door.ask(Request(url="http://a.test/")))
            failed(await door.ask(Request(url=place)), FailureKind.GUARDED)
        assert len(proxy.heads) == 1
