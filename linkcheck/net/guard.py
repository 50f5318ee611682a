"""Which addresses a link may lead to: the public ones, unless private ones were allowed."""

import re
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network

Address = IPv4Address | IPv6Address

# Written out, because `ipaddress.is_global` changed its mind between 3.11 and 3.13.
# fmt: off
REFUSED_IPV4 = tuple((IPv4Network(network), name) for network, name in (
    ("0.0.0.0/8",          "unspecified"),
    ("10.0.0.0/8",         "private"),
    ("100.64.0.0/10",      "carrier-grade NAT"),
    ("127.0.0.0/8",        "loopback"),
    ("169.254.0.0/16",     "link-local"),
    ("172.16.0.0/12",      "private"),
    ("192.0.0.0/24",       "protocol assignment"),
    ("192.0.2.0/24",       "documentation"),
    ("192.88.99.0/24",     "6to4 relay"),
    ("192.168.0.0/16",     "private"),
    ("198.18.0.0/15",      "benchmarking"),
    ("198.51.100.0/24",    "documentation"),
    ("203.0.113.0/24",     "documentation"),
    ("224.0.0.0/4",        "multicast"),
    ("255.255.255.255/32", "broadcast"),
    ("240.0.0.0/4",        "reserved"),
))
REFUSED_IPV6 = tuple((IPv6Network(network), name) for network, name in (
    ("::/128",        "unspecified"),
    ("::1/128",       "loopback"),
    ("fe80::/10",     "link-local"),
    ("fec0::/10",     "site-local"),
    ("fc00::/7",      "unique local"),
    ("ff00::/8",      "multicast"),
    ("64:ff9b:1::/48", "local NAT64"),
    ("2001::/32",     "Teredo"),
    ("2001::/23",     "protocol assignment"),
    ("2001:db8::/32", "documentation"),
    ("3fff::/20",     "documentation"),
))
# Forms that carry an IPv4 address, and how far it stands from the right.
CARRIERS = tuple((IPv6Network(network), shift, name) for network, shift, name in (
    ("::ffff:0:0/96",   0,  "IPv4-mapped"),
    ("::ffff:0:0:0/96", 0,  "IPv4-translated"),
    ("::/96",           0,  "IPv4-compatible"),
    ("64:ff9b::/96",    0,  "NAT64"),
    ("2002::/16",       80, "6to4"),
))
# fmt: on
LOCALHOST = re.compile(r"(.+\.)?localhost\.?")
GLOBAL_UNICAST = IPv6Network("2000::/3")
NAT64 = IPv6Network("64:ff9b::/96")
# RFC 5214: an interface identifier of 0000:5efe or 0200:5efe, and the IPv4 address behind it.
ISATAP = 0x00005EFE


class GuardedError(Exception):
    """Nothing was sent: the address, the scheme or the host is not one a link may lead to."""


class Guard:
    """Judge addresses; a name is judged by every address it resolves to."""

    def __init__(self, *, allow_private: bool) -> None:
        self.allow_private = allow_private

    def refuse(self, address: Address) -> str | None:
        """Return what is wrong with an address, or None if a link may lead there."""
        return None if self.allow_private else unfit(address)

    def refuses_name(self, host: str) -> bool:
        """Tell whether a name is a loopback address by definition (RFC 6761, 6.3)."""
        return not self.allow_private and LOCALHOST.fullmatch(host) is not None


def unfit(address: Address) -> str | None:
    """Return the kind of a not public address, or None."""
    if isinstance(address, IPv4Address):
        return next((name for network, name in REFUSED_IPV4 if address in network), None)
    named = next((name for network, name in REFUSED_IPV6 if address in network), None)
    if named:
        return named
    carried = _carried(address)
    if carried is not None:
        inner, name = carried
        kind = unfit(inner)
        if kind:
            return f"{kind}, as {name}"
    # A network with DNS64 reaches all of the IPv4 web by NAT64; the other carriers are history
    # or local, and of what is left only global unicast leads anywhere.
    return None if address in GLOBAL_UNICAST or address in NAT64 else "not global unicast"


def _carried(address: IPv6Address) -> tuple[IPv4Address, str] | None:
    number = int(address)
    for network, shift, name in CARRIERS:
        if address in network:
            return IPv4Address(number >> shift & 0xFFFFFFFF), name
    if number >> 32 & 0xFDFFFFFF == ISATAP:
        return IPv4Address(number & 0xFFFFFFFF), "ISATAP"
    return None
