"""Whether a whole host gives one answer: then it is judged once, for all of its links."""

from collections.abc import Sequence

from linkcheck.lanes.live.asking import Asked, Manners
from linkcheck.lanes.live.draw import impossible, sample
from linkcheck.lanes.live.reading import Seen, compare
from linkcheck.lanes.live.sites import Site
from linkcheck.lanes.live.tools import Tools
from linkcheck.model.live import LiveAnswer, LiveEvidence
from linkcheck.settings.live import LiveSettings
from linkcheck.verdicts.live_weighing import (
    is_lot,
    is_usurper,
    is_wall,
    may_be_wall,
    same_answer,
)

_FAULTY = range(500, 600)
_GOOD = range(200, 300)
_GONE = frozenset({404, 410})


async def probe(tools: Tools, site: Site, manners: Manners, *, head: bool) -> bool:
    """Ask for pages that cannot exist, and learn; False where the run may ask no more."""
    url = impossible(site.origin, tools.seed, 1)
    manners.impossible = await tools.questions.get(url, whole=True)
    if manners.impossible is None:
        return False
    answer = manners.impossible.answer
    told = bool(answer.hops) or manners.impossible.page is None or is_usurper(answer)
    if manners.soft and not told:
        # Two of them show how much such a page differs from itself.
        other = impossible(site.origin, tools.seed, 2)
        manners.another = await tools.questions.get(other, whole=True)
        if manners.another is None:
            return False
    if head and answer.status is not None and not manners.soft:
        seen = await tools.questions.head(url)
        if seen is None:
            return False
        manners.head_lies = seen.answer.status != answer.status
        manners.head_answered = not manners.head_lies
    return True


def is_alike(root: Seen, manners: Manners, settings: LiveSettings) -> bool:
    """Tell whether the front page is what a page that cannot exist gets."""
    other = manners.impossible
    if other is None or other.answer.status is None or root.answer.status != other.answer.status:
        return False
    if not root.good:
        return True
    if other.answer.hops and other.answer.final_url == root.answer.final_url:
        return True
    compared = compare(root, other, manners.another)
    return compared is not None and bool(same_answer(compared, settings))


def is_everywhere(root: Seen, manners: Manners, settings: LiveSettings) -> bool:
    """Tell a front page that says no more than the impossible page: a wall stands before both."""
    return may_be_wall(root.answer) and is_alike(root, manners, settings)


async def ask_sample(
    tools: Tools, site: Site, root: Seen, manners: Manners
) -> tuple[LiveEvidence | None, dict[str, Asked]]:
    """Ask for links until one differs; return the host's evidence if none does."""
    status = root.answer.status or 0
    size = tools.settings.failing_sample if status in _FAULTY else tools.settings.sample
    others = [one for one in site.subjects if one.original != site.root]
    drawn = sample(others, size, tools.seed)
    taken: dict[str, Asked] = {}
    width = tools.settings.window
    for start in range(0, len(drawn), width):
        window = drawn[start : start + width]
        for asked in await tools.ask_all(window, manners, [False] * len(window)):
            if asked is not None:
                taken[asked.subject.original] = asked
        seen = [taken[one.original] for one in window if one.original in taken]
        if tools.over or not all(_agrees(asked, root, tools) for asked in seen):
            return None, taken
    if not taken:
        return None, taken
    return _evidence(tools, site, root, manners, list(taken.values())), taken


def _agrees(asked: Asked, root: Seen, tools: Tools) -> bool:
    """Tell whether a link's answer is the host's one answer."""
    answer = asked.last.answer
    if is_usurper(root.answer):
        # A casino may have honest errors: what counts is that nothing of the old site is left.
        if is_usurper(answer):
            return is_lot(answer, asked.compared, tools.settings)
        return answer.status in _GONE
    if answer.status != root.answer.status:
        return False
    if answer.status not in _GOOD:
        return is_wall(answer) == is_wall(root.answer)
    return asked.compared is not None and bool(same_answer(asked.compared, tools.settings))


def _evidence(
    tools: Tools, site: Site, root: Seen, manners: Manners, asked: Sequence[Asked]
) -> LiveEvidence:
    answers: list[LiveAnswer] = [root.answer]
    answers += (each.answer for each in (manners.impossible, manners.another) if each is not None)
    answers += (one.last.answer for one in asked)
    deciding = 0 if is_usurper(root.answer) else len(answers) - 1
    return tools.host(site.root, answers, deciding=deciding, asked=asked[-1])
