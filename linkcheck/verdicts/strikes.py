"""Confirmation over time: a bad verdict is a suspicion until scans that are apart agree."""

from collections.abc import Iterable
from datetime import datetime

from linkcheck.model.noun import Noun
from linkcheck.model.verdict import ArchiveVerdict, LiveVerdict
from linkcheck.settings.judging import JudgingSettings

Verdict = ArchiveVerdict | LiveVerdict

_A, _L = ArchiveVerdict, LiveVerdict
GOOD: frozenset[Verdict] = frozenset({_A.CAPTURED, _A.DRIFTED, _A.REDIRECTED, _L.ALIVE, _L.MOVED})
BAD: frozenset[Verdict] = frozenset(
    {
        *(_L.GONE, _L.HOST_GONE, _L.SOFT_GONE, _L.USURPED),
        *(_A.MISSING, _A.UNPLAYABLE, _A.EXCLUDED),
    }
)
"""Verdicts that rest on what a server denies: a bad day of its looks the same."""
FAILED: frozenset[Verdict] = BAD | {_A.HOLLOW, _A.DIFFERS}


class PastFinding(Noun, frozen=True, kw_only=True):
    """A verdict of one side, and when it was reached."""

    verdict: Verdict
    at: datetime


class Confirmation(Noun, frozen=True, kw_only=True):
    """How often a bad verdict was found, and whether that is enough."""

    strikes: int  # 0: nothing to confirm
    needed: int
    regressed: bool = False  # it was good and no longer is

    @property
    def confirmed(self) -> bool:
        """Tell whether the verdict stands by itself."""
        return self.strikes == 0 or self.strikes >= self.needed


def confirm(findings: Iterable[PastFinding], settings: JudgingSettings) -> Confirmation:
    """Count the strikes of the latest finding; silence neither adds to them nor takes away.

    A success, or a failure of another kind, sets the count back. Live denials are of one kind:
    404 one week and no such name the next agree that the page is not there.
    """
    told = [each for each in findings if each.verdict in GOOD or each.verdict in FAILED]
    told.sort(key=lambda finding: finding.at)
    if not told or told[-1].verdict in GOOD:
        return Confirmation(strikes=0, needed=settings.strikes)
    strikes = 0
    before: PastFinding | None = None  # the last one that counted
    for finding in told:
        if before is None or _kind(finding.verdict) != _kind(before.verdict):
            strikes, before = 1, finding
        elif finding.at - before.at >= settings.strike_gap:
            strikes, before = strikes + 1, finding
    return Confirmation(
        strikes=strikes if told[-1].verdict in BAD else 0,
        needed=settings.strikes,
        regressed=any(finding.verdict in GOOD for finding in told),
    )


def _kind(verdict: Verdict) -> str:
    if verdict in GOOD:
        return "good"
    return "denied" if isinstance(verdict, LiveVerdict) else verdict
