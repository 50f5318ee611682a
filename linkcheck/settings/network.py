"""How the network is asked: limits, manners, proxy and trust, each with its reason."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from linkcheck import __version__

KIB, MIB = 1 << 10, 1 << 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """How long one wire request may take and how much of the answer is kept."""

    deadline: float  # seconds for everything: look-up, connection, the last byte
    read: float  # seconds without progress: until the head is there, then between pieces
    body: int  # bytes kept
    whole: bool = False  # a longer body is a failure, for its beginning would be a lie

    def __post_init__(self) -> None:
        if min(self.deadline, self.read) <= 0:
            raise ValueError("no answer comes in no time: deadline and read must be above 0")


# By the purpose of a request. An index answers in 2 to 9 seconds, in bad phases after 30, so 60
# is the least to wait; 150,000 rows, its largest answer, are some 20 MB. A capture answers in
# seconds; fixity needs all of it, and 32 MiB hold every figure and PDF seen. A live page is judged
# by its beginning, a probe by its head: 16 KiB are read so that the connection can be kept.
LIMITS: Mapping[str, Limits] = MappingProxyType(
    {
        "index": Limits(deadline=600, read=90, body=256 * MIB, whole=True),
        "playback": Limits(deadline=120, read=60, body=32 * MIB),
        "live": Limits(deadline=60, read=20, body=2 * MIB),
        "probe": Limits(deadline=30, read=20, body=16 * KIB),
    }
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Network:
    """Everything the engine, the guard and the redirects are told."""

    # A dict of its own: settings go to other processes, and a view of one cannot.
    limits: Mapping[str, Limits] = field(default_factory=lambda: dict(LIMITS))
    connect: float = 10.0  # seconds for TCP and TLS: a loaded server takes three, a dead one all
    resolve: float = 10.0  # seconds: two tries of a resolver's usual five
    addresses: int = 4  # tried in turn; a hostile zone may list thousands
    lookups: int = 16  # names resolved at once: more only queue at the resolver
    remember_names: float = 60.0  # seconds: 49,118 links of a host are one look-up a minute
    keep_alive: float = 15.0  # seconds: most servers close at 15 or later
    idle_connections: int = 512  # in all: half of the open files that a shell usually allows
    streams: int = 32  # that share one HTTP/2 connection; servers allow 100 and more
    headers: int = 200  # fields; real answers have 10 to 60
    redirects: int = 10  # hops; browsers stop at 20, an honest chain has 3
    allow_private: bool = False  # links are hostile input: they may not ask the machine's own net
    http2: bool = True
    user_agent: str = f"linkcheck/{__version__}"
    # What the decoder reads; others cost a dependency each and are never needed when not offered.
    accept_encoding: str = "gzip, deflate"

    def __post_init__(self) -> None:
        if min(self.connect, self.resolve) <= 0:
            raise ValueError("nothing comes in no time: connect and resolve must be above 0")
        if min(self.addresses, self.lookups, self.streams, self.headers) < 1:
            raise ValueError("addresses, lookups, streams and headers must be at least 1")
