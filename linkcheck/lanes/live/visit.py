"""One host from its front door to its last link."""

from linkcheck.lanes.live.alike import ask_sample, is_alike, is_everywhere, probe
from linkcheck.lanes.live.asking import (
    Asked,
    Manners,
    ask_link,
    compared_with,
    doubtful,
    head_first,
)
from linkcheck.lanes.live.links import ask_links
from linkcheck.lanes.live.reading import Seen
from linkcheck.lanes.live.sites import House, Site
from linkcheck.lanes.live.tools import Tools
from linkcheck.lanes.live.unreached import Knowledge, Unreached, ask_again
from linkcheck.model.exchange import FailureKind
from linkcheck.model.live import LiveSubject, Reach, Scope
from linkcheck.model.observation import HostObservation
from linkcheck.model.verdict import LiveVerdict
from linkcheck.verdicts.live_weighing import (
    THROTTLED,
    is_usurper,
    may_be_wall,
    same_answer,
)

_NOBODY = frozenset({FailureKind.DNS_NO_SUCH_NAME, FailureKind.REFUSED})


async def visit(tools: Tools, house: House) -> None:
    """See to all sites of a name; what the first one shows holds for the others too."""
    known = Knowledge()
    for site in house.sites:
        if tools.over:
            return
        before = tools.history.host(site.origin)
        usurped = _is_usurped(before)
        if usurped and before is not None and not _is_due(tools, before):
            tools.tally.resting += len(site.subjects)
        elif known.nameless:
            evidence = tools.host(site.root, known.nameless)
            await tools.keep_host(site.origin, evidence, len(site.subjects))
        elif len(site.subjects) < tools.settings.probe_from and not usurped and not known.silent:
            here = tools.at(site)
            await _visit_one(here, site, known)
            await here.leave()
        else:
            here = tools.at(site)
            await _visit_many(here, site, known, usurped=usurped)
            await here.leave()


def _is_usurped(before: HostObservation | None) -> bool:
    finding = before.finding if before is not None else None
    return finding is not None and finding.verdict is LiveVerdict.USURPED


def _is_due(tools: Tools, before: HostObservation) -> bool:
    return tools.now - before.evidence.seen_at >= tools.settings.usurped_rest


async def _visit_one(tools: Tools, site: Site, known: Knowledge) -> None:
    """Ask for the only link of a host; its impossible page only where that can help."""
    (subject,) = site.subjects
    manners = Manners()
    asked = await ask_link(
        subject, tools.questions, manners, tools.settings, head=head_first(subject)
    )
    if asked is None:
        return
    if asked.last.answer.failure in _NOBODY and not asked.last.answer.hops:
        again = await ask_again(tools, site, subject.original, asked.last, known)
        if again is None:
            return
        if again.evidence is not None:
            await tools.keep_host(site.origin, again.evidence, 1)
            return
        if again.answered is not None:
            answers = (*asked.answers, again.answered.answer)
            asked = Asked(subject, answers, again.answered)
    if doubtful(asked.last) and not tools.controls.lied(asked.last):
        asked = await _explained(tools, site, asked, manners)
    if asked is None:
        return
    observation = tools.link(asked)
    everywhere = manners.impossible is not None and is_usurper(manners.impossible.answer)
    if observation.finding.verdict is LiveVerdict.USURPED and manners.impossible and everywhere:
        # It is the host that was taken over: in the next month it is asked for `/` only.
        answers = (manners.impossible.answer, asked.last.answer)
        evidence = tools.host(site.root, answers, deciding=0, asked=asked)
        await tools.keep_host(site.origin, evidence, 1)
        return
    await tools.keep_link(observation)


async def _explained(tools: Tools, site: Site, asked: Asked, manners: Manners) -> Asked | None:
    """Return a doubtful answer beside that to a page that cannot exist."""
    if not await probe(tools, site, manners, head=False):
        return None
    compared = compared_with(asked.subject, asked.last, manners)
    if (
        compared is not None
        and may_be_wall(asked.last.answer)
        and same_answer(compared, tools.settings)
    ):
        refreshes = tools.settings.refreshes
        root = await tools.questions.get(site.root, whole=True, refreshes=refreshes)
        if root is None:
            return None
        manners.front = is_everywhere(root, manners, tools.settings)
        compared = compared_with(asked.subject, asked.last, manners)
    if compared is None or not asked.last.answer.cut or not same_answer(compared, tools.settings):
        return Asked(asked.subject, asked.answers, asked.last, compared)
    again = await ask_link(asked.subject, tools.questions, manners, tools.settings, head=False)
    if again is None:
        return None
    return Asked(asked.subject, (*asked.answers, *again.answers), again.last, again.compared)


async def _visit_many(tools: Tools, site: Site, known: Knowledge, *, usurped: bool) -> None:
    """Ask for the front page first, then decide how to go on."""
    root = await tools.questions.get(site.root, whole=True, refreshes=tools.settings.refreshes)
    if root is None:
        return
    taken: dict[str, Asked] = {}
    if root.answer.status is None and not root.answer.hops:
        unreached = await ask_again(tools, site, site.root, root, known)
        if unreached is None or await _is_settled(tools, site, unreached):
            return
        root = unreached.answered or root
        taken = unreached.taken
    if usurped and is_usurper(root.answer):
        evidence = tools.host(site.root, [root.answer])
        await tools.keep_host(site.origin, evidence, len(site.subjects))
    elif tools.controls.lied(root):
        evidence = tools.host(site.root, [root.answer], reach=Reach.LIED)
        await tools.keep_host(site.origin, evidence, len(site.subjects))
    elif root.answer.status in THROTTLED:
        # The pace has rested and asked again: this host has had enough for today.
        evidence = tools.host(site.root, [root.answer])
        await tools.keep_host(site.origin, evidence, len(site.subjects))
    else:
        await _visit_open(tools, site, root, taken)


async def _is_settled(tools: Tools, site: Site, unreached: Unreached) -> bool:
    if unreached.evidence is None:
        return False
    await tools.keep_host(site.origin, unreached.evidence, len(site.subjects))
    return True


async def _visit_open(tools: Tools, site: Site, root: Seen, taken: dict[str, Asked]) -> None:
    """Tell whether the host has one answer for everything; if not, ask link by link."""
    manners, settings = Manners(), tools.settings
    if not await probe(tools, site, manners, head=len(site.subjects) >= settings.head_from):
        return
    front = [one for one in site.subjects if one.original == site.root]
    others = len(site.subjects) - len(front)
    manners.front = is_everywhere(root, manners, settings)
    if others and (is_usurper(root.answer) or is_alike(root, manners, settings)):
        evidence, sampled = await ask_sample(tools, site, root, manners)
        taken |= sampled
        if evidence is not None:
            # Its own front page is not the impossible page's: it speaks for itself.
            own = bool(front) and root.good and not is_usurper(root.answer)
            if own:
                await tools.keep_link(tools.link(_root(front[0], root)))
            await tools.keep_host(site.origin, evidence, len(site.subjects) - own)
            return
    if tools.over:
        return
    probed = [each.answer for each in (root, manners.impossible, manners.another) if each]
    varied = tools.host(site.root, probed, scope=Scope.HOST_VARIED)
    await tools.keep_host(site.origin, varied, 0)
    taken |= {one.original: _root(one, root) for one in front}
    await ask_links(tools, site, manners, taken)


def _root(subject: LiveSubject, root: Seen) -> Asked:
    return Asked(subject, (root.answer,), root)
