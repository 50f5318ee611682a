"""What a scan's end means to whoever started it."""

from linkcheck.errors import LinkcheckError
from linkcheck.model.manifest import Ended
from linkcheck.model.summary import Summary
from linkcheck.scan.job import Outcome

FINE, CONFIRMED, INCONCLUSIVE = 0, 2, 4


def exit_code(summary: Summary, outcome: Outcome) -> int:
    """Return 2 for confirmed bad findings, whatever else happened; then 1, 4 and 0."""
    if summary.failing:
        return CONFIRMED
    if outcome.ended is Ended.FAILED or outcome.troubles:
        return LinkcheckError.exit_code
    return INCONCLUSIVE if outcome.inconclusive else FINE
