"""The live lane, from its subjects to the keeper."""

from collections import deque
from collections.abc import Iterable, Sequence
from datetime import datetime

import anyio

from linkcheck.lanes.allowance import Allowance, Unlimited
from linkcheck.lanes.keeper import Keeper, LiveHistory
from linkcheck.lanes.leaving import Leaving, Sleep
from linkcheck.lanes.live.controls import Controls
from linkcheck.lanes.live.line import Line
from linkcheck.lanes.live.questions import Questions
from linkcheck.lanes.live.report import Ended, LiveLaneReport
from linkcheck.lanes.live.sites import House, houses
from linkcheck.lanes.live.suspects import Suspects
from linkcheck.lanes.live.tally import Tally
from linkcheck.lanes.live.tools import Tools
from linkcheck.lanes.live.visit import visit
from linkcheck.model.exchange import Asker
from linkcheck.model.live import LiveEvidence, LiveSubject, Reach
from linkcheck.model.observation import LiveObservation
from linkcheck.settings.live import LiveSettings
from linkcheck.verdicts.live import judge_live


async def run_live(  # noqa: PLR0913 - the doors of the lane, each by its name
    subjects: Iterable[LiveSubject],
    *,
    ask: Asker,
    keeper: Keeper,
    history: LiveHistory,
    settings: LiveSettings | None = None,
    seed: str,
    now: datetime,
    controls: Sequence[str] | None = None,
    behind_proxy: bool = False,
    allowance: Allowance | None = None,
    stop: anyio.Event | None = None,
    sleep: Sleep = anyio.sleep,
) -> LiveLaneReport:
    """Ask the live web for all subjects, hand on each observation when it is known, and report.

    `now` is the run's own time, a recording's in a replay, where `sleep` waits no time. `controls`
    stand in the place of the settings'. `allowance` ends the asking before a request, `stop` the
    waiting too; what was not asked by then is not said anything of.
    """
    settings = settings or LiveSettings()
    leaving = Leaving(stop)
    line = Line(ask, allowance or Unlimited(), leaving)
    questions = Questions(line)
    urls = settings.controls if controls is None else controls
    checks = Controls(questions, settings, urls=urls, behind_proxy=behind_proxy, seed=seed)
    tally = Tally(keeper)
    suspects = Suspects(checks, tally, settings)
    tools = Tools(
        questions=questions,
        controls=checks,
        suspects=suspects,
        tally=tally,
        history=history,
        settings=settings,
        seed=seed,
        now=now,
        sleep=leaving.until_then(sleep),
    )
    found, homeless = houses(subjects)
    originals, hosts = sum(house.size for house in found) + len(homeless), len(found)
    reach: Reach | None = None
    async with anyio.create_task_group() as watching:
        with anyio.CancelScope() as working:
            watching.start_soon(leaving.watch, working)
            reach = await checks.begin()
            if reach is not Reach.FAILED:
                for subject in homeless:
                    await tally.link(_homeless(subject, now))
                await _visit_all(tools, found)
                await suspects.release()
        watching.cancel_scope.cancel()
    observed = tally.alone + tally.by_host + tally.resting
    return LiveLaneReport(
        ended=_ended(reach, tools),
        reach=Reach.FAILED if suspects.failed else reach or Reach.UNPROVEN,
        hosts=hosts,
        originals=originals,
        asked=line.asked,
        wire=line.wire,
        alone=tally.alone,
        by_host=tally.by_host,
        resting=tally.resting,
        not_asked=originals - observed,
        verdicts=dict(tally.verdicts),
        clock_skew_seconds=line.clock_skew,
        clocks=line.clocks,
    )


async def _visit_all(tools: Tools, found: list[House]) -> None:
    left = deque(found)
    workers = min(tools.settings.workers, len(left))
    found.clear()  # who is done is let go of: a hundred thousand originals may be of one host

    async def work() -> None:
        while left and not tools.over:
            await visit(tools, left.popleft())

    async with anyio.create_task_group() as group:
        for _ in range(workers):
            group.start_soon(work)


def _ended(reach: Reach | None, tools: Tools) -> Ended:
    if reach is Reach.FAILED or tools.suspects.failed:
        return Ended.OFFLINE
    return Ended.STOPPED if tools.questions.over else Ended.DONE


def _homeless(subject: LiveSubject, now: datetime) -> LiveObservation:
    """Judge an address that names no host: nothing can be asked."""
    evidence = LiveEvidence(
        original=subject.original,
        seen_at=now,
        roles=subject.roles,
        reason="the address names no host that can be asked",
    )
    return LiveObservation(evidence=evidence, finding=judge_live(evidence))
