"""Look around: from where this machine sees the web, without sending anything."""

import os
import socket
from collections.abc import Mapping
from datetime import datetime
from ipaddress import ip_address
from pathlib import Path

from linkcheck.model.vantage import Vantage
from linkcheck.net.proxy import read_proxies

RESOLV_CONF = Path("/etc/resolv.conf")
_MOST = 8  # resolvers; the system asks three
# Where a way out is looked for: no packet is sent to a datagram socket's peer by connecting.
_OUTSIDE = {socket.AF_INET: "198.41.0.4", socket.AF_INET6: "2001:503:ba3e::2:30"}


def look_around(
    environment: Mapping[str, str] = os.environ,
    *,
    resolv_conf: Path = RESOLV_CONF,
    now: datetime | None = None,
) -> Vantage:
    """Return the vantage as far as it is known before anything is asked."""
    return Vantage(
        time_zone=_zone(now or datetime.now().astimezone()),
        resolvers=_resolvers(resolv_conf),
        proxies=tuple(sorted(read_proxies(environment).by_scheme)),
        ipv4=_has_way_out(socket.AF_INET),
        ipv6=_has_way_out(socket.AF_INET6),
    )


def _zone(here: datetime) -> str:
    # Not by its name: "Asia/Macau" says more of a person than an answer depends on.
    offset = here.strftime("%z")
    return f"UTC{offset[:3]}:{offset[3:5]}"


def _resolvers(path: Path) -> tuple[str, ...]:
    try:
        lines = path.read_text("utf-8", "replace").splitlines()
    except OSError:
        return ()
    fields = [line.split() for line in lines if line.startswith("nameserver")]
    named = (field[1].partition("%")[0] for field in fields if len(field) > 1)
    return tuple(dict.fromkeys(name for name in named if _is_address(name)))[:_MOST]


def _is_address(text: str) -> bool:
    try:
        ip_address(text)
    except ValueError:
        return False
    return True


def _has_way_out(family: socket.AddressFamily) -> bool:
    try:
        with socket.socket(family, socket.SOCK_DGRAM) as out:
            out.connect((_OUTSIDE[family], 53))
    except OSError:
        return False
    return True
