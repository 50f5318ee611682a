"""A round that an earlier run did not bring to its end is gone on with, not begun anew.

What that run had concluded is in the store, but some of it only once all pages are in: bodies that
unrelated articles share, the round of sole witnesses, the sample. And absences that wait for their
replay are not put to the index a second time.
"""

from collections.abc import Iterable, Iterator

import anyio.lowlevel

from linkcheck.lanes.archive.case import is_doubtful
from linkcheck.lanes.archive.index import IndexSide
from linkcheck.lanes.archive.job import Why
from linkcheck.lanes.archive.ledger import Mark
from linkcheck.lanes.archive.run import Run
from linkcheck.model.evidence import ArchiveEvidence, Listing
from linkcheck.model.holding import Holding
from linkcheck.model.observation import ArchiveObservation
from linkcheck.verdicts.chain import Replay, replay_of

_BREATH = 64
_ROWS = frozenset({Listing.LISTED, Listing.NEARBY})
_NONE = frozenset({Listing.EMPTY, Listing.BULK_ABSENT})
_TOLD = _ROWS | _NONE | {Listing.EXCLUDED}

Seen = list[tuple[int, ArchiveObservation]]  # by the slots of their wants


async def take_up(run: Run, index: IndexSide) -> None:
    """Put everything in its place again that runs of the same round have seen."""
    subjects = _by_subject(run, run.history.begun())
    for count, (place, seen) in enumerate(subjects, start=1):
        if count % _BREATH == 0:
            await anyio.lowlevel.checkpoint()
        _take(run, index, place, seen)


def _by_subject(run: Run, begun: Iterable[ArchiveObservation]) -> Iterator[tuple[int, Seen]]:
    """Yield what was seen of each subject; `begun` is sorted by their keys."""
    here, seen = -1, Seen()
    for one in begun:
        place = run.subjects.place_of(one.key)
        if place is None or not _has_told(one.evidence):
            continue
        if place != here:
            if seen:
                yield here, seen
            here, seen = place, []
        seen += ((slot, one) for slot, want in run.ledger.every(place) if want == one.want)
    if seen:
        yield here, seen


def _has_told(evidence: ArchiveEvidence) -> bool:
    """Tell an answer from silence, which is asked again."""
    if evidence.chain:
        return replay_of(evidence.chain) is not Replay.UNTOLD
    return evidence.listing in _TOLD


def _take(run: Run, index: IndexSide, place: int, seen: Seen) -> None:
    holding = _holding(run, place, [one.evidence for _, one in seen])
    if holding is not None:
        run.shelf.put(holding)
        run.shares.add(holding)
    for slot, one in seen:
        run.ledger.note(slot, one.finding.verdict)
        run.ledger.add(slot, Mark.BEGUN)
        if one.evidence.chain:
            _take_replay(run, place, slot, one.evidence)
            run.begun += _was_settled(run, place, one, holding)
    wanted = run.settings.playback
    for slot, one in seen:
        if one.evidence.chain or one.evidence.listing is Listing.EXCLUDED:
            continue
        if wanted.everything or (wanted.doubtful and is_doubtful(one, None)):
            absent = holding is not None and holding.absent
            index.replay(place, one.want.timestamp, Why.DOUBT, leads=absent)
            if absent:
                break  # as on the day: one replay speaks for all moments
        else:
            run.ledger.list(slot, one.evidence.row.timestamp if one.evidence.row else "")


def _take_replay(run: Run, place: int, slot: int, evidence: ArchiveEvidence) -> None:
    run.ledger.add(slot, Mark.QUEUED | Mark.REPLAYED)
    run.shelf.put_replay(slot, evidence)
    fixity = evidence.fixity
    if evidence.content is not None and fixity is not None and fixity.sha256 is not None:
        run.bodies.note(fixity.sha256, place)


def _was_settled(run: Run, place: int, seen: ArchiveObservation, holding: Holding | None) -> bool:
    """Tell a replay that no doubt asked for: the sample's, or the round's of sole witnesses."""
    if holding is None or not holding.rows:
        return False
    subject = run.subjects[place]
    evidence = run.cases.listed(subject, seen.want, holding, seen.evidence.seen_at)
    observed = run.cases.observed(subject, seen.want, evidence, holding)
    return not is_doubtful(observed, holding)


def _holding(run: Run, place: int, evidences: list[ArchiveEvidence]) -> Holding | None:
    """Return the rows that were kept with the conclusions; None where none of them had any."""
    rows = tuple(
        dict.fromkeys(
            row
            for one in evidences
            if one.listing in _ROWS
            for row in (one.row, one.before, one.after)
            if row is not None
        )
    )
    if not rows and not any(one.listing in _NONE for one in evidences):
        return None
    key = run.subjects.keys[place]
    return Holding(place=place, key=key, rows=rows, count=len(rows))
