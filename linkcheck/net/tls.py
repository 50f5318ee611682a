"""Which certificates are trusted, and what a handshake said."""

import ssl
from collections.abc import Mapping
from datetime import UTC, datetime
from functools import cached_property
from pathlib import Path
from typing import Any

import certifi

from linkcheck.errors import UsageError
from linkcheck.model.exchange import Tls


class Trust:
    """Hold what certificates are checked against: SSL_CERT_FILE and SSL_CERT_DIR come first."""

    def __init__(self, environment: Mapping[str, str], *, http2: bool) -> None:
        self._environment = environment
        self.origins = _make_context(environment)
        self.origins.set_alpn_protocols(["h2", "http/1.1"] if http2 else ["http/1.1"])

    @cached_property
    def proxies(self) -> ssl.SSLContext:
        """Return the same trust for a proxy, which is asked in HTTP/1.1."""
        context = _make_context(self._environment)
        context.set_alpn_protocols(["http/1.1"])
        return context


def _make_context(environment: Mapping[str, str]) -> ssl.SSLContext:
    file = environment.get("SSL_CERT_FILE") or None
    directory = environment.get("SSL_CERT_DIR") or None
    if not file and not directory:
        paths = ssl.get_default_verify_paths()
        file, directory = paths.cafile, _if_filled(paths.capath)
    if not file and not directory:
        file = certifi.where()
    try:
        context = ssl.create_default_context(cafile=file, capath=directory)
    except OSError as error:
        raise UsageError(
            f"the certificates in SSL_CERT_FILE={file} or SSL_CERT_DIR={directory}"
            f" cannot be read: {error}"
        ) from error
    # Python 3.13 began to refuse certificates that browsers and 3.12 accept: a verdict must not
    # depend on that.
    context.verify_flags &= ~ssl.VERIFY_X509_STRICT
    return context


def read_evidence(handshake: ssl.SSLObject) -> Tls:
    """Return what is kept of a certificate that was found good."""
    certificate: Mapping[str, Any] = handshake.getpeercert() or {}
    expiry = certificate.get("notAfter")
    return Tls(
        version=handshake.version() or "",
        issuer=", ".join(
            f"{key}={value}" for pair in certificate.get("issuer", ()) for key, value in pair
        ),
        expires_at=datetime.fromtimestamp(ssl.cert_time_to_seconds(expiry), UTC)
        if expiry
        else None,
    )


def _if_filled(directory: str | None) -> str | None:
    return directory if directory and any(Path(directory).glob("*.0")) else None
