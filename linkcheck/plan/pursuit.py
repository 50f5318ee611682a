"""A host on its way: the query that runs, how far it has come, and what is still behind it."""

from msgspec.structs import replace

from linkcheck.model.batch import Batch
from linkcheck.model.index import IndexQuery, Scope
from linkcheck.model.noun import Noun
from linkcheck.plan.batches import bulk
from linkcheck.plan.course import Ahead, Course, Step, Way, learn, next_step
from linkcheck.plan.cursor import Cursor, PageEnd
from linkcheck.plan.prices import Prices
from linkcheck.plan.spelling import host_of
from linkcheck.plan.subjects import Subjects
from linkcheck.plan.window import OPEN, window
from linkcheck.settings.planning import PlanningSettings
from linkcheck.urls.urlkey import urlkey

Range = tuple[int, int]


class Pursuit(Noun, frozen=True, kw_only=True):
    """All that is needed to send the next request for a host, in this run or the next."""

    query: IndexQuery
    cursor: Cursor
    course: Course = Course()
    beyond: int  # after the host's last subject


class Move(Noun, frozen=True, kw_only=True):
    """What follows from a page."""

    step: Step
    course: Course  # with this page
    pursuit: Pursuit | None = None  # to go on with; None: the host's bulk queries are over
    singles: tuple[Range, ...] = ()  # places to be asked for one by one
    undecided: tuple[Range, ...] = ()  # places of which this run will not know
    withheld: tuple[Range, ...] = ()


def begin(batch: Batch) -> Pursuit:
    """Return the beginning of a bulk batch."""
    if batch.query is None:
        raise ValueError(f"{batch.host}: a batch of {batch.method} has no query")
    cursor = Cursor(place=batch.first, end=batch.end, limit=batch.query.limit)
    return Pursuit(query=batch.query, cursor=cursor, beyond=batch.end)


def advance(
    pursuit: Pursuit,
    page: PageEnd,
    subjects: Subjects,
    prices: Prices,
    settings: PlanningSettings,
) -> Move:
    """Draw the conclusion from a page: the next query, and what is left to playback."""
    course = learn(pursuit.course, page, prices)
    reached, beyond = page.cursor.place, pursuit.beyond
    ahead = Ahead(
        keys=subjects.keys,
        first=reached,
        end=pursuit.cursor.end,
        beyond=beyond,
        prefix=prefix_of(pursuit.query),
    )
    step = next_step(course, page, ahead, prices, settings)
    rest: tuple[Range, ...] = ((reached, beyond),) if reached < beyond else ()
    match step.way:
        case Way.GO_ON:
            query = replace(pursuit.query, resume=page.end.resume)
            going = replace(pursuit, query=query, cursor=page.cursor, course=course)
            return Move(step=step, course=course, pursuit=going, singles=page.untold)
        case Way.AGAIN:
            return Move(step=step, course=course, pursuit=replace(pursuit, course=course))
        case Way.LEAP:
            skipped = ((reached, step.first),) if reached < step.first else ()
            leaping = _leaping(pursuit, page, step, subjects, settings)
            going = replace(leaping, course=course)
            return Move(step=step, course=course, pursuit=going, singles=(*page.untold, *skipped))
        case Way.SOME | Way.LEAVE:
            place = pursuit.cursor.place
            tried = max(place, step.end)
            some = ((place, tried),) if place < tried else ()
            left = ((tried, beyond),) if tried < beyond else ()
            return Move(step=step, course=course, singles=some, undecided=left)
        case Way.WITHHELD:
            covered = (pursuit.cursor.place, pursuit.cursor.end)
            behind = ((covered[1], beyond),) if covered[1] < beyond else ()
            return Move(step=step, course=course, withheld=(covered,), singles=behind)
        case _:
            return Move(step=step, course=course, singles=(*page.untold, *rest))


def prefix_of(query: IndexQuery) -> str:
    """Return what all keys begin with that a query asks for."""
    key = urlkey(query.url)
    return f"{host_of(key)})/" if query.scope is Scope.HOST else key


def _leaping(
    pursuit: Pursuit, page: PageEnd, step: Step, subjects: Subjects, settings: PlanningSettings
) -> Pursuit:
    hot = page.keys >= settings.hot_keys and page.rows > settings.hot_rows * page.keys
    bounds = window(subjects, step.first, step.end, settings.window_days) if hot else OPEN
    limit = pursuit.query.limit
    batch = bulk(subjects, step.first, step.end, step.prefix, limit, bounds)
    following = begin(batch)
    cursor = replace(following.cursor, window=bounds)
    return replace(following, cursor=cursor, beyond=pursuit.beyond)
