"""The archive's lane cut off after any observation: the next run goes on, and comes to the same."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

import pytest

from linkcheck.model.exchange import Purpose
from linkcheck.model.observation import Observation
from linkcheck.model.verdict import ArchiveVerdict
from linkcheck.plan.side import Side
from linkcheck.settings.archive_lane import ArchiveLaneSettings
from linkcheck.settings.planning import PlanningSettings
from linkcheck.settings.playback import PlaybackSettings
from tests.small_wayback import (
    JPEG,
    LATER,
    PAGE,
    Kept,
    Past,
    SmallWayback,
    Stored,
    run,
    split_playback,
    wanted,
)

SETTINGS = ArchiveLaneSettings(
    planning=PlanningSettings(page_rows=50), playback=PlaybackSettings(sample=0)
)
BIG = [f"https://www.big.com/article/{n:03}" for n in range(130)]
FIGURES = [f"https://img.big.com/{n:03}.jpg" for n in range(60)]
SMALL = [f"https://small{n}.com/page" for n in range(12)]
MISSING = ArchiveVerdict.MISSING
PLAYED, INDEX = Purpose.PLAYBACK, Purpose.INDEX


def captures() -> Iterator[Stored]:
    """Yield most pages; every tenth has the body of one placeholder, every seventh is not there."""
    for number, url in enumerate(BIG):
        if number % 7:
            yield Stored(url=url, body=b"<title>Sorry</title>" if number % 10 == 1 else _own(url))
    for number, url in enumerate(FIGURES):
        if number % 5:
            yield Stored(url=url, body=JPEG + _own(url), media="image/jpeg")
    for number, url in enumerate(SMALL):
        if number % 3:
            yield Stored(url=url, body=b"<p>No such page</p>" * 9 if number % 3 == 1 else _own(url))


def _own(url: str) -> bytes:
    return PAGE + url.encode()


def sides() -> list[Side]:
    return wanted(*BIG, *FIGURES, *SMALL) + wanted(*BIG[3:9], *SMALL[:6], stamp=LATER)


class CutError(Exception):
    """The kill."""


@dataclass(slots=True)
class Cut(Kept):
    """Keep so many observations, and no more."""

    left: int = 0

    async def keep(self, observation: Observation) -> None:
        if len(self.every) >= self.left:
            raise CutError
        await super(Cut, self).keep(observation)


def past(*runs: Kept) -> Past:
    """Return what runs have left."""
    every = [each for one in runs for each in one.last.values()]
    return Past(
        before=sorted(every, key=lambda each: each.key),
        headways={each.host: each for one in runs for each in one.headways},
    )


async def cut_off(server: SmallWayback, left: int, history: Past) -> Kept:
    kept = Cut(left=left)
    cut = False
    try:
        await run(server, sides(), SETTINGS, keeper=kept, history=history)
    except* CutError:
        cut = True
    assert cut
    return kept


def found(*runs: Kept) -> dict[tuple[str, str | None], tuple[object, ...]]:
    """Return how every want stands; by what an absence was proved is the run's affair."""
    return {
        (key, want.timestamp): (
            one.finding.verdict,
            one.finding.verdict is MISSING or one.finding.proof,
            one.evidence.sharing,
        )
        for each in runs
        for (key, want), one in each.last.items()
    }


def replayed(kept: Kept) -> set[tuple[str, str | None]]:
    """Return the moments of which a replay is in the store."""
    return {
        (one.evidence.original, one.want.timestamp)
        for one in kept.last.values()
        if one.evidence.chain
    }


@pytest.mark.anyio
@pytest.mark.parametrize("share", [0.0, 0.15, 0.5, 0.7, 0.88, 0.99])
async def test_a_round_that_was_cut_off_goes_on(share: float) -> None:
    whole, once = await run(SmallWayback(tuple(captures())), sides(), SETTINGS)
    assert {verdict for verdict, *_ in found(whole).values()} >= {"captured", "hollow", MISSING}
    first, second = (SmallWayback(tuple(captures())) for _ in range(2))
    before = await cut_off(first, int(len(whole.every) * share), Past())
    after, report = await run(second, sides(), SETTINGS, history=past(before))
    assert found(before, after) == found(whole)
    assert report.not_asked == 0
    again = {
        (inner, stamp)
        for stamp, inner in map(split_playback, second.urls(PLAYED))
        if (inner, stamp) in replayed(before)
    }
    assert not again
    pages = len(first.urls(INDEX)) + len(second.urls(INDEX))
    assert pages <= once.requests.index + SETTINGS.index_hands


@pytest.mark.anyio
async def test_a_round_has_one_sample_however_many_runs_it_takes() -> None:
    sampling = replace(SETTINGS, playback=PlaybackSettings(sample=9))
    server = SmallWayback(tuple(captures()))
    whole, once = await run(server, sides(), sampling)
    assert once.sample.drawn == 9
    again = SmallWayback(tuple(captures()))
    _, report = await run(again, sides(), sampling, history=past(whole), seed="2")
    assert not again.asked
    assert report.not_asked == 0
    assert report.verdicts == once.verdicts
