"""When the next request may start: an exact sliding window, spread out."""

from collections.abc import Sequence

from linkcheck.settings.pace import Budget

# Both ends of a window may be counted in, and the archive's clock is not ours: a thousandth more.
EDGE = 1.001


def next_start(stamps: Sequence[float], budget: Budget, now: float) -> float:
    """Return the earliest time that keeps every window within the budget.

    `stamps` are the latest starts, oldest first, at most as many as the budget has requests.
    """
    if not stamps:
        return now
    start = stamps[-1] + budget.spacing
    if len(stamps) == budget.requests > 1:
        start = max(start, stamps[0] + budget.seconds * EDGE)
    return max(start, now)


def worst_past(budget: Budget, opened: float) -> tuple[float, ...]:
    """Return the starts that a process which ended a moment ago may have left behind.

    Another store, another user or a kill may lie between, so nothing that is written down is
    proof; the latest starts that a whole budget allows cover every past that keeps to it.
    """
    return tuple(opened - back * budget.spacing for back in reversed(range(budget.requests)))
