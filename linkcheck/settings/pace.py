"""How fast each endpoint may be asked: the archive's own limits, and manners for other hosts."""

from dataclasses import dataclass, field

from linkcheck.model.pace import ArchivePace, Budget, EndpointPace

__all__ = [
    "WAYBACK",
    "WIDE_OPEN",
    "ArchivePace",
    "Budget",
    "EndpointPace",
    "HostPace",
    "PaceSettings",
]


@dataclass(frozen=True, slots=True, kw_only=True)
class HostPace:
    """How the hosts of the live web that match a pattern are asked."""

    pattern: str = "*"
    connections: int = 2  # what a browser's visitor would use; lychee's 10 get small sites to block
    interval: float = 0.5  # seconds between starts; one visitor turning pages
    rest: float = 30.0  # seconds after a 429 that names no time, doubled each time in a row

    def __post_init__(self) -> None:
        if self.connections < 1 or self.interval < 0:
            raise ValueError(f"{self.pattern}: at least one connection, and no negative interval")


# Hard limits seen 2026-06 (EDGI wayback 0.5.1): index and timemap together 30 a minute, playback
# 600 a minute, per address. IA's staff ask clients to stay at 80%.
WAYBACK = ArchivePace(
    name="wayback",
    hosts=("web.archive.org", "archive.org", "*.archive.org"),
    endpoints=(
        EndpointPace(
            name="index",
            # `__wb` is undocumented; the front end that it serves asks the index.
            paths=("/cdx", "/web/timemap", "/__wb", "/web/__wb"),
            budget=Budget(requests=24, seconds=60.0),
        ),
        # 8 in any second is 480 in any minute.
        EndpointPace(name="playback", paths=("/web/",), budget=Budget(requests=8, seconds=1.0)),
        # Metadata, uploads, the availability API: limits unknown (2026-06), so one a second.
        EndpointPace(name="other", paths=("/",), budget=Budget(requests=1, seconds=1.0)),
    ),
    connections=4,  # many new connections are themselves a trigger of bans (EDGI #137)
    throttle_pages=("web.archive.org/429.html",),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class PaceSettings:
    """All manners of asking in one place."""

    archives: tuple[ArchivePace, ...] = (WAYBACK,)
    host: HostPace = field(default_factory=HostPace)
    hosts: tuple[HostPace, ...] = ()  # exceptions; the first whose pattern matches holds
    max_concurrency: int = 128  # requests in flight over all hosts: lychee's default
    longest_rest: float = 86_400.0  # a Retry-After beyond a day is a mistake or a trap
    host_patience: float = 600.0  # a longer rest of a host is not waited out in this run
    archive_asks: int = 3  # times that one request may meet a 429 of its archive
    host_asks: int = 2  # the same of a host: then its 429 is the answer
    fruitless_pauses: int = 3  # pauses in a row without a good answer end the waiting
    ban_memory: float = (
        86_400.0  # seconds after a ban's end in which the next one counts as a repetition
    )

    def __post_init__(self) -> None:
        if self.max_concurrency < 1:
            raise ValueError("max_concurrency must be at least 1")
        if min(self.archive_asks, self.host_asks) < 1:
            raise ValueError("archive_asks and host_asks must be at least 1")


# Every layer in place and nothing held back: what the benchmarks and loopback tests run with.
WIDE_OPEN = PaceSettings(
    archives=(), host=HostPace(connections=1_000_000, interval=0.0), max_concurrency=1_000_000
)
