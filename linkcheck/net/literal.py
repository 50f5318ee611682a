"""Every spelling of an address that a resolver would take for one."""

import re
from ipaddress import AddressValueError, IPv4Address, IPv6Address

# inet_aton(3) and the URL standard read `0x7f.1`, `017700000001` and `2130706433` as 127.0.0.1:
# a host whose last label is a number is an address or nothing.
NUMBER = re.compile(r"0[xX][0-9A-Fa-f]*|[0-9]+")
PARTS = 4


class NotAnAddressError(ValueError):
    """The host ends like an address and is none."""


def read_literal(host: str) -> IPv4Address | IPv6Address | None:
    """Return the address a host spells, or None if it is a name."""
    if host.startswith("["):
        try:
            return IPv6Address(_without_zone(host.removeprefix("[").removesuffix("]")))
        except AddressValueError as error:
            raise NotAnAddressError(str(error)) from error
    labels = host.removesuffix(".").split(".")
    if not NUMBER.fullmatch(labels[-1]):
        return None
    if len(labels) > PARTS or not all(map(NUMBER.fullmatch, labels)):
        raise NotAnAddressError(ascii(host[:80]))
    *leading, last = map(_number, labels)
    room = 256 ** (PARTS - len(leading))
    if last >= room or any(part > 0xFF for part in leading):  # noqa: PLR2004 # one byte each
        raise NotAnAddressError(ascii(host[:80]))
    return IPv4Address(last + sum(part << (24 - 8 * place) for place, part in enumerate(leading)))


def _number(label: str) -> int:
    if label[:2].lower() == "0x":
        return int(label[2:] or "0", 16)
    if len(label) > 1 and label.startswith("0"):
        if not set(label) <= set("01234567"):
            raise NotAnAddressError(label[:80])
        return int(label[:40], 8)
    return int(label[:40])


def _without_zone(host: str) -> str:
    if "%" in host:
        raise NotAnAddressError("a zone makes sense on one machine only")
    return host
