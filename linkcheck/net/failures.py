"""What every error of the network means: one table, and the few that need a closer look."""

import errno
import socket
import ssl
from collections.abc import Iterator

import anyio
import h2.events
import h2.exceptions
import h11
import httpcore
import httpx
import hyperframe.exceptions

from linkcheck.model.exchange import FailureKind
from linkcheck.net.guard import GuardedError

# `ValueError` is what httpcore raises for an HTTP/2 status that is no number.
MISFORTUNES = (
    GuardedError,
    OSError,
    ValueError,
    anyio.BrokenResourceError,
    anyio.ClosedResourceError,
    anyio.EndOfStream,
    h11.ProtocolError,
    h2.exceptions.H2Error,
    httpcore.ConnectionNotAvailable,
    httpcore.NetworkError,
    httpcore.ProtocolError,
    httpcore.ProxyError,
    httpcore.TimeoutException,
    httpcore.UnsupportedProtocol,
    httpx.TransportError,
    hyperframe.exceptions.HyperframeError,
)

# A row holds for a class and all below it that have no row of their own.
# fmt: off
TABLE: dict[type[BaseException], FailureKind] = {
    GuardedError:                       FailureKind.GUARDED,
    httpcore.UnsupportedProtocol:       FailureKind.GUARDED,
    httpx.UnsupportedProtocol:          FailureKind.GUARDED,
    httpcore.ProxyError:                FailureKind.PROXY,
    httpx.ProxyError:                   FailureKind.PROXY,
    socket.gaierror:                    FailureKind.DNS_FAILURE,
    ssl.SSLCertVerificationError:       FailureKind.TLS_OTHER,
    ssl.SSLEOFError:                    FailureKind.RESET,
    ssl.SSLZeroReturnError:             FailureKind.RESET,
    ssl.SSLSyscallError:                FailureKind.RESET,
    ssl.SSLError:                       FailureKind.TLS_PROTOCOL,
    ConnectionRefusedError:             FailureKind.REFUSED,
    ConnectionError:                    FailureKind.RESET,
    TimeoutError:                       FailureKind.CONNECT_TIMEOUT,  # the kernel's own, ETIMEDOUT
    OSError:                            FailureKind.UNREACHABLE,
    anyio.BrokenResourceError:          FailureKind.RESET,
    anyio.ClosedResourceError:          FailureKind.RESET,
    anyio.EndOfStream:                  FailureKind.RESET,
    h2.exceptions.DenialOfServiceError: FailureKind.TOO_LARGE,  # a header list over 64 KiB
    h2.exceptions.H2Error:              FailureKind.PROTOCOL,
    hyperframe.exceptions.HyperframeError: FailureKind.PROTOCOL,
    h11.ProtocolError:                  FailureKind.PROTOCOL,
    httpcore.ConnectionNotAvailable:    FailureKind.RESET,
    httpcore.ConnectTimeout:            FailureKind.CONNECT_TIMEOUT,
    httpcore.PoolTimeout:               FailureKind.CONNECT_TIMEOUT,
    httpcore.TimeoutException:          FailureKind.READ_TIMEOUT,
    httpcore.ConnectError:              FailureKind.UNREACHABLE,
    httpcore.NetworkError:              FailureKind.RESET,
    httpcore.ProtocolError:             FailureKind.PROTOCOL,
    httpx.ConnectTimeout:               FailureKind.CONNECT_TIMEOUT,
    httpx.PoolTimeout:                  FailureKind.CONNECT_TIMEOUT,
    httpx.TimeoutException:             FailureKind.READ_TIMEOUT,
    httpx.ConnectError:                 FailureKind.UNREACHABLE,
    httpx.NetworkError:                 FailureKind.RESET,
    httpx.ProtocolError:                FailureKind.PROTOCOL,
    httpx.TransportError:               FailureKind.PROTOCOL,
    ValueError:                         FailureKind.PROTOCOL,
}
# What stands at the outside says more than its cause: a proxy that refuses is no host that does.
OUTERMOST = (GuardedError, httpcore.ProxyError, httpx.ProxyError)

NO_SUCH_NAME = {socket.EAI_NONAME, getattr(socket, "EAI_NODATA", socket.EAI_NONAME)}
OS_ERRORS = {
    errno.ETIMEDOUT: FailureKind.CONNECT_TIMEOUT,
    errno.ENETRESET: FailureKind.RESET,
    errno.ENOTCONN:  FailureKind.RESET,
}
# https://docs.openssl.org/3.0/man3/X509_STORE_CTX_get_error/
CERTIFICATE_ERRORS = {
    9:  FailureKind.TLS_EXPIRED,      # not yet valid
    10: FailureKind.TLS_EXPIRED,
    18: FailureKind.TLS_SELF_SIGNED,
    19: FailureKind.TLS_SELF_SIGNED,  # a chain up to a root of its own
    62: FailureKind.TLS_NAME,
    64: FailureKind.TLS_NAME,         # the address instead of the name
}
# fmt: on
OUR_LACKS = {errno.EMFILE, errno.ENFILE, errno.ENOBUFS, errno.ENOMEM}
HEADERS_TOO_LARGE = 431  # how h11 says that its buffer for a head is full


def explain(error: BaseException) -> tuple[FailureKind, str]:
    """Return what an error means and its words; the deepest cause knows best."""
    causes = list(_causes(error))
    if not isinstance(error, OUTERMOST):
        for cause in reversed(causes):
            kind = _look_closer(cause)
            if kind is not None:
                return kind, _words(causes, cause)
        known = [cause for cause in causes if isinstance(cause, OSError)]
        error = known[-1] if known else error
    return _row(type(error)), _words(causes, error)


def our_own_lack(error: BaseException) -> str | None:
    """Say what this machine ran out of: that is no link's misfortune."""
    for cause in _causes(error):
        if isinstance(cause, OSError) and cause.errno in OUR_LACKS:
            return f"{cause.strerror}: ask with less concurrency or raise the limit (ulimit -n)"
    return None


def _look_closer(error: BaseException) -> FailureKind | None:
    """Judge the errors whose class alone does not say enough."""
    kind = None
    match error:
        case socket.gaierror() if error.errno in NO_SUCH_NAME:
            kind = FailureKind.DNS_NO_SUCH_NAME
        case ssl.SSLCertVerificationError():
            kind = CERTIFICATE_ERRORS.get(error.verify_code)
        case OSError() if not isinstance(error, (socket.gaierror, ssl.SSLError)):
            kind = OS_ERRORS.get(error.errno or 0)
        case h11.RemoteProtocolError() if error.error_status_hint == HEADERS_TOO_LARGE:
            kind = FailureKind.TOO_LARGE
        case h2.exceptions.DenialOfServiceError():
            kind = FailureKind.TOO_LARGE
        case httpcore.RemoteProtocolError(args=[h2.events.Event(), *_]):
            kind = FailureKind.RESET  # the server gave up the stream or the connection
    return kind


def _row(found: type[BaseException]) -> FailureKind:
    return next(TABLE[parent] for parent in found.__mro__ if parent in TABLE)


def _words(causes: list[BaseException], error: BaseException) -> str:
    """Say it in one line, in the words of whoever knew."""
    text = str(error) or next((str(cause) for cause in causes if str(cause)), "")
    return " ".join(text.split())[:300] or type(error).__name__


def _causes(error: BaseException) -> Iterator[BaseException]:
    current: BaseException | None = error
    seen: set[int] = set()
    while current is not None and id(current) not in seen:
        seen.add(id(current))
        yield current
        match current:
            case BaseExceptionGroup(exceptions=[first, *_]):
                current = first
            # httpcore hands on what h2 raises as an argument, not as the cause.
            case Exception(__cause__=None, args=[BaseException() as told, *_]):
                current = told
            case _:
                current = current.__cause__
