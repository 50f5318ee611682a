"""What seems to be dead waits here until a control has shown that it is not our own end."""

from dataclasses import dataclass

import anyio
from msgspec.structs import replace

from linkcheck.lanes.live.controls import Controls
from linkcheck.lanes.live.notes import Notes
from linkcheck.lanes.live.tally import Tally
from linkcheck.model.live import LiveEvidence, Reach
from linkcheck.model.observation import HostObservation, LiveObservation
from linkcheck.model.verdict import LiveVerdict
from linkcheck.settings.live import LiveSettings
from linkcheck.verdicts.live import judge_live, judge_live_host
from linkcheck.verdicts.live_weighing import deciding


@dataclass(frozen=True, slots=True)
class _Held:
    observation: HostObservation | LiveObservation
    originals: int = 1
    before: LiveVerdict | None = None  # as what a link has been handed on already
    notes: Notes | None = None  # of the visit in which a link was asked for


class Suspects:
    """Hold back so many hosts or links, ask the controls, and hand on what then is to be said.

    How often controls are asked follows from how many are found dead, and from nothing else: a
    replay asks as often.
    """

    def __init__(self, controls: Controls, tally: Tally, settings: LiveSettings) -> None:
        self.failed = False
        self._controls = controls
        self._tally = tally
        self._settings = settings
        self._hosts: list[_Held] = []
        self._links: list[_Held] = []
        self._ending: list[Notes] = []  # of visits that are over, but for links that wait
        self._lock = anyio.Lock()

    async def add(self, observation: HostObservation, originals: int) -> None:
        """Take in a host that seems to be dead, and so many originals with it."""
        self._hosts.append(_Held(observation, originals))
        if len(self._hosts) >= self._settings.suspects:
            await self._release_hosts()

    async def add_link(
        self, observation: LiveObservation, before: LiveVerdict | None, notes: Notes | None
    ) -> None:
        """Take in a link that seems to be dead by an answer that anybody on the way could give."""
        self._links.append(_Held(observation, before=before, notes=notes))
        if len(self._links) >= self._settings.suspected_links:
            await self._release_links()

    async def end(self, notes: Notes) -> None:
        """Let go of what a visit has heard, as soon as no link of it waits any more."""
        if any(one.notes is notes for one in self._links):
            self._ending.append(notes)
        else:
            await notes.end()

    async def release(self) -> None:
        """Ask the controls about all that are held, and hand them on."""
        await self._release_hosts()
        await self._release_links()

    async def _release_hosts(self) -> None:
        held, self._hosts = self._hosts, []
        await self._hand_on(held)

    async def _release_links(self) -> None:
        held, self._links = self._links, []
        ending, self._ending = self._ending, []
        if await self._hand_on(held):
            for notes in ending:
                await notes.end()

    async def _hand_on(self, held: list[_Held]) -> bool:
        if not held:
            return True
        async with self._lock:
            reach = await self._controls.check()
            if reach is None:
                return False  # nobody could look: nothing is said of them in this run
            self.failed = self.failed or reach is Reach.FAILED
            for one in held:
                seen = self._doubted(one.observation)
                if isinstance(seen, HostObservation):
                    await self._tally.host(seen, one.originals)
                elif one.before is None:
                    await self._tally.link(seen)
                else:
                    await self._tally.again(one.before, seen)
        return True

    def _doubted(
        self, observation: HostObservation | LiveObservation
    ) -> HostObservation | LiveObservation:
        reach = self._reach_of(observation.evidence)
        if reach is None:
            return observation
        evidence = replace(observation.evidence, reach=reach)
        if isinstance(observation, HostObservation):
            finding = judge_live_host(evidence, self._settings)
            return replace(observation, evidence=evidence, finding=finding)
        return replace(observation, evidence=evidence, finding=judge_live(evidence, self._settings))

    def _reach_of(self, evidence: LiveEvidence) -> Reach | None:
        """Return in which light evidence is to be seen now; None where it stands."""
        if self.failed:
            return Reach.FAILED
        answer = deciding(evidence)
        plain = answer is not None and answer.status is not None and not answer.secure
        return Reach.LIED if plain and self._controls.plain_lies else None
