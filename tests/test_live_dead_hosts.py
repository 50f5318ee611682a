"""Dead hosts of the real size, in virtual time through the real pace."""

from datetime import timedelta
from functools import partial

import anyio
import pytest

from linkcheck.lanes.live import LiveLaneReport
from linkcheck.model.exchange import FailureKind, Reply, Request
from linkcheck.model.live import LiveSubject
from linkcheck.model.verdict import LiveMethod, LiveVerdict
from linkcheck.settings.judging import JudgingSettings
from linkcheck.verdicts.strikes import PastFinding, confirm
from tests.live_parts import (
    Answer,
    Notebook,
    Town,
    control,
    fails,
    html,
    no_such_name,
    page,
    run,
    subjects,
)
from tests.virtual import BORN, simulate

ORIGINALS = 49_118
LYCHEE = ORIGINALS / 10 * 20 / 3600  # hours: 10 connections, 20 s until each times out
DEAD = "www.hkcnews.com"


def parked(request: Request) -> Reply:
    """Answer everything with a sale that names what was asked for."""
    path = request.url.partition(DEAD)[2]
    text = f"{DEAD}{path} - this domain may be for sale. Related searches: news, films, {path}"
    return html(request, page(f"{DEAD} is for sale", text, "Buy this domain"))


def nothing_there(request: Request) -> Reply:
    return html(request, page("404", f"The requested URL {request.url} was not found."), 404)


CASES: dict[str, tuple[Answer, LiveVerdict, str, int]] = {
    "no such name": (no_such_name, LiveVerdict.HOST_GONE, "no-such-name", 2),
    "refuses": (fails(FailureKind.REFUSED, 0.1), LiveVerdict.HOST_GONE, "host-refuses", 12),
    "black-holes": (fails(FailureKind.CONNECT_TIMEOUT, 10.0), LiveVerdict.UNKNOWN, "silent", 12),
    "parked": (parked, LiveVerdict.USURPED, "usurped", 60),
    "404 for everything": (nothing_there, LiveVerdict.GONE, "gone", 60),
}


def articles(host: str, count: int) -> list[LiveSubject]:
    return subjects(*(f"https://{host}/article/{n}/slug-{n}" for n in range(count)))


async def dead_host(town: Town, count: int) -> tuple[LiveLaneReport, Notebook, float]:
    report, notes = await run(town, articles(DEAD, count))
    return report, notes, anyio.current_time()


@pytest.mark.parametrize("case", CASES)
def test_a_dead_host_is_asked_a_few_times(case: str) -> None:
    answer, verdict, rule, most = CASES[case]
    town = Town({DEAD: answer, "control.example": control})
    report, notes, seconds = simulate("trio", partial(dead_host, town, ORIGINALS))
    finding = notes.hosts[f"https://{DEAD}"].finding
    assert finding is not None
    assert (finding.verdict, finding.rule, finding.method) == (verdict, rule, LiveMethod.HOST)
    assert town.asked[DEAD] <= most
    assert seconds < 120
    assert report.by_host == ORIGINALS
    assert report.not_asked == 0
    assert notes.links == {}
    print(  # noqa: T201 - the figures of docs/live.md
        f"{ORIGINALS:,} originals, {case:20} {town.asked[DEAD]:3} requests, {seconds:4.0f} s, "
        f"{verdict}; lychee alone: {ORIGINALS:,} requests, {LYCHEE:.1f} h"
    )


def test_a_host_is_gone_for_certain_after_three_scans_apart() -> None:
    answer, verdict, _, _ = CASES["refuses"]
    past: list[PastFinding] = []
    strikes = []
    for days in (0, 2, 4, 7):  # two days later is not apart enough
        town = Town({DEAD: answer, "control.example": control})
        _, notes, _ = simulate("trio", partial(dead_host, town, 10))
        finding = notes.hosts[f"https://{DEAD}"].finding
        assert finding is not None
        past.append(PastFinding(verdict=finding.verdict, at=BORN + timedelta(days=days)))
        confirmation = confirm(past, JudgingSettings())
        strikes.append((confirmation.strikes, confirmation.confirmed))
    assert verdict is LiveVerdict.HOST_GONE
    assert strikes == [(1, False), (1, False), (2, False), (3, True)]
