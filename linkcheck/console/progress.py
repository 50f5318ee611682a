"""A scan's progress: lanes that move on a terminal, a line now and then in a log."""

import datetime as dt
from collections.abc import Iterator
from contextlib import suppress

import anyio
from rich.console import Console, Group
from rich.live import Live
from rich.progress_bar import ProgressBar
from rich.table import Table
from rich.text import Text

from linkcheck.console.fitting import Fitting
from linkcheck.console.words import lasting, many, paused
from linkcheck.reports import for_terminal
from linkcheck.scan.progress import LaneProgress, Phase, Progress

TICK = 0.25
LOG_EVERY = 30.0
_BAR = 24


async def show(progress: Progress, console: Console, *, moving: bool) -> None:
    """Show the progress until cancelled: `moving` on a terminal, else as lines."""
    # A terminal that was closed, a log whose disk is full: the scan does not end because of it.
    with suppress(OSError):
        if moving:
            await _move(progress, console)
        else:
            await _log(progress, console)


async def _move(progress: Progress, console: Console) -> None:
    with Live(console=console, transient=True, auto_refresh=False) as live:
        while True:
            live.update(picture(progress, anyio.current_time()), refresh=True)
            await anyio.sleep(TICK)


async def _log(progress: Progress, console: Console) -> None:
    while True:
        await anyio.sleep(LOG_EVERY)
        for line in lines(progress, anyio.current_time()):
            console.print(Text(line), soft_wrap=True)


def picture(progress: Progress, now: float) -> Group:
    """Return what a terminal shows."""
    table = Table.grid(padding=(0, 2))
    for _ in range(5):
        table.add_column(no_wrap=True)
    notes: list[Text] = []
    narrow: list[Text] = []
    for lane in progress.lanes.values():
        narrow.append(Text(for_terminal(_lane(lane, now))))
        table.add_row(
            Text(for_terminal(lane.name)),
            ProgressBar(total=lane.total or 1, completed=lane.done, width=_BAR),
            Text(f"{lane.done:,} of {lane.total:,}"),
            Text(f"{many(lane.requests, 'request')}, {lane.rate(now):.1f}/s"),
            Text(_left(lane, now)),
        )
        pause = lane.paused(_wall())
        if pause is not None:
            notes.append(Text(for_terminal(paused(pause, _wall())), style="yellow"))
    lanes = Fitting(table, Group(*narrow))
    return Group(Text(for_terminal(_headline(progress)), style="bold"), lanes, *notes)


def lines(progress: Progress, now: float) -> Iterator[str]:
    """Yield what a log gets: one line, and one more for each rest."""
    parts = [_headline(progress)]
    parts += [_lane(lane, now) for lane in progress.lanes.values()]
    yield for_terminal("; ".join(parts))
    for lane in progress.lanes.values():
        pause = lane.paused(_wall())
        if pause is not None:
            yield for_terminal(paused(pause, _wall()))


def _lane(lane: LaneProgress, now: float) -> str:
    return (
        f"{lane.name} {lane.done:,} of {lane.total:,}"
        f" ({many(lane.requests, 'request')}, {lane.rate(now):.1f}/s, {_left(lane, now)})"
    )


def _headline(progress: Progress) -> str:
    if progress.phase is Phase.ENDING:
        return f"ending: {progress.ending}; answers under way are kept"
    found = many(progress.articles, "article")
    if progress.unchanged:
        found += f" ({progress.unchanged:,} unchanged)"
    if progress.links or not progress.unchanged:  # of what is not read no links are counted
        found += f", {many(progress.links, 'link')}{' read' if progress.unchanged else ''}"
    return f"{progress.phase}: {found}"


def _left(lane: LaneProgress, now: float) -> str:
    if lane.ended:
        return "done"
    left = lane.left(now)
    if left is not None:
        return f"about {lasting(left)} left"
    return "nearly done" if lane.total and lane.done >= lane.total else "time left not known yet"


def _wall() -> dt.datetime:
    return dt.datetime.now(dt.UTC)
