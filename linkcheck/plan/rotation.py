"""The round of sole witnesses: each capture that is a link's only custodian, once a year."""

import hashlib
from datetime import date


def is_due(capture: str, since: date | None, today: date, *, days: int, seed: str) -> bool:
    """Tell whether a capture's day of the round came after the last run and by today.

    Each has a fixed day by its hash, so the work is even and a run that was left out is made up
    for by the next. `since` is the day of the last run that kept the round.
    """
    if since is None:
        since = date.fromordinal(max(today.toordinal() - 7, 1))  # as if there were one each week
    passed = today.toordinal() - since.toordinal()
    if passed >= days:
        return True
    digest = hashlib.sha256(f"{seed} {capture}".encode("utf-8", "surrogateescape")).digest()
    turn = int.from_bytes(digest[:8]) % days
    return passed > 0 and (turn - since.toordinal() - 1) % days < passed
