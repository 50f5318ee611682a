"""Names to addresses: looked up once a minute, a few at a time, apart from connecting."""

import socket
from collections.abc import Awaitable, Callable
from ipaddress import ip_address

import anyio
import anyio.to_thread

from linkcheck.net.guard import Address
from linkcheck.settings.network import Network

Lookup = Callable[[str], Awaitable[tuple[Address, ...]]]
REMEMBERED = 4096  # names; a scan knows some thousand hosts


async def ask_system(name: str, limiter: anyio.CapacityLimiter) -> tuple[Address, ...]:
    """Return what the system's resolver knows of a name, in its order of preference."""
    found = await anyio.to_thread.run_sync(
        lambda: socket.getaddrinfo(name, None, type=socket.SOCK_STREAM),
        limiter=limiter,
        abandon_on_cancel=True,  # getaddrinfo cannot be stopped; its thread ends by itself
    )
    # A scope (`fe80::1%eth0`) stands on link-local addresses only: the guard needs the rest.
    texts = dict.fromkeys(str(entry[4][0]).partition("%")[0] for entry in found)
    return tuple(map(ip_address, texts))


class Resolver:
    """Remember answers for a while and let those who ask the same name wait for one look-up."""

    def __init__(self, settings: Network, lookup: Lookup | None = None) -> None:
        self._limiter: anyio.CapacityLimiter | None = None
        self._lookups = settings.lookups
        self._lifetime = settings.remember_names
        self._lookup = lookup or self._ask_system
        self._known: dict[str, tuple[float, tuple[Address, ...]]] = {}
        self._asking: dict[str, anyio.Lock] = {}

    async def resolve(self, name: str) -> tuple[Address, ...]:
        """Return the addresses of a name; raise `socket.gaierror` as the system does.

        A failure is not remembered: whether a name exists is asked twice, apart.
        """
        known = self._known.get(name)
        if known and anyio.current_time() < known[0]:
            return known[1]
        async with self._asking.setdefault(name, anyio.Lock()):
            known = self._known.get(name)
            if known and anyio.current_time() < known[0]:
                return known[1]
            try:
                addresses = await self._lookup(name)
            finally:
                self._asking.pop(name, None)
            if not addresses:
                raise socket.gaierror(socket.EAI_NONAME, "the name has no address")
            self._remember(name, addresses)
        return addresses

    def forget(self, name: str) -> None:
        """Ask the system again at the next time: whether the resolver is well."""
        self._known.pop(name, None)

    def _remember(self, name: str, addresses: tuple[Address, ...]) -> None:
        self._known.pop(name, None)
        self._known[name] = anyio.current_time() + self._lifetime, addresses
        if len(self._known) > REMEMBERED:
            del self._known[next(iter(self._known))]

    async def _ask_system(self, name: str) -> tuple[Address, ...]:
        if self._limiter is None:
            self._limiter = anyio.CapacityLimiter(self._lookups)
        return await ask_system(name, self._limiter)
