import socket
import ssl
import warnings
from datetime import UTC, datetime
from pathlib import Path

import pytest

from linkcheck.errors import UsageError
from linkcheck.model.exchange import FailureKind, Request, Tls
from linkcheck.net.door import make_engine
from linkcheck.net.tls import Trust
from tests.doors import HASTY, Names, engine, failed, replied
from tests.faults.certificates import Certificates, make_certificates
from tests.faults.scripts import kind, says_nothing
from tests.faults.server import FaultServer, Wire

pytestmark = pytest.mark.anyio


@pytest.fixture(scope="module")
def certificates(tmp_path_factory: pytest.TempPathFactory) -> Certificates:
    return make_certificates(tmp_path_factory.mktemp("certificates"))


async def test_a_good_certificate_is_evidence(certificates: Certificates) -> None:
    with FaultServer(kind, certificates.good()) as server:
        async with engine(environment=certificates.environment) as door:
            reply = replied(await door.ask(Request(url=server.url)))
            again = replied(await door.ask(Request(url=server.url)))
        assert server.deserted()
    assert isinstance(reply.tls, Tls)
    assert reply.tls.version == "TLSv1.3"
    assert "organizationName=Known" in reply.tls.issuer
    assert reply.tls.expires_at is not None
    assert reply.tls.expires_at > datetime.now(UTC)
    assert again.tls == reply.tls
    assert server.connections == 1


@pytest.mark.parametrize(
    ("fault", "expected", "words"),
    [
        ("expired", FailureKind.TLS_EXPIRED, "expired"),
        ("not_yet_valid", FailureKind.TLS_EXPIRED, "not yet valid"),
        ("self_signed", FailureKind.TLS_SELF_SIGNED, "self-signed"),
        ("own_root", FailureKind.TLS_SELF_SIGNED, "self-signed"),
        ("unknown_issuer", FailureKind.TLS_OTHER, "issuer"),
    ],
)
async def test_a_bad_certificate_says_why(
    certificates: Certificates, fault: str, expected: FailureKind, words: str
) -> None:
    with FaultServer(kind, getattr(certificates, fault)()) as server:
        async with engine(environment=certificates.environment) as door:
            failure = failed(await door.ask(Request(url=server.url)), expected)
        assert server.deserted()
    assert words in failure.detail
    assert failure.sends == 0
    assert server.heads == []


@pytest.mark.parametrize("name", ["127.0.0.1", "other.test"])
async def test_a_wrong_name_is_told_apart(certificates: Certificates, name: str) -> None:
    names = Names({"other.test": ("127.0.0.1",)})
    with FaultServer(kind, certificates.good("right.test")) as server:
        async with engine(environment=certificates.environment, names=names) as door:
            url = f"https://{name}:{server.port}/"
            failed(await door.ask(Request(url=url)), FailureKind.TLS_NAME)


@pytest.mark.parametrize("name", ["right.test", "right.test.", "RIGHT.test", "bücher.test"])
async def test_a_name_is_checked_as_it_is_meant(certificates: Certificates, name: str) -> None:
    known = dict.fromkeys(["right.test", "right.test.", "xn--bcher-kva.test"], ("127.0.0.1",))
    tls = certificates.good("right.test", "xn--bcher-kva.test")
    with FaultServer(kind, tls) as server:
        async with engine(environment=certificates.environment, names=Names(known)) as door:
            replied(await door.ask(Request(url=f"https://{name}:{server.port}/")))


async def test_no_tls_on_the_other_side(certificates: Certificates) -> None:
    def script(wire: Wire) -> None:
        wire.socket.recv(100)
        wire.send(b"HTTP/1.1 400 Bad Request\r\n\r\n")
        wire.until_left()

    with FaultServer(script) as server:
        async with engine(environment=certificates.environment) as door:
            url = f"https://127.0.0.1:{server.port}/"
            failed(await door.ask(Request(url=url)), FailureKind.TLS_PROTOCOL)
        assert server.deserted()


async def test_tls_too_old(certificates: Certificates) -> None:
    tls = certificates.good()
    with warnings.catch_warnings(action="ignore", category=DeprecationWarning):
        tls.maximum_version = ssl.TLSVersion.TLSv1_1
        tls.set_ciphers("DEFAULT:@SECLEVEL=0")
    with FaultServer(kind, tls) as server:
        async with engine(environment=certificates.environment) as door:
            failed(await door.ask(Request(url=server.url)), FailureKind.TLS_PROTOCOL)


async def test_an_end_in_the_handshake(certificates: Certificates) -> None:
    def script(wire: Wire) -> None:
        wire.socket.recv(100)
        wire.socket.shutdown(socket.SHUT_RDWR)

    with FaultServer(script) as server:
        async with engine(environment=certificates.environment) as door:
            url = f"https://127.0.0.1:{server.port}/"
            failed(await door.ask(Request(url=url)), FailureKind.RESET)
        assert server.deserted()


async def test_silence_in_the_handshake(certificates: Certificates) -> None:
    with FaultServer(says_nothing) as server:
        async with engine(environment=certificates.environment) as door:
            url = f"https://127.0.0.1:{server.port}/"
            failed(await door.ask(Request(url=url)), FailureKind.CONNECT_TIMEOUT)
        assert server.deserted()


async def test_nothing_is_trusted_beside_the_file_that_was_named(
    certificates: Certificates, tmp_path: Path
) -> None:
    stranger = tmp_path / "stranger.pem"
    certificates.stranger.cert_pem.write_to_path(str(stranger))
    with FaultServer(kind, certificates.good()) as server:
        async with engine(environment={"SSL_CERT_FILE": str(stranger)}) as door:
            failed(await door.ask(Request(url=server.url)), FailureKind.TLS_OTHER)


@pytest.mark.parametrize("content", [None, "no certificate"])
def test_a_file_that_cannot_be_read_is_the_users_to_mend(
    tmp_path: Path, content: str | None
) -> None:
    path = tmp_path / "bad.pem"
    if content is not None:
        path.write_text(content)
    with pytest.raises(UsageError, match="SSL_CERT_FILE"):
        make_engine(HASTY, {"SSL_CERT_FILE": str(path)})


def test_without_any_word_the_system_or_certifi_is_trusted() -> None:
    assert Trust({}, http2=True).origins.verify_mode is ssl.CERT_REQUIRED
