"""Good and bad certificates for 127.0.0.1 and for names."""

import ssl
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import trustme

LONG_AGO, LAST_YEAR = datetime(2020, 1, 1, tzinfo=UTC), datetime(2021, 1, 1, tzinfo=UTC)
FAR, FARTHER = datetime(2100, 1, 1, tzinfo=UTC), datetime(2101, 1, 1, tzinfo=UTC)


@dataclass(frozen=True)
class Certificates:
    """A certificate authority that the engine is told to trust, and another."""

    directory: Path
    authority: trustme.CA
    stranger: trustme.CA

    @property
    def environment(self) -> dict[str, str]:
        path = self.directory / "authority.pem"
        self.authority.cert_pem.write_to_path(str(path))
        return {"SSL_CERT_FILE": str(path)}

    def good(self, *names: str) -> ssl.SSLContext:
        return _serve(self.authority.issue_cert(*(names or ("127.0.0.1",))))

    def expired(self) -> ssl.SSLContext:
        return _serve(
            self.authority.issue_cert("127.0.0.1", not_before=LONG_AGO, not_after=LAST_YEAR)
        )

    def not_yet_valid(self) -> ssl.SSLContext:
        return _serve(self.authority.issue_cert("127.0.0.1", not_before=FAR, not_after=FARTHER))

    def unknown_issuer(self) -> ssl.SSLContext:
        return _serve(self.stranger.issue_cert("127.0.0.1"))

    def own_root(self) -> ssl.SSLContext:
        """Send the unknown root along."""
        leaf = self.stranger.issue_cert("127.0.0.1")
        chain = self.directory / "chain.pem"
        chain.write_bytes(
            leaf.private_key_and_cert_chain_pem.bytes() + self.stranger.cert_pem.bytes()
        )
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(chain)
        return context

    def self_signed(self) -> ssl.SSLContext:
        pair = self.directory / "self.pem"
        pair.write_bytes(self.stranger.private_key_pem.bytes() + self.stranger.cert_pem.bytes())
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(pair)
        return context


def make_certificates(directory: Path) -> Certificates:
    return Certificates(
        directory, trustme.CA(organization_name="Known"), trustme.CA(organization_name="Unknown")
    )


def _serve(leaf: trustme.LeafCert) -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    leaf.configure_cert(context)
    return context
