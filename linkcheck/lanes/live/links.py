"""The links of a host that answer each for itself, a few at a time, each teaching the next."""

from dataclasses import dataclass, field
from itertools import islice

from linkcheck.lanes.live.asking import Asked, Manners, head_first, tells_more
from linkcheck.lanes.live.draw import drawn
from linkcheck.lanes.live.ends import Ends
from linkcheck.lanes.live.groups import shares_words
from linkcheck.lanes.live.sites import Site
from linkcheck.lanes.live.tools import Tools
from linkcheck.model.exchange import FailureKind
from linkcheck.model.live import LiveSubject
from linkcheck.model.observation import LiveObservation
from linkcheck.model.verdict import LiveVerdict
from linkcheck.verdicts.live_weighing import THROTTLED, is_usurper
from linkcheck.verdicts.strikes import GOOD

_F = FailureKind
_HELD = 30  # pages that say nothing of what stood there, to be judged again together
# What the host itself, or the way to it, has; a circle or a bad certificate is an answer.
_UNANSWERED = frozenset(
    {
        *(_F.DNS_NO_SUCH_NAME, _F.DNS_FAILURE, _F.REFUSED, _F.RESET, _F.UNREACHABLE, _F.PROXY),
        *(_F.CONNECT_TIMEOUT, _F.READ_TIMEOUT, _F.DEADLINE, _F.PAUSED, _F.NOT_RECORDED),
    }
)


@dataclass(slots=True)
class _Course:
    """How the links of one host have fared."""

    unanswered: int = 0  # in a row
    usurped: int = 0  # in a row
    own: int = 0  # pages that are nobody else's
    strangers: int = 0
    kin: int = 0
    hidden: bool = False  # a good status hid what was no good page
    held: list[Asked] = field(default_factory=list)  # pages that say nothing of what stood there
    unread: list[tuple[LiveSubject, LiveVerdict]] = field(default_factory=list)  # by their heads


async def ask_links(tools: Tools, site: Site, manners: Manners, taken: dict[str, Asked]) -> None:
    """Ask for every link of a host until the run or the host's patience is at its end."""
    course, ends, width = _Course(), Ends(tools.settings), tools.settings.window
    places = iter(enumerate(site.subjects))
    while (window := list(islice(places, width))) and not tools.over:
        found = await _window(tools, site, manners, taken, window)
        for asked in found:
            observation = _judged(tools, asked)
            _learn(asked, observation, manners, course)
            await tools.keep_link(observation)
            for other in ends.add(observation):
                await tools.keep_link(other, LiveVerdict.MOVED)
        if course.hidden:
            await _read_after_all(tools, manners, course)
        if course.unanswered >= width:
            return  # what is left was not asked, and nothing is said of it
        done = window[-1][0] + 1
        if course.usurped >= width and not course.own:
            await _leave_to_usurpers(tools, site, found, len(site.subjects) - done)
            return
        if _is_new_owner(course, tools, done, len(site.subjects)):
            await _leave_to_strangers(tools, site, course, len(site.subjects) - done)
            return


async def _window(
    tools: Tools,
    site: Site,
    manners: Manners,
    taken: dict[str, Asked],
    window: list[tuple[int, LiveSubject]],
) -> list[Asked]:
    """Ask for a few links; those that the sample has asked for are at hand."""
    left = [(place, one) for place, one in window if one.original not in taken]
    heads = [_head(tools, site, manners, place, one) for place, one in left]
    found = iter(await tools.ask_all([one for _, one in left], manners, heads))
    both = [taken.pop(one.original, None) or next(found) for _, one in window]
    return [asked for asked in both if asked is not None]


def _head(tools: Tools, site: Site, manners: Manners, place: int, subject: LiveSubject) -> bool:
    """Tell whether HEAD comes first: not for the first few, nor for one now and then."""
    if head_first(subject):
        return True
    settings = tools.settings
    few = len(site.subjects) < settings.head_from or place < settings.window
    looked_at = drawn(subject, settings.looks, tools.seed)
    return not (few or manners.soft or manners.read_all or looked_at)


async def _read_after_all(tools: Tools, manners: Manners, course: _Course) -> None:
    """Read the pages whose heads were believed: the host hides what is none behind a good one."""
    unread, course.unread, course.hidden = iter(course.unread), [], False
    while (window := list(islice(unread, tools.settings.window))) and not tools.over:
        subjects = [subject for subject, _ in window]
        found = await tools.ask_all(subjects, manners, [False] * len(window))
        for (_, before), asked in zip(window, found, strict=True):
            if asked is not None:
                observation = _judged(tools, asked)
                _learn(asked, observation, manners, course)
                await tools.keep_link(observation, before)
        if course.unanswered >= tools.settings.window:
            return


def _learn(asked: Asked, observation: LiveObservation, manners: Manners, course: _Course) -> None:
    answer = asked.last.answer
    manners.head_proofs += asked.head_proved
    heads = [each for each in asked.answers if each.method == "HEAD"]
    if heads and asked.last.good and answer.method == "GET" and heads[0].status != answer.status:
        manners.head_lies = True
    silent = answer.failure in _UNANSWERED and not answer.hops
    course.unanswered = course.unanswered + 1 if silent or answer.status in THROTTLED else 0
    verdict = observation.finding.verdict
    usurped = verdict is LiveVerdict.USURPED
    course.usurped = course.usurped + 1 if usurped else 0
    course.own += asked.last.good and not usurped
    shares = _shares(asked)
    course.kin += shares is True
    course.strangers += shares is False
    if shares is False and len(course.held) < _HELD:
        course.held.append(asked)
    suspicious = course.strangers > 0 and course.kin == 0
    manners.read_all = manners.read_all or tells_more(asked) or suspicious
    if asked.last.good and not head_first(asked.subject):
        if answer.method == "HEAD":
            course.unread.append((asked.subject, verdict))
        elif verdict not in GOOD and observation.finding.rule != "front-page":
            manners.read_all = course.hidden = True


def _judged(tools: Tools, asked: Asked) -> LiveObservation:
    shares = _shares(asked)
    return tools.link(asked, strangers=int(shares is False), kin=int(shares is True))


def _shares(asked: Asked) -> bool | None:
    """Tell whether a page says anything of what stood there; None where nobody knows."""
    page, hint, answer = asked.last.page, asked.subject.hint, asked.last.answer
    if page is None or not hint or not asked.last.good:
        return None
    if answer.signs and not is_usurper(answer):
        return None  # a wall, a shell or an excuse is not the page
    shares = shares_words(hint, f"{page.title} {page.text}")
    # A casino that shares nothing is a casino; one that does may be an article about one.
    return shares if shares or not answer.signs else None


async def _leave_to_usurpers(tools: Tools, site: Site, found: list[Asked], left: int) -> None:
    """Send no more of the collection's paths to whoever took the host over."""
    evidence = tools.host(site.root, [one.last.answer for one in found], asked=found[-1])
    await tools.keep_host(site.origin, evidence, left)


def _is_new_owner(course: _Course, tools: Tools, done: int, together: int) -> bool:
    enough = done >= min(tools.settings.sample, together)
    return enough and course.strangers >= tools.settings.strangers and not course.kin


async def _leave_to_strangers(tools: Tools, site: Site, course: _Course, left: int) -> None:
    """Judge the host by all the pages that say nothing of what stood there, and them with it."""
    held = course.held
    answers = [one.last.answer for one in held]
    evidence = tools.host(site.root, answers, asked=held[-1], strangers=course.strangers)
    for one in held:
        before = _judged(tools, one).finding.verdict
        await tools.tally.again(before, tools.link(one, strangers=course.strangers))
    await tools.keep_host(site.origin, evidence, left)
