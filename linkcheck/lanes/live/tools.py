"""What every part of the lane has at hand."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

import anyio

from linkcheck.lanes.keeper import LiveHistory
from linkcheck.lanes.leaving import Sleep
from linkcheck.lanes.live.asking import Asked, Manners, ask_link
from linkcheck.lanes.live.controls import Controls
from linkcheck.lanes.live.notes import Notes
from linkcheck.lanes.live.questions import Questions
from linkcheck.lanes.live.sites import Site
from linkcheck.lanes.live.suspects import Suspects
from linkcheck.lanes.live.tally import Tally
from linkcheck.model.live import LiveAnswer, LiveEvidence, LiveSubject, Reach, Scope
from linkcheck.model.observation import HostObservation, LiveObservation
from linkcheck.model.verdict import LiveVerdict
from linkcheck.settings.live import LiveSettings
from linkcheck.verdicts.live import judge_live, judge_live_host
from linkcheck.verdicts.live_weighing import deciding

_DEAD = frozenset(
    {LiveVerdict.HOST_GONE, LiveVerdict.GONE, LiveVerdict.SOFT_GONE, LiveVerdict.USURPED}
)


@dataclass(frozen=True, slots=True)
class Tools:
    """The doors of the lane, and the ways that lead through several of them."""

    questions: Questions
    controls: Controls
    suspects: Suspects
    tally: Tally
    history: LiveHistory
    settings: LiveSettings
    seed: str
    now: datetime
    sleep: Sleep
    notes: Notes | None = None  # of the visit that these are for

    def at(self, site: Site) -> "Tools":
        """Return the same for the visit to one site: it may be one that was cut off."""
        heard = self.history.heard(site.origin)
        single = len(site.subjects) == 1
        notes = Notes(site.origin, self.tally.keeper, heard, self.seed, single=single)
        return replace(self, questions=self.questions.at(notes), seed=notes.seed, notes=notes)

    async def leave(self) -> None:
        """End a visit, unless the run ended in its midst, or what it came to has to wait."""
        if self.notes is not None and not self.over:
            await self.suspects.end(self.notes)

    @property
    def over(self) -> bool:
        """Tell whether the run asks no more, or cannot."""
        return self.questions.over or self.suspects.failed

    async def ask_all(
        self, subjects: Sequence[LiveSubject], manners: Manners, heads: Sequence[bool]
    ) -> list[Asked | None]:
        """Ask for a window of links at once; the pace keeps them apart."""
        found: list[Asked | None] = [None] * len(subjects)

        async def one(place: int) -> None:
            found[place] = await ask_link(
                subjects[place], self.questions, manners, self.settings, head=heads[place]
            )

        async with anyio.create_task_group() as group:
            for place in range(len(subjects)):
                group.start_soon(one, place)
        return found

    def link(self, asked: Asked, *, strangers: int = 0, kin: int = 0) -> LiveObservation:
        """Judge what one link came to."""
        lied = self.controls.lied(asked.last)
        evidence = LiveEvidence(
            original=asked.subject.original,
            seen_at=asked.last.answer.at,
            roles=asked.subject.roles,
            reach=Reach.LIED if lied else self.controls.reach,
            answers=asked.answers,
            compared=asked.compared,
            strangers=strangers,
            kin=kin,
        )
        return LiveObservation(evidence=evidence, finding=judge_live(evidence, self.settings))

    async def keep_link(
        self, observation: LiveObservation, before: LiveVerdict | None = None
    ) -> None:
        """Hand on what one link came to, again if it was something else `before`.

        What seems dead by an answer in plain waits for the controls: anybody may have given it.
        """
        finding, answer = observation.finding, deciding(observation.evidence)
        if finding.verdict in _DEAD and answer is not None and not answer.secure:
            await self.suspects.add_link(observation, before, self.notes)
        elif before is None:
            await self.tally.link(observation)
        else:
            await self.tally.again(before, observation)

    async def keep_host(self, origin: str, evidence: LiveEvidence, originals: int) -> None:
        """Judge a host for all of its originals; what seems dead waits for the controls."""
        finding = judge_live_host(evidence, self.settings)
        observation = HostObservation(host=origin, evidence=evidence, finding=finding)
        if finding is not None and self.notes is not None:
            self.notes.close()  # with the host's finding, which may have to wait for the controls
        if finding is not None and finding.verdict in _DEAD:
            await self.suspects.add(observation, originals)
        else:
            await self.tally.host(observation, originals)

    def host(  # noqa: PLR0913 - the fields of the evidence
        self,
        root: str,
        answers: Sequence[LiveAnswer],
        *,
        scope: Scope = Scope.HOST_ALIKE,
        reach: Reach | None = None,
        deciding: int = -1,
        asked: Asked | None = None,
        strangers: int = 0,
    ) -> LiveEvidence:
        """Gather what was seen of a host; `asked` is the link that stands for the others.

        No role is taken over from it: what is no figure may still be a page to the next one.
        """
        return LiveEvidence(
            original=root,
            seen_at=max(answer.at for answer in answers),
            scope=scope,
            reach=reach or self.controls.reach,
            answers=tuple(answers),
            deciding=deciding,
            compared=asked.compared if asked is not None else None,
            strangers=strangers,
        )
