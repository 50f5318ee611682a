"""Which proxy the environment names for a target."""

import base64
from collections.abc import Mapping
from ipaddress import ip_address, ip_network
from urllib.parse import unquote_to_bytes, urlsplit

from linkcheck.errors import UsageError
from linkcheck.model.noun import Noun
from linkcheck.net.target import Target

PORTS = {"http": 3128, "https": 443}


class Proxy(Noun, frozen=True, kw_only=True):
    """A proxy as the institution configured it; its own address is never guarded."""

    scheme: str
    host: str
    port: int
    headers: tuple[tuple[bytes, bytes], ...] = ()


class Proxies(Noun, frozen=True, kw_only=True):
    """The proxies by scheme of the target, and the hosts that are asked without."""

    by_scheme: Mapping[str, Proxy]
    bypass: tuple[str, ...] = ()

    def choose(self, target: Target) -> Proxy | None:
        """Return the proxy to ask, or None to go directly."""
        proxy = self.by_scheme.get(target.scheme)
        if proxy is None or any(_covers(entry, target) for entry in self.bypass):
            return None
        return proxy


def read_proxies(environment: Mapping[str, str]) -> Proxies:
    """Read HTTP_PROXY, HTTPS_PROXY, ALL_PROXY and NO_PROXY, lower case first as curl does."""
    found = {}
    for scheme in ("http", "https"):
        names = [f"{scheme}_proxy", f"{scheme}_proxy".upper(), "all_proxy", "ALL_PROXY"]
        if scheme == "http" and "REQUEST_METHOD" in environment:
            names.remove("HTTP_PROXY")  # in CGI that is the client's `Proxy:` header (httpoxy)
        value = next((environment[name] for name in names if environment.get(name)), "")
        if value:
            found[scheme] = read_proxy(value)
    bypass = environment.get("no_proxy") or environment.get("NO_PROXY") or ""
    entries = tuple(entry.strip().lower() for entry in bypass.split(",") if entry.strip())
    return Proxies(by_scheme=found, bypass=entries)


def read_proxy(value: str) -> Proxy:
    """Read a proxy's URL; a bare `host:port` is one too."""
    parts = urlsplit(value if "://" in value else f"http://{value}")
    try:
        port = parts.port
    except ValueError as error:
        raise UsageError(f"the proxy's port cannot be read: {error}") from error
    if parts.scheme not in PORTS or not parts.hostname:
        # The value may hold a password: it is not repeated.
        raise UsageError(f"a proxy is http:// or https:// with a host, not {parts.scheme}://")
    headers: tuple[tuple[bytes, bytes], ...] = ()
    if parts.username is not None:
        name, password = (unquote_to_bytes(text or "") for text in (parts.username, parts.password))
        token = base64.b64encode(name + b":" + password)
        headers = ((b"Proxy-Authorization", b"Basic " + token),)
    return Proxy(
        scheme=parts.scheme,
        host=parts.hostname,
        port=port or PORTS[parts.scheme],
        headers=headers,
    )


def _covers(entry: str, target: Target) -> bool:
    if entry == "*":
        return True
    if target.literal is not None:
        try:
            return target.literal in ip_network(entry.strip("[]"), strict=False)
        except ValueError:
            pass
    name, colon, port = entry.rpartition(":")
    if colon and port.isdigit() and "]" not in port:
        if int(port) != target.port:
            return False
        entry = name
    entry = entry.strip("[]").removeprefix("*").lstrip(".").removesuffix(".")
    host = target.host.removesuffix(".")
    if target.literal is not None:
        try:
            return ip_address(entry) == target.literal
        except ValueError:
            return False
    return host == entry or host.endswith("." + entry)
