"""Bodies under several names: found, shown by one replay, and judged wherever they rest."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass

import anyio.lowlevel
from msgspec.structs import replace

from linkcheck.fixity import is_of_nothing, same_digest
from linkcheck.lanes.archive.index import IndexSide
from linkcheck.lanes.archive.job import Why
from linkcheck.lanes.archive.ledger import Mark
from linkcheck.lanes.archive.run import Run
from linkcheck.lanes.archive.sharing import Shown, shown_by, unrelated, was_led
from linkcheck.model.evidence import ArchiveEvidence, Sharing
from linkcheck.model.holding import Holding
from linkcheck.plan.shares import mark
from linkcheck.verdicts.listing import Choice

_GOOD = range(200, 300)


@dataclass(slots=True)
class _Body:
    """A body that unrelated articles rest on, until a replay shows what it is."""

    digest: str
    articles: int
    stood_in: int
    resting: list[tuple[int, int]]  # place and slot of the wants whose capture it is
    shown: Shown = Shown.UNTOLD

    @property
    def sharing(self) -> Sharing:
        """Return what is known of it at the moment."""
        return Sharing(
            articles=self.articles,
            confirmed=self.shown is Shown.PLACEHOLDER,
            genuine=self.shown is Shown.GENUINE,
        )


class Bodies:
    """Look into the bodies that unrelated articles rest on."""

    def __init__(self, run: Run, index: IndexSide) -> None:
        self._run = run
        self._index = index
        self._bodies: dict[int, _Body] = {}  # by the slots of the wants that rest on them

    async def pages_are_in(self) -> None:
        """Suspect the bodies that rows show to be shared, and have each replayed once."""
        run = self._run
        shared = run.shares.shared(run.settings.judging.shared_by)
        for number, places in _in_order(shared):
            await anyio.lowlevel.checkpoint()
            body = self._body(number, places, shared.keys())
            if body is None:
                continue
            run.shared += 1
            self._bodies |= dict.fromkeys((slot for _, slot in body.resting), body)
            for place, slot in body.resting:
                await self._revise(place, slot, body)
            await self._have_it_shown(body)

    async def shown(self, slot: int, evidence: ArchiveEvidence) -> None:
        """Learn from a replay what a shared body is, and judge all that rest on it."""
        body = self._bodies.get(slot)
        if body is None or body.shown is not Shown.UNTOLD:
            return
        body.shown = shown_by(evidence, body.digest, body.stood_in)
        if body.shown is not Shown.UNTOLD:
            for place, resting in body.resting:
                await self._revise(place, resting, body)

    async def replays_are_in(self) -> None:
        """Look into bodies that are the same though no row says so: those of single replays."""
        run = self._run
        for number, places in _in_order(run.bodies.shared(run.settings.judging.shared_by)):
            await self._same_bytes(number, places)

    async def _same_bytes(self, number: int, places: tuple[int, ...]) -> None:
        run, least = self._run, self._run.settings.judging.shared_by
        # Without their evidence: it may be that of every page of a site that is closed.
        group = [
            (place, slot)
            for place, slot, evidence in self._replayed(places)
            if evidence.content is not None
            and evidence.content.size
            and evidence.fixity is not None
            and evidence.fixity.sha256 is not None
            and mark(evidence.fixity.sha256) == number  # other bodies stand there too
        ]
        keys = {run.subjects.keys[place] for place, _ in group}
        articles = unrelated(sorted(keys), run.citations)
        if len(keys) < least or articles < least:
            return
        run.shared += 1
        for place, slot in group:
            replayed = run.shelf.replay(slot)
            if replayed is not None and shown_by(replayed, None, 0) is Shown.PLACEHOLDER:
                body = _Body("", articles, 0, [(place, slot)], Shown.PLACEHOLDER)
                await self._revise(place, slot, body)

    def _replayed(self, places: Iterable[int]) -> Iterator[tuple[int, int, ArchiveEvidence]]:
        """Yield the wants of some subjects that were replayed and led nowhere else."""
        run = self._run
        for place in places:
            for slot, _ in run.ledger.every(place):
                evidence = run.shelf.replay(slot)
                if evidence is not None and not was_led(evidence):
                    yield place, slot, evidence

    async def _have_it_shown(self, body: _Body) -> None:
        """Have one of those replayed that rest on a body.

        Where one is to be replayed for another reason, that will do, whether its answer has come
        already or not: which questions are asked must not depend on the order of answers.
        """
        run = self._run
        queued = [slot for _, slot in body.resting if run.ledger.has(slot, Mark.QUEUED)]
        for slot in queued:
            evidence = run.shelf.replay(slot)
            if evidence is not None:
                await self.shown(slot, evidence)
        if not queued and run.settings.playback.doubtful:
            place, slot = body.resting[0]
            moment = run.ledger.want(place, slot).timestamp
            self._index.replay(place, moment, Why.SHARED)

    def _body(self, number: int, places: tuple[int, ...], shared: Collection[int]) -> _Body | None:
        run = self._run
        digest = next(
            (
                row.digest
                for _, holding in self._held(places)
                for row in holding.rows
                if row.digest is not None and mark(row.digest) == number
            ),
            None,
        )
        if digest is None or is_of_nothing(digest):
            return None
        keys = [run.subjects.keys[place] for place in places]
        articles = unrelated(keys, run.citations)
        if articles < run.settings.judging.shared_by:
            return None
        body = _Body(digest, articles, stood_in=0, resting=[])
        for place, holding in self._held(places):
            body.stood_in += _has_its_own(holding, shared)
            for slot, want in run.ledger.every(place):
                if _rests(run.cases.choose(want.timestamp, holding), digest):
                    body.resting.append((place, slot))
        return body if body.resting else None

    def _held(self, places: Iterable[int]) -> Iterator[tuple[int, Holding]]:
        """Yield what rows show of some subjects, one after the other: there may be very many."""
        for place in places:
            holding = self._run.holding(place)
            if holding is not None:
                yield place, holding

    async def _revise(self, place: int, slot: int, body: _Body) -> None:
        """Judge a want again in the light of what its body is."""
        run = self._run
        subject = run.subjects[place]
        want = run.ledger.want(place, slot)
        async with run.turn:
            run.sharing[slot] = body.sharing
            run.ledger.add(slot, Mark.SHARED)
            holding = run.holding(place)
            evidence = run.shelf.replay(slot)
            if evidence is None:
                evidence = run.cases.listed(subject, want, holding, run.now)
            evidence = replace(evidence, sharing=body.sharing)
            await run.conclude(place, slot, want, evidence, holding)


def _in_order(shared: Mapping[int, tuple[int, ...]]) -> list[tuple[int, tuple[int, ...]]]:
    """Return bodies by their places, and marks: what is asked and said is the same in a replay."""
    return sorted(shared.items(), key=lambda item: (item[1], item[0]))


def _rests(choice: Choice | None, digest: str) -> bool:
    row = None if choice is None else choice.row
    return row is not None and same_digest(row.digest, digest)


def _has_its_own(holding: Holding, shared: Collection[int]) -> bool:
    """Tell a name that gave another body of its own, which nobody else has."""
    return any(
        row.status in _GOOD and row.digest is not None and mark(row.digest) not in shared
        for row in holding.rows
    )
