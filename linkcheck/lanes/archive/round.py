"""The round of sole witnesses: which of them have their turn in this run. Pure."""

from collections.abc import Iterator
from datetime import date

from linkcheck.lanes.keeper import ArchiveHistory
from linkcheck.plan.rotation import is_due

_RECENT = 4
"""A replay within a quarter of the round counts as this turn: doubt or the sample was quicker."""


def witnesses_due(
    history: ArchiveHistory, today: date, since: date | None, *, days: int, seed: str
) -> Iterator[tuple[str, str]]:
    """Yield key and timestamp of each capture that has to be replayed now.

    Its day of the round came, or the next run would be too late. `seed` has to be the same in
    all runs: a capture's day must not move.
    """
    step = 7 if since is None else max((today - since).days, 1)
    for key, timestamp in history.sole_witnesses():
        seen = history.replayed_at(key, timestamp)
        age = None if seen is None else (today - seen.date()).days
        turn = is_due(f"{key} {timestamp}", since, today, days=days, seed=seed)
        fresh = age is not None and age < days // _RECENT
        if (turn and not fresh) or (age is not None and age + step > days):
            yield key, timestamp
