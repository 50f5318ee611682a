"""Open a connection: resolve once, judge each address, connect to one that was judged."""

import anyio
import h11
import httpcore

from linkcheck.model.noun import Noun
from linkcheck.net.connection import Connection, Origin
from linkcheck.net.guard import Address, Guard, GuardedError
from linkcheck.net.http1 import Http1, Wire
from linkcheck.net.http2 import Http2
from linkcheck.net.literal import read_literal
from linkcheck.net.proxy import Proxies, Proxy
from linkcheck.net.resolver import Resolver
from linkcheck.net.stream import Stream, connect, endpoint
from linkcheck.net.target import Target
from linkcheck.net.tls import Trust, read_evidence
from linkcheck.net.watch import Part, Watch
from linkcheck.settings.network import Network

PROXY_TROUBLE = (OSError, h11.ProtocolError, httpcore.NetworkError, httpcore.ProtocolError)
IMPATIENCE = 3.0  # seconds for an address while another is left: most of a SYN and two repeats


class Route(Noun, frozen=True, kw_only=True):
    """The way to a target: which connection may be shared, and what is asked on it."""

    origin: Origin
    proxy: Proxy | None = None
    fresh: bool = False  # neither a kept connection nor a remembered address will do

    @property
    def forwarded(self) -> bool:
        """Tell whether a proxy is asked for the whole URL, instead of for a tunnel."""
        return self.proxy is not None and self.origin[0] == "http"

    @property
    def fields(self) -> tuple[tuple[bytes, bytes], ...]:
        """Return the header fields that the proxy alone is meant to read."""
        return self.proxy.headers if self.proxy is not None and self.forwarded else ()

    @property
    def endpoint(self) -> Origin:
        """Return whom the HTTP connection speaks with: what it is kept for."""
        if self.proxy is not None and self.forwarded:
            # Not by its scheme: a link to the proxy's own host must not meet this connection.
            return "proxy", self.proxy.host, self.proxy.port
        return self.origin


class Dialer:
    """Hold what every new connection needs: the guard, names, trust and proxies."""

    def __init__(
        self,
        settings: Network,
        guard: Guard,
        resolver: Resolver,
        trust: Trust,
        proxies: Proxies,
    ) -> None:
        self._settings = settings
        self._guard = guard
        self._resolver = resolver
        self._trust = trust
        self._proxies = proxies

    def route(self, target: Target, *, fresh: bool = False) -> Route:
        """Return the way to a target; refuse an address that is not for links, proxy or not."""
        if target.literal is not None:
            kind = self._guard.refuse(target.literal)
            if kind:
                raise GuardedError(f"{target.literal} is not public: {kind}")
        elif self._guard.refuses_name(target.host):
            # Behind a proxy it would be the proxy's own machine.
            raise GuardedError(f"{target.host} is not public: loopback")
        return Route(origin=target.origin, proxy=self._proxies.choose(target), fresh=fresh)

    async def open(self, route: Route, watch: Watch) -> Connection:
        """Return a new connection; raise what httpcore, ssl and the system raise."""
        if route.proxy is None:
            _, host, port = route.origin
            if route.fresh:
                self._resolver.forget(host)
            stream = await self._connect(host, port, watch, self._guard)
        else:
            stream = await self._connect_proxy(route, route.proxy, watch)
        try:
            return await self._speak(route, stream)
        except BaseException:
            with anyio.CancelScope(shield=True):
                await stream.aclose()
            raise

    async def _speak(self, route: Route, stream: Stream) -> Connection:
        scheme, host, _ = route.endpoint
        tls = None
        http2 = False
        if scheme == "https":
            stream = await stream.start_tls(self._trust.origins, host.removesuffix("."))
            if stream.handshake is not None:
                tls = read_evidence(stream.handshake)
                http2 = stream.handshake.selected_alpn_protocol() == "h2"
        http = Http2(route.origin, stream) if http2 else Http1(stream)
        connection = Connection(route.endpoint, http, stream, tls)
        if route.proxy is not None:
            connection.address = None
            connection.forwarding = route.forwarded
        return connection

    async def _connect(self, host: str, port: int, watch: Watch, guard: Guard | None) -> Stream:
        """Connect to a host by one of its addresses that the guard, if there is one, lets pass."""
        watch.enter(Part.RESOLVE if guard else Part.PROXY, self._settings.resolve)
        addresses = await self._addresses(host)
        refused = {address: guard and guard.refuse(address) for address in addresses}
        fit = [address for address in addresses if not refused[address]]
        if not fit:
            found = "; ".join(f"{address} ({kind})" for address, kind in refused.items())
            raise GuardedError(f"{host} leads to no public address: {found}")
        watch.enter(Part.CONNECT if guard else Part.PROXY, self._settings.connect)
        fit = fit[: self._settings.addresses]
        noted = watch if guard else None  # a proxy's address is no evidence
        silent = False
        for address in fit[:-1]:
            with anyio.move_on_after(IMPATIENCE) as patience:
                try:
                    return await _connect_to(address, port, noted)
                except OSError:
                    continue
            silent = silent or patience.cancelled_caught
        try:
            return await _connect_to(fit[-1], port, noted)
        except ConnectionRefusedError:
            if silent:  # a host refuses with all of its addresses
                raise TimeoutError(f"{fit[-1]} refuses, and another address is silent") from None
            raise

    async def _addresses(self, host: str) -> tuple[Address, ...]:
        literal = read_literal(f"[{host}]" if ":" in host else host)
        if literal is not None:
            return (literal,)
        return await self._resolver.resolve(host)

    async def _connect_proxy(self, route: Route, proxy: Proxy, watch: Watch) -> Stream:
        """Connect to a proxy, and through it if the target asks for TLS."""
        try:
            stream = await self._connect(proxy.host, proxy.port, watch, None)
            watch.enter(Part.PROXY, self._settings.connect)
            try:
                if proxy.scheme == "https":
                    stream = await stream.start_tls(self._trust.proxies, proxy.host)
                if not route.forwarded:
                    await _open_tunnel(stream, route, proxy)
            except BaseException:
                with anyio.CancelScope(shield=True):
                    await stream.aclose()
                raise
        except PROXY_TROUBLE as error:
            raise httpcore.ProxyError(f"no way through the proxy: {error}") from error
        watch.enter(Part.CONNECT, self._settings.connect)
        return stream


async def _connect_to(address: Address, port: int, noted: Watch | None) -> Stream:
    if noted is not None:
        noted.address = endpoint(address, port)
    return await connect(address, port)


async def _open_tunnel(stream: Stream, route: Route, proxy: Proxy) -> None:
    _, host, port = route.origin
    place = (f"[{host}]:{port}" if ":" in host else f"{host}:{port}").encode()
    wire = Wire(b"CONNECT", place, ((b"Host", place), *proxy.headers))
    answer = await Http1(stream).ask(wire)
    if not 200 <= answer.status < 300:  # noqa: PLR2004 # success, whichever
        reason = answer.reason.decode("ascii", "backslashreplace")
        raise httpcore.ProxyError(f"the proxy answered {answer.status} {reason}")
