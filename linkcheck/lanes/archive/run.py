"""What all parts of a run share: what is asked, what was seen, and where it goes."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

import anyio

from linkcheck.archives import Archive
from linkcheck.lanes.archive.case import Cases
from linkcheck.lanes.archive.crew import Crew
from linkcheck.lanes.archive.desk import Desk
from linkcheck.lanes.archive.job import Errand, Pursue
from linkcheck.lanes.archive.ledger import Ledger
from linkcheck.lanes.archive.shelf import Shelf
from linkcheck.lanes.archive.witness import Witness
from linkcheck.lanes.keeper import ArchiveHistory, Citations, Keeper
from linkcheck.model.evidence import ArchiveEvidence, Listing, Sharing
from linkcheck.model.holding import Holding
from linkcheck.model.observation import ArchiveObservation
from linkcheck.model.subject import Want
from linkcheck.model.verdict import ArchiveVerdict
from linkcheck.plan.prices import Prices
from linkcheck.plan.shares import Shares
from linkcheck.plan.subjects import Subjects
from linkcheck.settings.archive_lane import ArchiveLaneSettings


@dataclass(slots=True, kw_only=True)
class Run:
    """One run of the lane."""

    archive: Archive
    subjects: Subjects
    settings: ArchiveLaneSettings
    prices: Prices
    now: datetime
    seed: str
    since: date | None
    desk: Desk
    keeper: Keeper
    citations: Citations
    history: ArchiveHistory
    witness: Witness
    shelf: Shelf
    ledger: Ledger
    cases: Cases
    # Whoever looks at what is known of a want and hands on a conclusion holds it meanwhile: else
    # an older conclusion could arrive after a newer one.
    turn: anyio.Lock = field(default_factory=lambda: anyio.Lock(fast_acquire=True))
    index: Crew[Pursue] = field(init=False)
    playback: Crew[Errand] = field(init=False)
    shares: Shares = field(default_factory=Shares)  # by the archive's digests
    bodies: Shares = field(default_factory=Shares)  # by our own, of what was replayed
    sharing: dict[int, Sharing] = field(default_factory=dict)  # wants by slot; few
    drawn: dict[int, ArchiveVerdict] = field(default_factory=dict)  # what the sample's listing said
    begun: int = 0  # replays of what the listing had settled, in earlier runs of the round
    sampled: int = 0
    told: int = 0  # replays of the sample that came to something
    contradicted: int = 0
    replayed: int = 0
    confirmations: int = 0
    shared: int = 0
    witnesses: int = 0
    listed: int = 0  # moments that the sample stands for

    @property
    def page_rows(self) -> int | None:
        """Return how many rows a page may have; None where the archive has no pages."""
        return self.settings.planning.page_rows if self.archive.keyed else None

    @property
    def oldest(self) -> datetime:
        """Return since when an earlier run's place in an index counts."""
        return self.now - timedelta(days=self.settings.headway_days)

    def holding(self, place: int) -> Holding | None:
        """Return the rows that were seen of a subject."""
        return self.shelf.get(place, self.subjects.keys[place])

    def left(self, first: int, end: int) -> Iterator[tuple[int, int]]:
        """Yield, of subjects in a row, those rows that no earlier run of the round has asked for.

        The first place of each, and the one after its last.
        """
        start = first
        for place in range(first, end):
            if self.ledger.is_begun(place):
                if start < place:
                    yield start, place
                start = place + 1
        if start < end:
            yield start, end

    def asks(self, first: int, end: int) -> int:
        """Return how many moments of subjects in a row are still to be asked for."""
        return sum(self.subjects.asks(*row) for row in self.left(first, end))

    async def keep(self, slot: int, observation: ArchiveObservation) -> None:
        """Hand on what one want came to."""
        await self.keeper.keep(observation)
        self.ledger.note(slot, observation.finding.verdict)

    async def conclude(
        self,
        place: int,
        slot: int,
        want: Want,
        evidence: ArchiveEvidence,
        holding: Holding | None,
    ) -> ArchiveObservation:
        """Judge one want and hand it on."""
        subject = self.subjects[place]
        observation = self.cases.observed(subject, want, evidence, holding)
        await self.keep(slot, observation)
        return observation

    async def leave(
        self,
        first: int,
        end: int,
        listing: Listing,
        reason: str,
        records: tuple[str, ...] = (),
    ) -> None:
        """Hand on that this run does not know, or must not know, of subjects in a row."""
        for place in range(first, end):
            subject = self.subjects[place]
            for slot, want in self.ledger.every(place):
                async with self.turn:
                    if self.ledger.verdict(slot) is None:
                        evidence = self.cases.listed(
                            subject,
                            want,
                            None,
                            self.now,
                            absence=listing,
                            reason=reason,
                            records=records,
                        )
                        await self.conclude(place, slot, want, evidence, None)
