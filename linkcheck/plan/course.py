"""After each page of a bulk query: go on, skip ahead, or ask for the rest one by one."""

from enum import StrEnum

from msgspec.structs import replace

from linkcheck.model.exchange import FailureKind
from linkcheck.model.index import IndexState
from linkcheck.model.noun import Noun
from linkcheck.plan.batches import askable, shared_beginning
from linkcheck.plan.cursor import PageEnd
from linkcheck.plan.packed import Keys
from linkcheck.plan.prices import Prices
from linkcheck.settings.planning import PlanningSettings

_LAST = "\U0010ffff"  # sorts behind whatever a key can hold
_NO_ANSWER = frozenset({IndexState.SILENT, IndexState.THROTTLED, IndexState.OFFLINE})
# Of a host too big for its scan (504s and timeouts, IA #285): it says nothing of the archive.
_TOO_MUCH = frozenset({FailureKind.READ_TIMEOUT, FailureKind.DEADLINE, FailureKind.TOO_LARGE})
_FAULTY = frozenset({IndexState.CUT, IndexState.UNREADABLE})


class Way(StrEnum):
    """What to do next with a batch."""

    GO_ON = "go-on"  # with the resume key
    AGAIN = "again"  # the same page once more
    LEAP = "leap"  # a new query, from a deeper prefix on
    SINGLES = "singles"  # playback for all that is left
    DONE = "done"
    WITHHELD = "withheld"  # the archive excludes what was asked for
    SOME = "some"  # playback for a part of it; of the rest nothing is concluded in this run
    LEAVE = "leave"  # no answer at all: nothing is concluded in this run


class Step(Noun, frozen=True, kw_only=True):
    """The next step, and why."""

    way: Way
    reason: str
    prefix: str = ""  # of a LEAP
    first: int = 0  # subjects under it; those before are asked for one by one
    end: int = 0


class Ahead(Noun, frozen=True, kw_only=True):
    """The subjects that were not passed: under the query that is running, and behind it."""

    keys: Keys  # of all subjects
    first: int
    end: int  # of those that the query covers
    beyond: int  # of the host
    prefix: str = ""  # of every key that the query asks for


class Course(Noun, frozen=True, kw_only=True):
    """What the pages of one host have taught so far."""

    pages: int = 0
    answered: int = 0  # moments
    rows: int = 0
    found: int = 0
    yield_: float | None = None  # moments a page answers, the latest counting most
    lost: float = 0.0  # in playback requests
    rereads: int = 0

    @property
    def rows_each(self) -> float:
        """Return how many rows passed for each subject that was found: the next run's guess."""
        return self.rows / max(self.found, 1)


def learn(course: Course, page: PageEnd, prices: Prices) -> Course:
    """Add a page to what is known of a host."""
    known = course.yield_
    return replace(
        course,
        pages=course.pages + 1,
        answered=course.answered + page.asks,
        rows=course.rows + page.rows,
        found=course.found + page.found,
        yield_=float(page.asks) if known is None else (known + page.asks) / 2,
        lost=max(0.0, course.lost + prices.index - page.asks * prices.single),
        rereads=course.rereads + 1 if _is_faulty(page) else 0,
    )


def next_step(
    course: Course, page: PageEnd, ahead: Ahead, prices: Prices, settings: PlanningSettings
) -> Step:
    """Decide what the next request for a host is; `course` knows the page already.

    A page is worth the playback requests that it saved; what it answered is expected of the next.
    """
    ending = _ending(course, page, ahead, settings)
    if ending is not None:
        return ending
    here, rest = ahead.end - ahead.first, (ahead.beyond - ahead.first) * prices.single
    open_ended = page.end.state is IndexState.MORE and not page.loop and here > 0
    worth = min(course.yield_ or 0.0, here) * prices.single
    if open_ended and worth >= prices.index:
        return Step(way=Way.GO_ON, reason=f"a page saves {worth:.0f} playbacks")
    if course.lost > max(settings.least_venture * prices.index, settings.venture * rest):
        lost = f"{course.lost:.0f} playbacks' worth of pages were lost"
        return Step(way=Way.SINGLES, reason=lost)
    broken = not page.complete and not open_ended
    at = page.cursor.key or ahead.prefix
    leap = _leap(at, ahead, prices, by_character=broken)
    if leap is not None:
        return leap
    if open_ended and here * prices.single >= prices.index:
        return Step(way=Way.GO_ON, reason="pages may yet become worth their price")
    return Step(way=Way.SINGLES, reason="no page ahead is worth its price")


def _ending(course: Course, page: PageEnd, ahead: Ahead, settings: PlanningSettings) -> Step | None:
    """Return the step that the mere form of an answer dictates; None where its worth decides."""
    state, answer = page.end.state, page.end.reason or page.end.state
    slow = page.end.failure in _TOO_MUCH
    if state in _NO_ANSWER and not slow:
        return Step(way=Way.LEAVE, reason=answer)
    if state is IndexState.EXCLUDED:
        return Step(way=Way.WITHHELD, reason=answer)
    if ahead.first == ahead.beyond:
        return Step(way=Way.DONE, reason="every subject was passed")
    if _is_faulty(page) and course.rereads <= settings.rereads:
        return Step(way=Way.AGAIN, reason=answer)
    if state is IndexState.UNREADABLE and not page.rows:
        # An empty body with status 200 is how the limiter refuses (2026), and then it says nothing
        # of one host; or this host's rows are broken, and only playback will ever tell.
        end = min(ahead.first + settings.unread_singles, ahead.beyond)
        return Step(way=Way.SOME, reason=answer, first=ahead.first, end=end)
    return None


def _is_faulty(page: PageEnd) -> bool:
    faulty = page.end.failure in _TOO_MUCH or page.end.state in _FAULTY
    return faulty and not page.complete


def _leap(here: str, ahead: Ahead, prices: Prices, *, by_character: bool) -> Step | None:
    """Find the next part of the host that is not where the last page ended."""
    first = ahead.first
    while first < ahead.beyond:
        prefix = _parting(here, ahead.keys[first], by_character=by_character)
        if here.startswith(prefix):
            first += 1  # a page without end of its own, in the middle of which the answer stands
            continue
        after = ahead.keys.place_from(prefix + _LAST, first, ahead.beyond)
        reach = max(after - first, 1)
        if reach >= prices.worthwhile and askable(prefix) == prefix:
            if by_character:
                shared = shared_beginning(ahead.keys[first], ahead.keys[first + reach - 1])
                prefix = max(prefix, askable(shared), key=len)
            reason = f"{reach} subjects are under {prefix}"
            return Step(way=Way.LEAP, reason=reason, prefix=prefix, first=first, end=first + reach)
        first += reach
    return None


def _parting(here: str, key: str, *, by_character: bool) -> str:
    """Return the shortest prefix of a key that excludes a place, by whole parts of the path.

    Where answers break off, a part may be too much for one; then it is cut anywhere.
    """
    same = len(shared_beginning(here, key))
    if by_character:
        return key[: same + 1]
    end = min((at for at in (key.find(mark, same + 1) for mark in "/?") if at > 0), default=-1)
    return key if end < 0 else key[:end]
