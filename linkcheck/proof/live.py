"""The live side: its answers asked of the evidence again, through the lane's own readers."""

from collections.abc import Coroutine, Sequence
from typing import Any, TypeVar

from msgspec.structs import replace

from linkcheck.lanes.allowance import Unlimited
from linkcheck.lanes.live.alike import is_everywhere
from linkcheck.lanes.live.asking import Manners, compared_with
from linkcheck.lanes.live.draw import impossible
from linkcheck.lanes.live.line import Line
from linkcheck.lanes.live.questions import Questions
from linkcheck.lanes.live.reading import Seen
from linkcheck.lanes.live.sites import origin_of
from linkcheck.model.exchange import Asker, Failure, Reply, Request
from linkcheck.model.live import Comparison, LiveAnswer, LiveEvidence, LiveSubject
from linkcheck.model.run import Run
from linkcheck.net.follow import Follow
from linkcheck.net.redaction import without_userinfo
from linkcheck.net.vault import Exchange, Vault
from linkcheck.proof.outcome import DiffersError, ReadOtherwiseError
from linkcheck.settings.live import LiveSettings
from linkcheck.settings.network import Network

Any_ = TypeVar("Any_")


class LiveReader:
    """Read answers of the live web again from their records."""

    def __init__(self, vault: Vault, settings: LiveSettings, network: Network) -> None:
        self._vault = vault
        self._settings = settings
        self._network = network

    def read(self, evidence: LiveEvidence) -> LiveEvidence:
        """Return evidence as its records give it; raise where they do not."""
        seen = [self._seen(answer) for answer in evidence.answers]
        compared = evidence.compared
        if compared is not None and seen:
            last = evidence.answers[-1]
            subject = LiveSubject(original=last.asked, roles=evidence.roles)
            compared = self._compared(subject, seen[-1], last, compared)
        return replace(evidence, answers=tuple(one.answer for one in seen), compared=compared)

    def _seen(self, answer: LiveAnswer) -> Seen:
        names = [hop.record for hop in answer.hops]
        if not names or names[-1] != answer.record:  # too many redirects end with one of them
            names.append(answer.record)
        if answer.record is None or None in names:
            raise DiffersError(f"{answer.asked}: an answer that was not recorded")
        exchanges = [self._vault.exchange(name) for name in names if name is not None]
        read: Seen | None = None
        for refreshes in (self._settings.refreshes, 0):
            read = self._ask(answer, _InOrder(exchanges), refreshes) or read
            if read is not None and read.answer == answer:
                break
        if read is None:
            raise ReadOtherwiseError(
                f"{answer.asked}: its records lead elsewhere than the store says"
            )
        return read

    def _ask(self, answer: LiveAnswer, recorded: Asker, refreshes: int) -> Seen | None:
        questions = self._questions(recorded)
        if answer.method == "HEAD":
            asking = questions.head(answer.asked)
        else:
            asking = questions.get(answer.asked, whole=True, refreshes=refreshes)
        try:
            seen = at_once(asking)
        except LookupError:
            return None
        # Tries before the one that stood are no evidence: the answer does not name them.
        return None if seen is None else Seen(replace(seen.answer, wire=answer.wire), seen.page)

    def _questions(self, recorded: Asker) -> Questions:
        return Questions(Line(Follow(recorded, self._network), Unlimited()))

    def _compared(
        self, subject: LiveSubject, last: Seen, answer: LiveAnswer, known: Comparison
    ) -> Comparison:
        """Lay an answer beside the pages that cannot exist, which the same run asked for."""
        place = origin_of(subject.original)
        if place is None or answer.record is None:
            return known
        run = self._vault.exchange(answer.record).run
        seed, origin = str(run.seed), place[1]
        manners = Manners(
            impossible=self._asked_for(run, impossible(origin, seed, 1)),
            another=self._asked_for(run, impossible(origin, seed, 2)),
        )
        if manners.impossible is None:
            raise DiffersError("the page that cannot exist is not in the evidence")
        root = self._asked_for(run, f"{origin}/", self._settings.refreshes)
        manners.front = root is not None and is_everywhere(root, manners, self._settings)
        return compared_with(subject, last, manners) or known

    def _asked_for(self, run: Run, url: str, refreshes: int = 0) -> Seen | None:
        names = self._vault.asked_for(run, url)
        if not names:
            return None
        recorded = _ByAddress([self._vault.exchange(name) for name in names])
        try:
            asking = self._questions(recorded).get(url, whole=True, refreshes=refreshes)
            return at_once(asking)
        except LookupError:
            return None


class _InOrder:
    """Give recorded answers one after another, each to its own question only."""

    def __init__(self, exchanges: Sequence[Exchange]) -> None:
        self._rest = list(exchanges)

    async def ask(self, request: Request) -> Reply | Failure:
        if not self._rest:
            raise LookupError(request.url)
        exchange = self._rest.pop(0)
        asked = exchange.request
        if (asked.method, asked.url) != (request.method, without_userinfo(request.url)):
            raise LookupError(request.url)
        return replace(exchange.answer, url=request.url)


class _ByAddress:
    """Give what was answered to an address at last: tries before it did not stand."""

    def __init__(self, exchanges: Sequence[Exchange]) -> None:
        self._answers = {one.request.url: one.answer for one in exchanges}

    async def ask(self, request: Request) -> Reply | Failure:
        return replace(self._answers[without_userinfo(request.url)], url=request.url)


def at_once(asking: Coroutine[Any, Any, Any_]) -> Any_:
    """Return what comes of asking where nothing is waited for."""
    try:
        asking.send(None)
    except StopIteration as done:
        found: Any_ = done.value
        return found
    asking.close()
    raise RuntimeError("evidence lets nobody wait")
