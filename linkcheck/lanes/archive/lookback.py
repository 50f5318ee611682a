"""Where any good capture will do: look for one behind a latest one that is an error."""

from collections.abc import Awaitable, Callable

from msgspec.structs import replace

from linkcheck.fixity import is_of_nothing
from linkcheck.lanes.archive.run import Run
from linkcheck.model.archived import ArchivedUrl
from linkcheck.model.capture import Capture
from linkcheck.model.exchange import Purpose, Reply
from linkcheck.model.holding import Holding
from linkcheck.model.index import SILENCE, IndexEnd, IndexQuery, IndexState
from linkcheck.model.noun import Noun
from linkcheck.model.playback import Answer, PlaybackReading

_BACK = 3  # captures that are looked at before the latest one: replays name them for nothing
_GOOD, _ERRORS = range(200, 300), range(400, 600)


class Way(Noun, frozen=True, kw_only=True):
    """A moment followed to its end."""

    chain: tuple[PlaybackReading, ...]
    reply: Reply | None  # the last one


class _Listed(Noun, frozen=True, kw_only=True):
    """What the rows of one original say."""

    end: IndexEnd
    good: Capture | None = None  # the latest one
    untold: Capture | None = None  # the latest redirect, or revisit of nobody knows what
    untolds: int = 0

    @property
    def whole(self) -> bool:
        """Tell that all rows came and could be read."""
        end = self.end
        return end.state is IndexState.WHOLE and not (end.unreadable or end.oversized)


Follow = Callable[[ArchivedUrl, str], Awaitable[Way | None]]


async def any_good(run: Run, follow: Follow, place: int, way: Way, errand: str) -> Way | None:
    """Look at some captures before an error, then ask the index once for all of them.

    None where the run ended on the way. Errors alone condemn only where there is nothing else.
    """
    found: Way | None = way
    for _ in range(_BACK):
        if found is None or not _is_error(found.chain):
            return found
        around = found.chain[-1].neighbours
        if around.previous is None:
            if around.first is not None:
                return way  # it is the first one
            break  # an archive that names no neighbours
        found = await follow(replace(way.chain[0].asked, timestamp=around.previous), errand)
    if found is None or not _is_error(found.chain):
        return found
    held = run.holding(place)
    if held is not None and held.whole:
        return way  # its rows were all seen, and asked was the best of them
    return await _by_index(run, follow, place, way, errand)


async def _by_index(run: Run, follow: Follow, place: int, way: Way, errand: str) -> Way | None:
    """Play the capture that the rows name; where they settle nothing, say so."""
    listed = await _listed(run, place, errand)
    if listed is None:
        return None
    asked, named = way.chain[0].asked, listed.good or listed.untold
    if named is not None:
        found = await follow(replace(asked, timestamp=named.timestamp), errand)
        if listed.good is not None or found is None or not _is_error(found.chain):
            return found
    if listed.whole and listed.untolds <= 1:
        return way
    reason = f"its latest captures are errors, of earlier ones its index: {listed.end.reason}"
    untold = PlaybackReading(asked=asked, answer=Answer.SILENT, reason=reason)
    return Way(chain=(*way.chain, untold), reply=None)


async def _listed(run: Run, place: int, errand: str) -> _Listed | None:
    """Ask the index for one original, and keep the row that counts."""
    subject = run.subjects[place]
    query = IndexQuery(url=subject.original, limit=run.page_rows)
    answer = await run.desk.ask(replace(run.archive.index_request(query), errand=errand))
    if answer is None:
        return None
    good = bad = untold = None
    rows = untolds = 0
    end = IndexEnd(state=IndexState.CUT)
    for item in run.archive.read_index(query, answer):
        if isinstance(item, IndexEnd):
            end = item
            break
        rows += 1  # they come from the oldest on
        if item.status in _GOOD and not is_of_nothing(item.digest):
            good = item
        elif item.status in _ERRORS or item.status in _GOOD:
            bad = item
        else:
            untold, untolds = item, untolds + 1
    silent = end.state in SILENCE and not rows
    run.desk.heed(Purpose.INDEX, told=not silent, reason=end.reason)
    listed = _Listed(end=end, good=good, untold=untold, untolds=untolds)
    row = good or untold or (bad if listed.whole else None)
    if row is not None:
        held = Holding(place=place, key=subject.key, rows=(row,), count=rows, good=int(row is good))
        records = () if answer.record is None else (answer.record,)
        run.shelf.put(
            replace(
                held,
                first=row.timestamp,
                last=row.timestamp,
                whole=listed.whole,
                records=records,
            )
        )
    return listed


def _is_error(chain: tuple[PlaybackReading, ...]) -> bool:
    """Tell an error that was captured of the address itself, not of where it led."""
    last = chain[-1]
    led = any(reading.answer is Answer.REDIRECT for reading in chain)
    return last.answer is Answer.CAPTURE and (last.status or 0) in _ERRORS and not led
