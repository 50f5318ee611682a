"""Whether a standing is more than a suspicion, and what reports call worrying."""

from linkcheck.model.finding import LinkFinding, Strikes
from linkcheck.model.verdict import Standing

_S = Standing
WORRYING = (_S.LOST, _S.WITHHELD, _S.IMPAIRED, _S.FEARED_LOST, _S.AT_RISK)
"""The worst first: the order in which a person reads them."""


def is_confirmed(finding: LinkFinding) -> bool:
    """Tell whether no side waits for more strikes."""
    sides = (finding.archive_strikes, finding.live_strikes)
    return all(side.strikes == 0 or side.strikes >= side.needed for side in sides)


def is_regressed(finding: LinkFinding) -> bool:
    """Tell whether a side was good before and no longer is."""
    return finding.archive_strikes.regressed or finding.live_strikes.regressed


def least_strikes(finding: LinkFinding) -> Strikes:
    """Return the strikes of the bad side that fewest scans agree on."""
    sides = (finding.archive_strikes, finding.live_strikes)
    bad = [side for side in sides if side.strikes]
    return min(bad, key=lambda side: side.strikes - side.needed) if bad else sides[0]
