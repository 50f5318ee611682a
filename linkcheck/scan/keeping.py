"""The one writer as lanes see it: a bounded stream, and what is in it committed at once."""

from collections.abc import Awaitable, Callable, Mapping
from typing import Protocol

import anyio
from anyio.streams.memory import MemoryObjectReceiveStream, MemoryObjectSendStream

from linkcheck.model.observation import (
    ArchiveObservation,
    HostObservation,
    LiveObservation,
    Observation,
)
from linkcheck.scan.progress import Progress
from linkcheck.scan.toll import LIVE

WAITING = 1_024
"""Observations that may wait: lanes are held back where the disk is slower than the network."""

MOST = 2_000
"""Observations of one transaction."""

WITHIN = 0.04
"""Seconds that the first of a batch waits for others: with the commit itself 50 ms."""


class Commits(Protocol):
    """What is written to: the store's own writer."""

    def commit(self, observations: list[Observation], /) -> None:
        """Keep observations, durable when it returns."""
        ...


class StreamKeeper:
    """Take in what all lanes see."""

    def __init__(self, stream: MemoryObjectSendStream[Observation]) -> None:
        self._stream = stream

    async def keep(self, observation: Observation) -> None:
        """Hand an observation to the writer; waits where it is behind."""
        await self._stream.send(observation)


class Keeping:
    """Write what lanes have seen, in batches, and count it."""

    def __init__(
        self,
        writer: Commits,
        progress: Progress,
        *,
        blocking: Callable[[Callable[[], None]], Awaitable[None]],
        sync: Callable[[], Awaitable[None]] | None = None,
        hosts: Mapping[str, int] | None = None,
    ) -> None:
        self._writer = writer
        self._progress = progress
        self._blocking = blocking
        self._sync = sync
        self._hosts = dict(hosts or {})  # originals of each host: one finding may stand for all
        self._seen: set[int] = set()

    async def write(self, stream: MemoryObjectReceiveStream[Observation]) -> None:
        """Write until the lanes have let go of the stream; what was handed over is never lost."""
        async with stream:
            async for first in stream:
                batch = await _batch(first, stream)
                with anyio.CancelScope(shield=True):
                    if self._sync is not None:
                        await self._sync()  # what a finding rests on is on the disk before it is
                    await self._blocking(lambda batch=batch: self._writer.commit(batch))  # type: ignore[misc]  # a lambda's default has no type
                self._count(batch)

    def _count(self, batch: list[Observation]) -> None:
        for observation in batch:
            match observation:
                case ArchiveObservation():
                    name = observation.evidence.archive
                    mark = hash((name, observation.key, observation.want))
                case LiveObservation():
                    name, mark = LIVE, hash(observation.evidence.original)
                case HostObservation(finding=found) if found is not None:
                    lane = self._progress.lane(LIVE)
                    more = self._hosts.pop(observation.host, 0)
                    lane.done = min(lane.done + more, lane.total)
                    continue
                case _:
                    continue
            if mark not in self._seen:
                self._seen.add(mark)
                self._progress.lane(name).done += 1


async def _batch(
    first: Observation, stream: MemoryObjectReceiveStream[Observation]
) -> list[Observation]:
    batch = [first]
    if stream.statistics().current_buffer_used <= WAITING // 2:
        await anyio.sleep(WITHIN)
    # Never waited for with a timeout: what arrives at that moment could be lost.
    while len(batch) < MOST:
        try:
            batch.append(stream.receive_nowait())
        except (anyio.WouldBlock, anyio.EndOfStream):
            break
    return batch
