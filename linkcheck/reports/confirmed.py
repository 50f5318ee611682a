"""Whether a standing is more than a suspicion, and what reports call worrying."""

from linkcheck.model.finding import LinkFinding, Strikes
from linkcheck.model.verdict import Standing

_S = Standing
WORRYING = (_S.LOST, _S.WITHHELD, _S.IMPAIRED, _S.FEARED_LOST, _S.AT_RISK)
"""The worst first: the order in which a person reads them."""


def is_confirmed(finding: LinkFinding) -> bool:
    """Tell whether no side waits for more strikes."""
    one, other = finding.archive_strikes, finding.live_strikes
    return (not one.strikes or one.strikes >= one.needed) and (
        not other.strikes or other.strikes >= other.needed
    )


def is_regressed(finding: LinkFinding) -> bool:
    """Tell whether a side was good before and no longer is."""
    return finding.archive_strikes.regressed or finding.live_strikes.regressed


def least_strikes(finding: LinkFinding) -> Strikes:
    """Return the strikes of the bad side that fewest scans agree on."""
    one, other = finding.archive_strikes, finding.live_strikes
    if not other.strikes:
        return one
    if not one.strikes:
        return other
    return other if other.strikes - other.needed < one.strikes - one.needed else one
