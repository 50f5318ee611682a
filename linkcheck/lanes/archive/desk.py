"""The lane's one way to ask: counted, stopped by the run's limits, and by an archive that rests."""

from collections import Counter
from datetime import datetime
from functools import partial

from linkcheck.lanes.allowance import Allowance
from linkcheck.lanes.archive.report import Ended, Requests
from linkcheck.lanes.leaving import Leaving
from linkcheck.model.exchange import Asker, Failure, FailureKind, Purpose, Reply, Request

# What ended a run most of all: a pause explains a silence, not the other way round.
_RANKS = (Ended.DONE, Ended.SILENT, Ended.BUDGET, Ended.STOPPED, Ended.PAUSED)
_LAST = 3  # answers that tell nothing at the end of a run; one or two may be of a slow host


class Desk:
    """Send the lane's requests while there is any use in it."""

    def __init__(
        self, ask: Asker, allowance: Allowance, patience: int, leaving: Leaving | None = None
    ) -> None:
        self._ask = ask
        self._leaving = leaving or Leaving()
        self._allowance = allowance
        self._patience = patience
        self._sent: Counter[Purpose] = Counter()
        self._silence: Counter[Purpose] = Counter()  # answers in a row that told nothing
        self._shut: set[Purpose] = set()
        self._told = False
        self._mute = False  # an answer was none, or none of a server that knows what was asked
        self._quiet = 0  # answers since the last one of either endpoint that told anything
        self._quiet_reason = ""
        self.ended = Ended.DONE
        self.until: datetime | None = None
        self.reason = ""

    @property
    def requests(self) -> Requests:
        """Return what was sent."""
        sent = self._sent
        return Requests(index=sent[Purpose.INDEX], playback=sent[Purpose.PLAYBACK])

    def is_open(self, purpose: Purpose) -> bool:
        """Tell whether an endpoint is still asked."""
        return purpose not in self._shut

    async def ask(self, request: Request) -> Reply | Failure | None:
        """Ask, or return None where nothing is sent any more."""
        purpose = request.purpose
        if purpose in self._shut:
            return None
        if not self._allowance.take():
            self.end(Ended.BUDGET, "the run's own limit was reached")
            return None
        answer = await self._leaving.waited(partial(self._ask.ask, request))
        if answer is None:
            self.end(Ended.STOPPED, "it was asked to stop")
            return None
        self._sent[purpose] += max(answer.sends, 0) + answer.tries - 1
        if isinstance(answer, Failure) and answer.kind is FailureKind.PAUSED:
            self.until = max(self.until or _at(answer), _at(answer))
            self.end(Ended.PAUSED, f"{answer.kind}: {answer.detail[:200]}")
        return answer

    def heed(self, purpose: Purpose, *, told: bool, reason: str, astray: bool = False) -> None:
        """Learn whether an answer told anything; too much silence shuts its endpoint.

        One that leads astray, out of the archive, tells nothing, but it is no silence yet: the
        Wayback Machine answers so of a damaged address such as `ttp://paper.example/`, whoever
        asks. Many of them are one: so does a captive portal.
        """
        if told:
            self._silence[purpose] = self._quiet = 0
            self._told = True
            return
        self._quiet += 1
        self._quiet_reason = reason
        self._mute = self._mute or not astray
        self._silence[purpose] += 1
        if self._silence[purpose] >= self._patience:
            self._shut.add(purpose)
            self._note(Ended.SILENT, f"{purpose}: nothing told in a row, at last: {reason[:200]}")

    def close(self) -> None:
        """Note an archive that was down at the end, or all the time, if only few asked it."""
        if self._quiet >= _LAST or (self._mute and not self._told):
            reason = f"its last {self._quiet} answers told nothing: {self._quiet_reason[:200]}"
            self._note(Ended.SILENT, reason)

    def end(self, how: Ended, reason: str) -> None:
        """Send nothing more."""
        self._shut |= {Purpose.INDEX, Purpose.PLAYBACK}
        self._note(how, reason)

    def _note(self, how: Ended, reason: str) -> None:
        if _RANKS.index(how) > _RANKS.index(self.ended):
            self.ended, self.reason = how, reason


def _at(failure: Failure) -> datetime:
    return failure.retry_at or failure.asked_at
