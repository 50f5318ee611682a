"""The one writer as lanes see it: a bounded basket, and what is in it committed at once."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from functools import partial
from typing import Protocol

import anyio

from linkcheck.model.observation import (
    ArchiveObservation,
    HostObservation,
    LiveObservation,
)
from linkcheck.scan.basket import ROOM, Basket
from linkcheck.scan.progress import Progress
from linkcheck.scan.toll import LIVE
from linkcheck.store import ArchiveSighting, Seen

MOST = 2_000
"""Observations of one transaction."""

WITHIN = 0.04
"""Seconds that the first of a batch waits for others: with the commit itself 50 ms."""

MANY, LONGER = 200, 0.2
"""After so many of one transaction the next ones wait for longer: then they come by the thousand,
from pages of an index, and each transaction writes every page of the store that it has touched."""


class Commits(Protocol):
    """What is written to: the store's own writer."""

    def commit(self, observations: list[Seen], /) -> Sequence[Seen]:
        """Keep observations, durable when it returns; return the first ones of their subjects."""
        ...


class BasketKeeper:
    """Take in what all lanes see."""

    def __init__(self, basket: Basket[Seen]) -> None:
        self._basket = basket

    async def keep(self, observation: Seen) -> None:
        """Hand an observation to the writer; waits where it is behind."""
        await self.keep_all((observation,))

    async def keep_all(self, observations: Sequence[Seen]) -> None:
        """Hand over some at once; whoever is stopped while it waits has handed them over too."""
        if self._basket.is_full:
            with anyio.CancelScope(shield=True):
                await self._basket.room()
        self._basket.put(observations)


class Keeping:
    """Write what lanes have seen, in batches, and count it."""

    def __init__(
        self,
        writer: Commits,
        progress: Progress,
        *,
        blocking: Callable[[Callable[[], Sequence[Seen]]], Awaitable[Sequence[Seen]]],
        sync: Callable[[], Awaitable[None]] | None = None,
        hosts: Mapping[str, int] | None = None,
    ) -> None:
        self._writer = writer
        self._progress = progress
        self._blocking = blocking
        self._sync = sync
        self._hosts = dict(hosts or {})  # originals of each host: one finding may stand for all

    async def write(self, basket: Basket[Seen]) -> None:
        """Write until the basket is closed and empty; what was handed over is never lost."""
        many = False
        try:
            while await basket.any():
                if len(basket) <= ROOM // 2:
                    await anyio.sleep(LONGER if many else WITHIN)
                batch = basket.take(MOST)
                many = len(batch) >= MANY
                await self._commit(batch)
        finally:
            basket.close()  # nobody shall wait for room that will never be

    async def _commit(self, batch: list[Seen]) -> None:
        with anyio.CancelScope(shield=True):
            if self._sync is not None:
                await self._sync()  # what a finding rests on is on the disk before it is
            told = await self._blocking(partial(self._writer.commit, batch))
        self._count(batch, told)

    def _count(self, batch: list[Seen], told: Sequence[Seen]) -> None:
        """Count each subject once, and with a host all that it stands for."""
        for observation in told:
            match observation:
                case ArchiveObservation():
                    self._progress.lane(observation.evidence.archive).done += 1
                case ArchiveSighting():
                    self._progress.lane(observation.archive).done += 1
                case LiveObservation():
                    self._progress.lane(LIVE).done += 1
                case _:
                    continue
        for observation in batch:
            if isinstance(observation, HostObservation) and observation.finding is not None:
                lane = self._progress.lane(LIVE)
                more = self._hosts.pop(observation.host, 0)
                lane.done = min(lane.done + more, lane.total)
