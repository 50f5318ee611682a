"""A host that gives no answer: asked again, elsewhere and apart, before anything is said of it."""

from dataclasses import dataclass, field

from linkcheck.lanes.live.asking import Asked, Manners, ask_link
from linkcheck.lanes.live.draw import sample
from linkcheck.lanes.live.reading import Seen
from linkcheck.lanes.live.sites import Site
from linkcheck.lanes.live.tools import Tools
from linkcheck.model.exchange import FailureKind
from linkcheck.model.live import LiveAnswer, LiveEvidence

_F = FailureKind
_NOBODY = frozenset({_F.DNS_NO_SUCH_NAME, _F.REFUSED})
_AT_ONCE = frozenset({_F.GUARDED, _F.PAUSED, _F.NOT_RECORDED})  # asking again tells nothing more


@dataclass(slots=True)
class Knowledge:
    """What the sites of one name have in common."""

    nameless: tuple[LiveAnswer, ...] = ()  # both look-ups, where the name does not exist
    silent: bool = False


@dataclass(frozen=True, slots=True)
class Unreached:
    """What further asking came to: evidence about the host, or an answer after all."""

    evidence: LiveEvidence | None = None
    answered: Seen | None = None
    taken: dict[str, Asked] = field(default_factory=dict)  # links that were asked on the way


async def ask_again(
    tools: Tools, site: Site, url: str, first: Seen, known: Knowledge
) -> Unreached | None:
    """Ask a host that did not answer once more; None where the run may ask no more."""
    if first.answer.failure in _NOBODY:
        await tools.sleep(tools.settings.apart)
        second = await tools.questions.get(url, whole=True)
        if second is None:
            return None
        if second.answer.status is not None:
            return Unreached(answered=second)
        if second.answer.failure is first.answer.failure:
            return await _nobody(tools, site, (first.answer, second.answer), known)
        first = second
    return await _sound_out(tools, site, first, known)


async def _nobody(
    tools: Tools, site: Site, answers: tuple[LiveAnswer, ...], known: Knowledge
) -> Unreached | None:
    if answers[0].failure is _F.DNS_NO_SUCH_NAME:
        known.nameless = answers
    else:
        # Whoever closed one door may live behind the other.
        door = await tools.questions.get(site.other_door, whole=False)
        if door is None:
            return None
        answers = (door.answer, *answers)
    return Unreached(evidence=tools.host(site.root, answers))


async def _sound_out(tools: Tools, site: Site, first: Seen, known: Knowledge) -> Unreached | None:
    """Ask for a few links too: what hangs on `/` may be well elsewhere."""
    answers = [first.answer]
    taken: dict[str, Asked] = {}
    more = 0 if known.silent or first.answer.failure in _AT_ONCE else tools.settings.silent_asks - 1
    for subject in sample(site.subjects, more, tools.seed):
        asked = await ask_link(subject, tools.questions, Manners(), tools.settings, head=False)
        if asked is None:
            return None
        taken[subject.original] = asked
        answers.append(asked.last.answer)
        if asked.last.answer.status is not None or asked.last.answer.hops:
            return Unreached(taken=taken)
    known.silent = True
    return Unreached(evidence=tools.host(site.root, answers), taken=taken)
