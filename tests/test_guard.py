import subprocess
import sys
from dataclasses import replace
from ipaddress import ip_address
from socket import EAI_AGAIN, EAI_FAIL, EAI_NONAME, gaierror

import anyio
import pytest

from linkcheck.model.exchange import FailureKind, Purpose, Request
from linkcheck.net import dialer
from linkcheck.net.door import make_engine
from linkcheck.net.guard import Address, Guard, unfit
from linkcheck.net.literal import NotAnAddressError, read_literal
from linkcheck.net.target import read_target
from linkcheck.settings.network import Network
from tests.doors import HASTE, HASTY, Names, engine, failed, replied
from tests.faults.scripts import kind
from tests.faults.server import FaultServer

STRICT = Network(limits=HASTY.limits, connect=0.25, resolve=0.25)

# fmt: off
REFUSED = {
    "0.0.0.0": "unspecified",             "0.1.2.3": "unspecified",
    "10.0.0.1": "private",                "10.255.255.255": "private",
    "100.64.0.1": "carrier-grade NAT",    "100.127.255.255": "carrier-grade NAT",
    "127.0.0.1": "loopback",              "127.255.255.255": "loopback",
    "169.254.169.254": "link-local",      "172.16.0.1": "private",
    "172.31.255.255": "private",          "192.0.0.1": "protocol assignment",
    "192.0.2.1": "documentation",         "192.88.99.1": "6to4 relay",
    "192.168.0.1": "private",             "198.18.0.1": "benchmarking",
    "198.19.255.255": "benchmarking",     "198.51.100.7": "documentation",
    "203.0.113.7": "documentation",       "224.0.0.1": "multicast",
    "239.255.255.250": "multicast",       "240.0.0.1": "reserved",
    "255.255.255.255": "broadcast",       "::": "unspecified",
    "::1": "loopback",                    "fe80::1": "link-local",
    "febf::1": "link-local",              "fec0::1": "site-local",
    "fc00::1": "unique local",            "fd12:3456::1": "unique local",
    "ff02::1": "multicast",               "2001:db8::1": "documentation",
    "3fff::1": "documentation",           "2001::1": "Teredo",
    "2001:0:808:808::1": "Teredo",        "2001:10::1": "protocol assignment",
    "64:ff9b:1::808:808": "local NAT64",  "100::1": "not global unicast",
    "4000::1": "not global unicast",      "::808:808": "not global unicast",
    "5f00::1": "not global unicast",      "::ffff:8.8.8.8": "not global unicast",
    "::ffff:127.0.0.1": "loopback, as IPv4-mapped",
    "::ffff:10.1.2.3": "private, as IPv4-mapped",
    "::ffff:0:127.0.0.1": "loopback, as IPv4-translated",
    "::127.0.0.1": "loopback, as IPv4-compatible",
    "64:ff9b::7f00:1": "loopback, as NAT64",
    "64:ff9b::a9fe:a9fe": "link-local, as NAT64",
    "2002:7f00:1::": "loopback, as 6to4",
    "2002:c0a8:101::1": "private, as 6to4",
    "2600::5efe:10.0.0.1": "private, as ISATAP",
    "2600::200:5efe:10.0.0.1": "private, as ISATAP",
}
PASSED = (
    "1.1.1.1", "8.8.8.8", "100.63.255.255", "100.128.0.1", "126.255.255.255", "128.0.0.1",
    "169.253.1.1", "172.15.1.1", "172.32.0.1", "192.0.1.1", "192.167.1.1", "198.17.1.1",
    "198.20.0.1", "207.241.237.3", "223.255.255.255", "2606:4700::1111", "2a00:1450::1",
    "64:ff9b::808:808", "2002:808:808::1",
)
SPELLINGS = {
    "0": "0.0.0.0",
    "1": "0.0.0.1",
    "127.1": "127.0.0.1",
    "127.0.1": "127.0.0.1",
    "127.0.0.1.": "127.0.0.1",
    "0x7f.1": "127.0.0.1",
    "0X7F.0.0.0x1": "127.0.0.1",
    "0x7f000001": "127.0.0.1",
    "0177.0.0.01": "127.0.0.1",
    "017700000001": "127.0.0.1",
    "2130706433": "127.0.0.1",
    "0x": "0.0.0.0",
    "00000000000000000000000177.1": "127.0.0.1",
    "4294967295": "255.255.255.255",
    "10.0xffffff": "10.255.255.255",
    "[::1]": "::1",
    "[::ffff:127.0.0.1]": "::ffff:127.0.0.1",
    "[0:0:0:0:0:FFFF:7F00:0001]": "::ffff:127.0.0.1",
}
NEITHER = ("256.1.1.1", "1.2.3.4.5", "1.2.3.256", "4294967296", "08", "0x7g.1.1", "a.b.1",
           "1..1", "[::1%25lo]", "[fe80::1%eth0]", "[127.0.0.1]", "[]", "[v1.a]",
           "0x1ffffffff", "1.1.65536", "99999999999999999999999999999999999999999999999999")
INSIDE = (
    "127.0.0.1", "0", "0x7f.1", "017700000001", "2130706433", "127.1", "[::1]", "[::]",
    "[::ffff:127.0.0.1]", "[64:ff9b::7f00:1]", "[fec0::1]", "10.0.0.1", "127。0。0。1",
    "\uff11\uff12\uff17.0.0.1", "①27.0.0.1", "169.254.169.254", "100.64.0.1",
    "255.255.255.255", "user:pw@127.0.0.1", "example.org@127.0.0.1",
)
NAMES = ("example.org", "0x7f.example", "1.1.example", "127.0.0.1.example.org", "localhost", "a.b")
# fmt: on


@pytest.mark.parametrize("address", REFUSED)
def test_an_address_that_is_not_public_is_refused_by_name(address: str) -> None:
    assert unfit(ip_address(address)) == REFUSED[address]
    assert Guard(allow_private=False).refuse(ip_address(address)) == REFUSED[address]
    assert Guard(allow_private=True).refuse(ip_address(address)) is None


@pytest.mark.parametrize("address", PASSED)
def test_a_public_address_passes(address: str) -> None:
    assert unfit(ip_address(address)) is None


@pytest.mark.parametrize("spelling", SPELLINGS)
def test_every_spelling_of_an_address_is_read(spelling: str) -> None:
    assert read_literal(spelling) == ip_address(SPELLINGS[spelling])


@pytest.mark.parametrize("spelling", NEITHER)
def test_what_ends_like_an_address_and_is_none_is_refused(spelling: str) -> None:
    try:
        literal = read_literal(spelling)
    except NotAnAddressError:
        return
    assert literal is None
    assert isinstance(read_target(f"http://{spelling}/"), str)


@pytest.mark.parametrize("name", NAMES)
def test_a_name_is_no_literal(name: str) -> None:
    assert read_literal(name) is None


@pytest.mark.anyio
@pytest.mark.parametrize("host", INSIDE)
@pytest.mark.parametrize("proxied", [False, True])
async def test_no_spelling_leads_inside(host: str, *, proxied: bool) -> None:
    with FaultServer(kind) as server:
        proxy = {"HTTP_PROXY": f"http://127.0.0.1:{server.port}"} if proxied else {}
        async with engine(STRICT, proxy) as door:
            url = f"http://{host}:{server.port}/"
            failure = failed(await door.ask(Request(url=url)), FailureKind.GUARDED)
        assert server.connections == 0
    assert "not public" in failure.detail
    assert failure.sends == 0


@pytest.mark.anyio
@pytest.mark.parametrize(
    "url",
    [
        "file:///etc/passwd", "ftp://example.org/", "gopher://example.org/", "javascript:alert(1)",
        "data:text/html,x", "//example.org/", "/web/x", "", "http://", "http:///x", "http:x",
        "http://exa mple.org/", "http://exam\nple.org/", "http://a\\b/", "http://[::1/",
        "http://%31%32%37.0.0.1/", "http://example.org:0/", "http://example.org:65536/",
        "http://example.org:x/", "http://[::1%25lo]/", "http://-a.org/", "http://a..org/",
        "http://" + "a" * 300 + "/", "http://" + "a" * 64 + ".org/",
        "http://\ud800.org/", "http://[/", "http://\u2025/",
    ],
)  # fmt: skip
async def test_what_is_no_web_address_is_not_asked(url: str) -> None:
    async with engine(STRICT) as door:
        failure = failed(await door.ask(Request(url=url)), FailureKind.GUARDED)
    assert failure.url == url
    assert failure.address is None


@pytest.mark.anyio
@pytest.mark.parametrize("proxied", [False, True])
@pytest.mark.parametrize("name", ["localhost", "LOCALHOST.", "a.localhost"])
async def test_the_machines_own_name_is_not_asked_of_a_proxy_either(
    name: str, *, proxied: bool
) -> None:
    with FaultServer(kind) as server:
        environment = {"all_proxy": server.url} if proxied else {}
        async with engine(STRICT, environment) as door:
            url = f"http://{name}:{server.port}/"
            failure = failed(await door.ask(Request(url=url)), FailureKind.GUARDED)
        assert server.connections == 0
    assert failure.sends == 0


@pytest.mark.anyio
async def test_a_name_is_judged_by_where_it_leads() -> None:
    names = Names({"inside.test": ("127.0.0.1",), "mixed.test": ("10.0.0.1", "::ffff:127.0.0.1")})
    with FaultServer(kind) as server:
        async with engine(STRICT, names=names) as door:
            found = {"inside": "127.0.0.1 (loopback)", "mixed": "10.0.0.1 (private)"}
            for name, words in found.items():
                url = f"http://{name}.test:{server.port}/"
                failure = failed(await door.ask(Request(url=url)), FailureKind.GUARDED)
                assert words in failure.detail
        assert server.connections == 0


@pytest.fixture
def tried(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Stand where the sockets are opened, and refuse."""
    addresses: list[str] = []

    async def connect(address: object, _: int) -> None:
        await anyio.lowlevel.checkpoint()
        addresses.append(str(address))
        raise ConnectionRefusedError(111, "Connection refused")

    monkeypatch.setattr(dialer, "connect", connect)
    return addresses


@pytest.mark.anyio
async def test_only_judged_addresses_are_connected_to(tried: list[str]) -> None:
    found = ("10.0.0.1", "1.1.1.1", "::1", "2606:4700::1111", "127.0.0.1")
    async with engine(STRICT, names=Names({"mixed.test": found})) as door:
        failed(await door.ask(Request(url="http://mixed.test/")), FailureKind.REFUSED)
    assert tried == ["1.1.1.1", "2606:4700::1111"]


@pytest.mark.anyio
async def test_a_name_that_changes_its_mind_cannot_slip_in(tried: list[str]) -> None:
    """The address that was judged is the one connected to: there is no second look-up."""

    class Rebinding(Names):
        async def __call__(self, name: str) -> tuple[Address, ...]:
            self.names = {name: ("127.0.0.1",) if self.asked else ("1.1.1.1",)}
            return await super().__call__(name)

    names = Rebinding()
    async with engine(STRICT, names=names) as door:
        failed(await door.ask(Request(url="http://rebinding.test/")), FailureKind.REFUSED)
    assert names.asked == ["rebinding.test"]
    assert tried == ["1.1.1.1"]


@pytest.mark.anyio
async def test_a_hostile_zone_is_not_tried_to_its_end(tried: list[str]) -> None:
    many = tuple(f"1.1.1.{number}" for number in range(1, 200))
    async with engine(STRICT, names=Names({"many.test": many})) as door:
        failed(await door.ask(Request(url="http://many.test/")), FailureKind.REFUSED)
    assert tried == list(many[:4])


@pytest.mark.anyio
async def test_a_host_is_looked_up_once_for_many_requests() -> None:
    names = Names({"many.test": ("127.0.0.1",)})
    with FaultServer(kind) as server:
        async with engine(names=names) as door:
            async with anyio.create_task_group() as group:
                for _ in range(20):
                    group.start_soon(door.ask, Request(url=f"http://many.test:{server.port}/"))
            replied(await door.ask(Request(url=f"http://MANY.test:{server.port}/")))
    assert names.asked == ["many.test"]


@pytest.mark.anyio
async def test_the_next_address_is_tried() -> None:
    names = Names({"two.test": ("127.0.0.9", "127.0.0.1")})
    with FaultServer(kind) as server:
        async with engine(names=names) as door:
            reply = replied(await door.ask(Request(url=f"http://two.test:{server.port}/")))
    assert reply.address == f"127.0.0.1:{server.port}"


@pytest.mark.anyio
@pytest.mark.parametrize(
    ("error", "expected"),
    [
        (gaierror(EAI_NONAME, "Name or service not known"), FailureKind.DNS_NO_SUCH_NAME),
        (gaierror(-5, "No address associated with hostname"), FailureKind.DNS_NO_SUCH_NAME),
        (gaierror(EAI_AGAIN, "Temporary failure in name resolution"), FailureKind.DNS_FAILURE),
        (gaierror(EAI_FAIL, "Non-recoverable failure"), FailureKind.DNS_FAILURE),
    ],
)
async def test_no_such_name_is_told_apart(error: gaierror, expected: FailureKind) -> None:
    names = Names({"gone.test": error})
    async with engine(names=names) as door:
        for _ in range(2):
            failure = failed(await door.ask(Request(url="http://gone.test/")), expected)
            assert str(error.strerror) in failure.detail
    assert names.asked == ["gone.test"] * 2  # a failure is not remembered


@pytest.mark.anyio
async def test_a_slow_look_up_says_nothing_about_the_name() -> None:
    class Slow(Names):
        async def __call__(self, name: str) -> tuple[Address, ...]:
            await anyio.sleep_forever()
            return await super().__call__(name)

    # On a busy machine half a second may pass before anybody looks: not the request's own time.
    patient = replace(HASTY, limits=dict.fromkeys(Purpose, replace(HASTE, deadline=30.0)))
    async with engine(patient, names=Slow()) as door:
        failed(await door.ask(Request(url="http://slow.test/")), FailureKind.DNS_FAILURE)


@pytest.mark.anyio
async def test_the_systems_resolver_is_asked_in_a_thread() -> None:
    with FaultServer(kind) as server:
        door = make_engine(HASTY, {})
        replied(await door.ask(Request(url=f"http://localhost:{server.port}/")))
        await door.aclose()


SIDE_DOOR = """
import sys
opened = []
def watch(event, arguments):
    if event in ("socket.connect", "socket.getaddrinfo", "socket.gethostbyname", "socket.sendto"):
        opened.append((event, arguments))
sys.addaudithook(watch)
import surt, tldextract, httpx, httpcore, anyio, tenacity, warcio
import linkcheck.net.door
print(surt.surt("http://www.Example.co.uk/A?b=2&a=1"))
print(opened)
"""


def test_no_library_opens_a_side_door() -> None:
    child = subprocess.run(  # our own lines
        [sys.executable, "-c", SIDE_DOOR], capture_output=True, check=True, text=True, timeout=60
    )
    key, opened = child.stdout.splitlines()
    assert key == "uk,co,example)/a?a=1&b=2"
    assert opened == "[]"
