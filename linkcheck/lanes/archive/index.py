"""The index side: pages of bulk queries, joined, judged and handed on as they come."""

from datetime import datetime

import anyio.lowlevel
from msgspec.structs import replace

from linkcheck.lanes.archive.case import is_doubtful
from linkcheck.lanes.archive.headway import resumed
from linkcheck.lanes.archive.job import Pursue, Replay, Singles, Why
from linkcheck.lanes.archive.ledger import Mark
from linkcheck.lanes.archive.run import Run
from linkcheck.model.batch import Batch, Method
from linkcheck.model.evidence import Listing
from linkcheck.model.exchange import Purpose
from linkcheck.model.holding import Holding
from linkcheck.model.index import SILENCE, IndexQuery, IndexState, Scope
from linkcheck.model.observation import Headway
from linkcheck.model.verdict import ArchiveVerdict
from linkcheck.plan.batches import singly
from linkcheck.plan.cursor import PageEnd
from linkcheck.plan.join import join
from linkcheck.plan.pursuit import Move, advance, begin
from linkcheck.verdicts.listing import absence

_BREATH = 64  # holdings between two looks at what else there is to do
_TAKEN = frozenset({IndexState.MORE, IndexState.WHOLE})
NOT_REPLAYED = "only a replay could tell, and none was wanted"


class IndexSide:
    """Pursue bulk queries page by page."""

    def __init__(self, run: Run) -> None:
        self._run = run

    async def hand_out(self, batch: Batch) -> None:
        """Give a batch to those who work on it."""
        run, first, end = self._run, batch.first, batch.end
        if batch.method is Method.INDEX:
            self._pursue(Pursue(host=batch.host, asks=batch.asks, pursuit=begin(batch)))
        elif run.settings.playback.nothing:
            await run.leave(first, end, Listing.NOT_ASKED, NOT_REPLAYED)
        else:
            job = Singles(first=first, end=end, asks=batch.asks)
            run.playback.add((Why.SINGLE, -batch.asks, first), job)

    async def begin(self, batch: Batch, known: Headway | None) -> None:
        """Begin a batch, or go on with it from where an earlier run was."""
        run = self._run
        rest = None
        asks = run.asks(batch.first, batch.end)
        if batch.method is Method.INDEX and batch.asks > asks and asks < run.prices.worthwhile:
            await self._ask_singly(batch.first, batch.end)  # what the round has left of it
            return
        if known is not None:
            rest = resumed(batch, known, run.subjects, run.prices, run.oldest, run.asks)
        if rest is None and batch.method is Method.INDEX:
            await self.hand_out(batch)
            return
        if rest is None:
            for row in run.left(batch.first, batch.end):
                await self.hand_out(replace(batch, first=row[0], end=row[1], asks=run.asks(*row)))
            return
        self._pursue(rest)
        await self._ask_singly(batch.first, rest.pursuit.cursor.place)

    async def work(self, job: Pursue) -> None:
        """Ask for one page and draw the conclusion."""
        run, pursuit = self._run, job.pursuit
        answer = await run.desk.ask(run.archive.index_request(pursuit.query))
        if answer is None:
            return
        absent: list[Holding] = []
        page: PageEnd | None = None
        rows = run.archive.read_index(pursuit.query, answer)
        items = join(pursuit.cursor, run.subjects, rows, answer.record)
        for count, item in enumerate(items, start=1):
            if isinstance(item, PageEnd):
                page = item
            elif item.absent:
                absent.append(item)
            else:
                await self._hold(item, answer.asked_at)
            if count % _BREATH == 0:
                await anyio.lowlevel.checkpoint()
        if page is None:
            return  # the join always ends with one
        silent = page.end.state in SILENCE and not page.rows
        run.desk.heed(Purpose.INDEX, told=not silent, reason=page.end.reason)
        if job.anew is not None and page.end.state not in _TAKEN:
            # A key from another day that is not taken, or leads to nothing: from the beginning.
            self._pursue(replace(job, pursuit=begin(job.anew), anew=None))
            return
        for holding in absent:
            await self._absent(holding, pursuit.query, page, answer.asked_at)
        await self._move(job, page, answer.asked_at)

    async def _hold(self, holding: Holding, at: datetime) -> None:
        run, place = self._run, holding.place
        known = run.holding(place) if holding.late or not holding.whole else None
        if known is not None:
            more = tuple(row for row in holding.rows if row not in known.rows)
            holding = replace(
                known,
                rows=(*known.rows, *more),
                count=known.count + len(more),
                records=tuple(dict.fromkeys((*known.records, *holding.records))),
            )
        run.shelf.put(holding)
        if not holding.whole:
            return  # its other rows did not come: it is asked by itself
        run.shares.add(holding)
        subject = run.subjects[place]
        async with run.turn:
            for slot, want in run.ledger.every(place):
                if run.ledger.has(slot, Mark.REPLAYED):
                    continue
                evidence = run.cases.listed(subject, want, holding, at)
                observation = await run.conclude(place, slot, want, evidence, holding)
                doubtful = run.settings.playback.doubtful and is_doubtful(observation, holding)
                if doubtful or run.settings.playback.everything:
                    self.replay(place, want.timestamp, Why.DOUBT)
                else:
                    run.ledger.list(slot, evidence.row.timestamp if evidence.row else "")

    async def _absent(
        self, holding: Holding, query: IndexQuery, page: PageEnd, at: datetime
    ) -> None:
        """Hand on an absence, and have it confirmed where the answer alone does not prove it."""
        run, place = self._run, holding.place
        run.shelf.put(holding)
        listing = absence(query, page.end)
        if listing is Listing.EMPTY and not run.archive.keyed:
            # pywb says the same of a collection that it does not have (2.10): playback tells.
            listing = Listing.BULK_ABSENT
        subject = run.subjects[place]
        moment: tuple[str | None] | None = None
        for slot, want in run.ledger.every(place):
            async with run.turn:
                if run.ledger.has(slot, Mark.REPLAYED):
                    return
                evidence = run.cases.listed(
                    subject, want, holding, at, absence=listing, reason=page.end.reason
                )
                observation = await run.conclude(place, slot, want, evidence, holding)
            if observation.finding.verdict is ArchiveVerdict.UNKNOWN:
                moment = moment or (want.timestamp,)
        wanted = run.settings.playback
        if moment is not None and (wanted.doubtful or wanted.everything):
            run.confirmations += self.replay(place, moment[0], Why.DOUBT, leads=True)

    async def _move(self, job: Pursue, page: PageEnd, at: datetime) -> None:
        run = self._run
        move = advance(job.pursuit, page, run.subjects, run.prices, run.settings.planning)
        records = () if page.cursor.record is None else (page.cursor.record,)
        for first, end in move.withheld:
            await run.leave(first, end, Listing.EXCLUDED, move.step.reason, records)
        for first, end in move.undecided:
            await run.leave(first, end, Listing.UNTOLD, move.step.reason, records)
        if page.rows or move.pursuit is None:
            await self._headway(job, move, page, at)
        exact = job.pursuit.query.scope is Scope.EXACT
        for first, end in move.singles:
            await self._ask_singly(first, end, listed=exact)
        if move.pursuit is not None:
            self._pursue(replace(job, pursuit=move.pursuit, anew=None))

    async def _headway(self, job: Pursue, move: Move, page: PageEnd, at: datetime) -> None:
        """Hand on how far a host has come; what did not answer is gone on with another day."""
        if job.pursuit.query.scope is Scope.EXACT or move.undecided:
            return
        await self._run.keeper.keep(
            Headway(
                archive=self._run.archive.name,
                host=job.host,
                at=at,
                query=None if move.pursuit is None else move.pursuit.query,
                key=page.cursor.key,
                rows_each=move.course.rows_each if move.course.rows else None,
                record=page.cursor.record,
            )
        )

    async def _ask_singly(self, first: int, end: int, *, listed: bool = False) -> None:
        """Ask one by one; what an exact query could not tell is not put to the index again."""
        run = self._run
        for row in run.left(first, end):
            for batch in singly(run.subjects, *row, run.prices, run.page_rows):
                playback = replace(batch, method=Method.PLAYBACK, query=None)
                await self.hand_out(playback if listed else batch)

    def _pursue(self, job: Pursue) -> None:
        self._run.index.add((-job.asks, job.host, job.pursuit.cursor.place), job)

    def replay(self, place: int, moment: str | None, why: Why, *, leads: bool = False) -> bool:
        """Have a moment replayed, once; tell whether it was not asked for before."""
        run = self._run
        slots = [slot for slot, _ in run.ledger.wants(place, moment)]
        if run.settings.playback.nothing or any(
            run.ledger.has(slot, Mark.QUEUED) for slot in slots
        ):
            return False
        for slot in slots:
            run.ledger.add(slot, Mark.QUEUED)
        job = Replay(place=place, moment=moment, why=why, leads=leads)
        run.playback.add((why, place, moment or ""), job)
        return True
