"""Hosts that seem to be dead wait here until a control has shown that it is not our own end."""

import anyio
from msgspec.structs import replace

from linkcheck.lanes.live.controls import Controls
from linkcheck.lanes.live.tally import Tally
from linkcheck.model.live import Reach
from linkcheck.model.observation import HostObservation
from linkcheck.settings.live import LiveSettings
from linkcheck.verdicts.live import judge_live_host


class Suspects:
    """Hold back so many hosts, ask the controls, and hand on what then is to be said of them.

    How often controls are asked follows from how many hosts are found dead, and from nothing else:
    a replay asks as often.
    """

    def __init__(self, controls: Controls, tally: Tally, settings: LiveSettings) -> None:
        self.failed = False
        self._controls = controls
        self._tally = tally
        self._settings = settings
        self._held: list[tuple[HostObservation, int]] = []
        self._lock = anyio.Lock()

    async def add(self, observation: HostObservation, originals: int) -> None:
        """Take in a host that seems to be dead, and so many originals with it."""
        self._held.append((observation, originals))
        if len(self._held) >= self._settings.suspects:
            await self.release()

    async def release(self) -> None:
        """Ask the controls about all that are held, and hand them on."""
        async with self._lock:
            held, self._held = self._held, []
            if not held:
                return
            reach = await self._controls.check()
            if reach is None:
                return  # nobody could look: nothing is said of them in this run
            self.failed = self.failed or reach is Reach.FAILED
            for observation, originals in held:
                await self._tally.host(
                    self._doubted(observation) if self.failed else observation, originals
                )

    def _doubted(self, observation: HostObservation) -> HostObservation:
        evidence = replace(observation.evidence, reach=Reach.FAILED)
        finding = judge_live_host(evidence, self._settings)
        return replace(observation, evidence=evidence, finding=finding)
