"""How a subject stands after all its episodes: strikes, since when, and what was before."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from linkcheck.model.finding import Strikes
from linkcheck.model.verdict import ArchiveVerdict, LiveVerdict
from linkcheck.settings.judging import JudgingSettings
from linkcheck.store.moments import moment, moment_or_none
from linkcheck.verdicts.strikes import BAD, FAILED, GOOD, PastFinding, Verdict, confirm

MARKS = 8
"""Times of one bad answer that are kept: with the last one enough for any sensible strike count."""

MARK_GAP = 24 * 3600 * 1_000_000
"""Marks are a day apart at least: strikes are days apart too."""

_ARCHIVE = {str(verdict): verdict for verdict in ArchiveVerdict}
_LIVE = {str(verdict): verdict for verdict in LiveVerdict}


@dataclass(frozen=True, slots=True)
class Past:
    """One episode, as far as it matters here."""

    verdict: Verdict
    first_seen: int
    last_seen: int
    marks: tuple[int, ...] = ()

    def points(self) -> Iterable[tuple[int, Verdict]]:
        """Yield moments at which it was certainly so; never more than it was seen."""
        for at in sorted({self.first_seen, *self.marks, self.last_seen}):
            yield at, self.verdict


@dataclass(frozen=True, slots=True)
class Appraisal:
    """What follows from the past, as the store keeps it."""

    strikes: int = 0
    regressed: bool = False
    first_seen: int | None = None
    last_good: int | None = None
    flaps: int = 0

    def noun(self, settings: JudgingSettings) -> Strikes:
        """Return it as reports show it."""
        return Strikes(
            strikes=self.strikes,
            needed=settings.strikes,
            regressed=self.regressed,
            first_seen=moment_or_none(self.first_seen),
            last_good=moment_or_none(self.last_good),
            flaps=self.flaps,
        )


def appraise(past: Sequence[Past], settings: JudgingSettings) -> Appraisal:
    """Weigh the episodes of one subject that told something, oldest first."""
    points = sorted(
        (point for one in _clipped(past) for point in one.points()), key=lambda each: each[0]
    )
    if not points:
        return Appraisal()
    confirmation = confirm(
        (PastFinding(verdict=verdict, at=moment(at)) for at, verdict in points), settings
    )
    latest = points[-1][1]
    since = points[-1][0]
    for at, verdict in reversed(points):
        if verdict != latest:
            break
        since = at
    good = [at for at, verdict in points if verdict in GOOD]
    told = [verdict in GOOD for _, verdict in points if verdict in GOOD or verdict in FAILED]
    return Appraisal(
        strikes=confirmation.strikes,
        regressed=confirmation.regressed and latest in FAILED,
        first_seen=since,
        last_good=good[-1] if good else None,
        flaps=sum(one != other for one, other in pairwise(told)),
    )


def _clipped(past: Sequence[Past]) -> Iterable[Past]:
    """Yield episodes none of which ends after a later one began: a clock may have run ahead."""
    latest: int | None = None
    found = []
    for one in reversed(past):
        end = one.last_seen if latest is None else min(one.last_seen, latest)
        latest = min(one.first_seen, end)
        found.append(Past(one.verdict, latest, end, tuple(at for at in one.marks if at <= end)))
    return reversed(found)


def marked(marks: tuple[int, ...], at: int) -> tuple[int, ...]:
    """Add a moment to the marks of a bad answer, where it is far enough from the last."""
    if len(marks) >= MARKS or (marks and at - marks[-1] < MARK_GAP):
        return marks
    return (*marks, at)


def verdict_of(side: str, text: str) -> Verdict | None:
    """Return a verdict by its name; None of a host whose addresses differ."""
    return (_ARCHIVE if side == "archive" else _LIVE).get(text)


def confirmed(verdict: Verdict, strikes: Strikes) -> bool:
    """Tell whether a verdict stands by itself: bad ones need their strikes."""
    return verdict not in BAD or strikes.strikes >= strikes.needed
