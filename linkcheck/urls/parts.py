"""A URL in its parts, and why it may be none."""

import ipaddress
import re

from linkcheck.model.noun import Noun

MAX_LENGTH = 16_384
"""The longest real URL of 343,109 had 3,000 characters; servers refuse from 8,192 on."""

_PARTS = re.compile(
    r"(?P<scheme>[A-Za-z][A-Za-z0-9+.-]*):"
    r"(?://(?P<authority>[^/?#]*))?"
    r"(?P<path>[^?#]*)(?:\?(?P<query>[^#]*))?(?:#(?P<fragment>.*))?",
    re.DOTALL,
)
# Underscores stand in real host names, and a trailing dot is a name's full form.
_NAME = re.compile(r"[A-Za-z0-9_](?:[A-Za-z0-9_.-]*[A-Za-z0-9_])?\.?")
_DECIMAL = re.compile(r"[0-9]{0,5}")
_MAX_PORT = 65_535
_MAX_NAME = 253


class Parts(Noun, frozen=True, kw_only=True):
    """The parts of an absolute URL as they are written."""

    scheme: str
    userinfo: str | None
    host: str
    port: str | None
    path: str
    query: str | None
    fragment: str | None


def split(url: str) -> Parts | None:
    """Return the parts of an absolute http or https URL; None where it is something else."""
    match = _PARTS.fullmatch(url)
    if match is None or match["authority"] is None:
        return None
    userinfo, at, place = match["authority"].rpartition("@")
    host, port = _host_and_port(place)
    return Parts(
        scheme=match["scheme"].lower(),
        userinfo=userinfo if at else None,
        host=host.lower(),
        port=port,
        path=match["path"],
        query=match["query"],
        fragment=match["fragment"],
    )


def fault(url: str) -> str | None:
    """Say why an absolute, encoded URL cannot be asked for, or None where it can."""
    if len(url) > MAX_LENGTH:
        return f"longer than a URL can be ({len(url):,} characters; at most {MAX_LENGTH:,})"
    parts = split(url)
    if parts is None or not parts.host:
        return "no host"
    if parts.port is not None and not _is_port(parts.port):
        return f"port {_brief(parts.port)} is no port"
    if parts.host.startswith("["):
        return None if _is_ipv6(parts.host) else f"{_brief(parts.host)} is no IPv6 address"
    if len(parts.host) > _MAX_NAME or ".." in parts.host or not _NAME.fullmatch(parts.host):
        return f"{_brief(parts.host)} is no host name"
    return None


def without_fragment(url: str) -> str:
    """Return what goes over the wire: fragments stay with the reader."""
    return url.partition("#")[0]


def _host_and_port(place: str) -> tuple[str, str | None]:
    if place.startswith("["):
        host, bracket, rest = place.partition("]")
        return host + bracket, rest[1:] if rest.startswith(":") else rest or None
    host, colon, port = place.rpartition(":")
    return (host, port) if colon else (port, None)


def _is_port(port: str) -> bool:
    return _DECIMAL.fullmatch(port) is not None and (port == "" or int(port) <= _MAX_PORT)


def _is_ipv6(host: str) -> bool:
    try:
        ipaddress.IPv6Address(host[1:-1])
    except ValueError:
        return False
    return host.endswith("]")


def _brief(text: str) -> str:
    return repr(text if len(text) <= 60 else text[:57] + "…")  # noqa: PLR2004 one line of a report
