"""A URL as the wire needs it: where to connect, and the exact bytes to ask for."""

import re
from functools import lru_cache
from ipaddress import IPv4Address, IPv6Address
from urllib.parse import quote_from_bytes

import idna

from linkcheck.model.noun import Noun
from linkcheck.net.literal import NotAnAddressError, read_literal

# RFC 3986 keeps whitespace, controls and bytes over 127 out of a URL: these are escaped, so that
# no URL can split a request. Every other byte goes out as it was written, `[1]` and `100%` too.
SAFE = "".join(map(chr, range(0x21, 0x7F)))
URL = re.compile(r"(?P<scheme>[A-Za-z][A-Za-z0-9+.-]*):(?P<rest>.*)", re.DOTALL)
AUTHORITY = re.compile(r"//(?P<authority>[^/?#]*)(?P<path>[^#]*)", re.DOTALL)
HOST_PORT = re.compile(r"(?P<host>\[[^\]]*\]|[^:\[\]]*)(?::(?P<port>[0-9]{0,12}))?", re.DOTALL)
NAME = re.compile(r"[a-z0-9_]([a-z0-9_-]*[a-z0-9_])?(\.[a-z0-9_]([a-z0-9_-]*[a-z0-9_])?)*\.?")
PORTS = {"http": 80, "https": 443}
LONGEST_NAME, LONGEST_LABEL = 253, 63  # RFC 1035, 2.3.4


class Target(Noun, frozen=True, kw_only=True):
    """Where a request goes and what its first line asks for."""

    scheme: str
    host: str  # ASCII, lower case; an address without brackets, in its canonical spelling
    port: int
    path: bytes  # and query
    literal: IPv4Address | IPv6Address | None

    @property
    def origin(self) -> tuple[str, str, int]:
        """Return what a connection may be shared for."""
        return self.scheme, self.host, self.port

    @property
    def authority(self) -> bytes:
        """Return the value of the Host header."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return (host if PORTS[self.scheme] == self.port else f"{host}:{self.port}").encode()

    @property
    def absolute(self) -> bytes:
        """Return the whole URL, as a forward proxy is asked for it."""
        return self.scheme.encode() + b"://" + self.authority + self.path


def read_target(url: str) -> Target | str:
    """Return where a URL leads, or in words why linkcheck does not ask it."""
    matched = URL.fullmatch(url)
    if matched is None:
        return "not an absolute URL"
    scheme = matched["scheme"].lower()
    if scheme not in PORTS:
        return f"{scheme}: is not http or https"
    place = AUTHORITY.match(matched["rest"])
    # Userinfo is never sent: a password in an article is not ours to use.
    split = place and HOST_PORT.fullmatch(place["authority"].rpartition("@")[2])
    if not place or not split:
        return "its host cannot be read"
    port = int(split["port"] or PORTS[scheme])
    if not 0 < port < 1 << 16:
        return f"{port} is not a port"
    try:
        host, literal = _read_host(split["host"])
    except (idna.IDNAError, NotAnAddressError, UnicodeError) as error:
        return f"its host is neither a name nor an address: {error}"
    path = place["path"]
    return Target(
        scheme=scheme,
        host=host,
        port=port,
        path=escape(path if path.startswith("/") else "/" + path),
        literal=literal,
    )


def escape(text: str) -> bytes:
    """Return text as URL bytes: what is URL already stays, the rest is escaped once as UTF-8.

    Surrogate escapes (bytes of a Location that were no UTF-8) come out as the bytes they were.
    """
    if text.isascii() and text.isprintable() and " " not in text:
        return text.encode("ascii")
    return quote_from_bytes(text.encode("utf-8", "surrogateescape"), safe=SAFE).encode("ascii")


@lru_cache(4096)
def _read_host(host: str) -> tuple[str, IPv4Address | IPv6Address | None]:
    if not host.isascii():
        host = idna.encode(host, uts46=True, transitional=False).decode("ascii")
    host = host.lower()
    literal = read_literal(host)
    if literal is not None:
        return str(literal), literal
    longest = max(map(len, host.split(".")))
    if len(host) > LONGEST_NAME or longest > LONGEST_LABEL or not NAME.fullmatch(host):
        raise NotAnAddressError(ascii(host[:80]))
    return host, None
