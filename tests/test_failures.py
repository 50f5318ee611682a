import errno
import inspect
import re
import socket
import ssl
from collections.abc import Iterator
from types import ModuleType

import anyio
import h2.errors
import h2.events
import h2.exceptions
import h11
import httpcore
import httpx
import hyperframe.exceptions
import pytest

from linkcheck.model.exchange import FailureKind
from linkcheck.net import failures
from linkcheck.net.failures import MISFORTUNES, TABLE, explain, our_own_lack
from linkcheck.net.guard import GuardedError

# The base classes say nothing and are never raised; these are about a use of httpx or h2 that
# the engine does not make: cookies, decoding, streams read twice, servers.
NEVER_RAISED = {
    httpx.CookieConflict,
    httpx.DecodingError,
    httpx.HTTPError,
    httpx.HTTPStatusError,
    httpx.InvalidURL,
    httpx.RequestError,
    httpx.RequestNotRead,
    httpx.ResponseNotRead,
    httpx.StreamClosed,
    httpx.StreamConsumed,
    httpx.StreamError,
    httpx.TooManyRedirects,
}


def errors_of(module: ModuleType) -> Iterator[type[Exception]]:
    for _, found in inspect.getmembers(module, inspect.isclass):
        if issubclass(found, Exception) and found.__module__.startswith(
            module.__name__.partition(".")[0]
        ):
            yield found


@pytest.mark.parametrize(
    "module", [httpcore, httpx, h11, h2.exceptions, hyperframe.exceptions], ids=lambda m: m.__name__
)
def test_every_error_of_the_libraries_has_a_row(module: ModuleType) -> None:
    found = set(errors_of(module)) - NEVER_RAISED
    assert found
    for error in found:
        assert issubclass(error, MISFORTUNES), error
        assert any(parent in TABLE for parent in error.__mro__), error


def test_every_error_of_the_system_has_a_row() -> None:
    for error in (
        anyio.BrokenResourceError,
        anyio.ClosedResourceError,
        anyio.EndOfStream,
        ConnectionRefusedError,
        socket.gaierror,
        ssl.SSLError,
        TimeoutError,
        UnicodeDecodeError,
        ValueError,
        *errors_of_tls(),
        *OSError.__subclasses__(),
    ):
        if issubclass(error, Exception) and error.__module__ in {"builtins", "ssl", "anyio"}:
            assert issubclass(error, MISFORTUNES), error
            assert any(parent in TABLE for parent in error.__mro__), error


def errors_of_tls() -> Iterator[type[Exception]]:
    return (
        found
        for _, found in inspect.getmembers(ssl, inspect.isclass)
        if issubclass(found, ssl.SSLError)
    )


def verification(code: int) -> ssl.SSLCertVerificationError:
    error = ssl.SSLCertVerificationError(1, "certificate verify failed")
    error.verify_code = code
    return error


def caused(error: Exception, *causes: Exception) -> Exception:
    outer = error
    for cause in causes:
        outer.__cause__ = cause
        outer = cause
    return error


EXAMPLES = [
    (ConnectionRefusedError(111, "refused"), FailureKind.REFUSED),
    (OSError(errno.ECONNREFUSED, "refused"), FailureKind.REFUSED),
    (ConnectionResetError(104, "reset"), FailureKind.RESET),
    (BrokenPipeError(32, "pipe"), FailureKind.RESET),
    (ConnectionAbortedError(103, "aborted"), FailureKind.RESET),
    (OSError(errno.ETIMEDOUT, "timed out"), FailureKind.CONNECT_TIMEOUT),
    (OSError(errno.ENETUNREACH, "no network"), FailureKind.UNREACHABLE),
    (OSError(errno.EHOSTUNREACH, "no route"), FailureKind.UNREACHABLE),
    (OSError(errno.ENETDOWN, "down"), FailureKind.UNREACHABLE),
    (OSError(errno.EADDRNOTAVAIL, "no address"), FailureKind.UNREACHABLE),
    (OSError(errno.EACCES, "a firewall's word"), FailureKind.UNREACHABLE),
    (OSError("a word without a number"), FailureKind.UNREACHABLE),
    (socket.gaierror(socket.EAI_NONAME, "no name"), FailureKind.DNS_NO_SUCH_NAME),
    (socket.gaierror(socket.EAI_AGAIN, "again"), FailureKind.DNS_FAILURE),
    (socket.gaierror(socket.EAI_FAIL, "fail"), FailureKind.DNS_FAILURE),
    (socket.gaierror(socket.EAI_SYSTEM, "system"), FailureKind.DNS_FAILURE),
    (socket.gaierror(socket.EAI_MEMORY, "memory"), FailureKind.DNS_FAILURE),
    (verification(9), FailureKind.TLS_EXPIRED),
    (verification(10), FailureKind.TLS_EXPIRED),
    (verification(18), FailureKind.TLS_SELF_SIGNED),
    (verification(19), FailureKind.TLS_SELF_SIGNED),
    (verification(20), FailureKind.TLS_OTHER),
    (verification(23), FailureKind.TLS_OTHER),
    (verification(62), FailureKind.TLS_NAME),
    (verification(64), FailureKind.TLS_NAME),
    (ssl.SSLError(1, "wrong version number"), FailureKind.TLS_PROTOCOL),
    (ssl.SSLEOFError(8, "end"), FailureKind.RESET),
    (GuardedError("inside"), FailureKind.GUARDED),
    (caused(httpcore.ProxyError("407"), ConnectionRefusedError(111, "no")), FailureKind.PROXY),
    (
        caused(OSError("All attempts failed"), ConnectionRefusedError(111, "no")),
        FailureKind.REFUSED,
    ),
    (
        caused(
            httpcore.ReadError("lost"), anyio.BrokenResourceError(), ConnectionResetError(104, "x")
        ),
        FailureKind.RESET,
    ),
    (caused(httpcore.ReadError("lost"), anyio.BrokenResourceError()), FailureKind.RESET),
    (caused(httpcore.ConnectError("no TLS"), ssl.SSLError(1, "alert")), FailureKind.TLS_PROTOCOL),
    (
        caused(httpcore.RemoteProtocolError("x"), h11.RemoteProtocolError("long", 431)),
        FailureKind.TOO_LARGE,
    ),
    (
        caused(httpcore.RemoteProtocolError("x"), h11.RemoteProtocolError("odd")),
        FailureKind.PROTOCOL,
    ),
    (
        caused(httpcore.LocalProtocolError("x"), h2.exceptions.DenialOfServiceError("list")),
        FailureKind.TOO_LARGE,
    ),
    (
        caused(httpcore.LocalProtocolError("x"), h2.exceptions.ProtocolError("odd")),
        FailureKind.PROTOCOL,
    ),
    (httpcore.RemoteProtocolError(h2.events.StreamReset(stream_id=1)), FailureKind.RESET),
    (httpcore.RemoteProtocolError(h2.events.ConnectionTerminated()), FailureKind.RESET),
    (httpx.ConnectTimeout("slow"), FailureKind.CONNECT_TIMEOUT),
    (httpx.ReadTimeout("slow"), FailureKind.READ_TIMEOUT),
    (ValueError("invalid literal for int()"), FailureKind.PROTOCOL),
    (ExceptionGroup("several", [ConnectionRefusedError(111, "no")]), FailureKind.REFUSED),
]


def named(value: object) -> str:
    """Return a name that is the same in every process: without addresses."""
    return re.sub(r" at 0x[0-9a-f]+", "", repr(value))


@pytest.mark.parametrize(("error", "kind"), EXAMPLES, ids=named)
def test_an_error_means(error: Exception, kind: FailureKind) -> None:
    assert explain(error)[0] is kind


def test_the_words_are_one_short_line() -> None:
    _, words = explain(OSError(5, "a\nlong\x1b\tstory " * 100))
    assert "\n" not in words
    assert "\t" not in words
    assert len(words) <= 300
    assert explain(anyio.BrokenResourceError())[1] == "BrokenResourceError"


def test_a_circle_of_causes_ends() -> None:
    first, second = OSError("first"), OSError("second")
    first.__cause__, second.__cause__ = second, first
    assert explain(first)[0] is FailureKind.UNREACHABLE


@pytest.mark.parametrize("number", [errno.EMFILE, errno.ENFILE, errno.ENOBUFS, errno.ENOMEM])
def test_our_own_lack_is_seen_behind_others(number: int) -> None:
    assert our_own_lack(caused(httpcore.ConnectError("x"), OSError(number, "too many")))
    assert our_own_lack(OSError(errno.ECONNREFUSED, "no")) is None


def test_no_row_is_beside_the_point() -> None:
    assert set(TABLE) <= {
        error
        for listed in MISFORTUNES
        for error in (listed, *TABLE)
        if any(issubclass(error, one) for one in failures.MISFORTUNES)
    }
