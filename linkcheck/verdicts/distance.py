"""How far a capture is from the moment that was asked for, and whether that matters."""

import datetime as dt
import re
from enum import StrEnum
from fnmatch import fnmatchcase
from functools import lru_cache

from linkcheck.fixity import is_of_nothing, read_digest, same_digest
from linkcheck.model.capture import Capture, instant, mended
from linkcheck.model.evidence import ArchiveEvidence
from linkcheck.model.link import Role, Time
from linkcheck.settings.judging import JudgingSettings
from linkcheck.urls.parts import split

_FULL = 14
_FIRST = "00000101000000"
_GOOD = range(200, 300)


class Distance(StrEnum):
    """Whether the moment of a capture will do."""

    WITHIN = "within"
    INHERITED = "inherited"  # within the window of a time that nobody chose for this resource
    WRITE_ONCE = "write-once"  # beyond, but the name only ever had one content
    BRACKETED = "bracketed"  # beyond, but the same before and after
    BEYOND = "beyond"
    UNTOLD = "untold"  # the digits of the capture name no moment
    ANY = "any"  # no moment was asked for, or none is known


@lru_cache(maxsize=4096)
def span(timestamp: str) -> tuple[dt.datetime, dt.datetime] | None:
    """Return the first and last second that digits name: four of them are a whole year."""
    if len(timestamp) == _FULL:
        moment = instant(mended(timestamp))
        return None if moment is None else (moment, moment)
    if not 4 <= len(timestamp) < _FULL:  # noqa: PLR2004 - from a year on
        return None
    first = instant(timestamp + _FIRST[len(timestamp) :])
    lasts = ("1231235959", "31235959", "30235959", "29235959", "28235959", "235959", "5959", "59")
    filled = (timestamp + rest for rest in lasts if len(timestamp + rest) == _FULL)
    last = next((moment for moment in map(instant, filled) if moment is not None), None)
    return None if first is None or last is None else (first, last)


def is_moment(timestamp: str | None) -> bool:
    """Tell digits that name a moment: of others, an archive's denial may be of the digits."""
    return timestamp is not None and span(timestamp) is not None


def distance_seconds(asked: str | None, captured: str | None) -> int | None:
    """Return capture minus asked; 0 within a period that was asked for."""
    if asked is not None and asked == captured:
        return 0  # odd digits too: the archive knows its capture by them
    period = None if asked is None else second_span(asked)
    moment = None if captured is None else second(captured)
    if period is None or moment is None:
        return None
    first, last = period
    if first <= moment <= last:
        return 0
    return moment - (last if moment > last else first)


@lru_cache(maxsize=16_384)
def second(timestamp: str) -> int | None:
    """Return a capture's second as a number: each is compared many times."""
    moment = instant(mended(timestamp))
    return None if moment is None else int(moment.timestamp())


@lru_cache(maxsize=4096)
def second_span(timestamp: str) -> tuple[int, int] | None:
    """Return the first and last second that digits name, as numbers."""
    if len(timestamp) == _FULL:
        at = second(timestamp)
        return None if at is None else (at, at)
    period = span(timestamp)
    return None if period is None else (int(period[0].timestamp()), int(period[1].timestamp()))


def judge_distance(
    evidence: ArchiveEvidence, captured: str | None, settings: JudgingSettings
) -> Distance:
    """Tell whether the moment of the capture that answered will do, and by which rule."""
    seconds = distance_seconds(evidence.timestamp, captured)
    if seconds is None:
        dated = evidence.timestamp is not None and span(evidence.timestamp) is not None
        if not dated or captured is None:
            return Distance.ANY
        write_once = is_write_once(evidence.original, evidence.role, settings)
        return Distance.WRITE_ONCE if write_once else Distance.UNTOLD
    if abs(seconds) <= settings.tolerance.total_seconds():
        return Distance.WITHIN
    if evidence.time is Time.INHERITED and _in_window(evidence, captured, settings):
        return Distance.INHERITED
    if is_write_once(evidence.original, evidence.role, settings):
        return Distance.WRITE_ONCE
    return Distance.BRACKETED if is_bracketed(evidence, captured) else Distance.BEYOND


def is_write_once(url: str, role: Role, settings: JudgingSettings) -> bool:
    """Tell a file whose name carries its own upload: it cannot have had another content."""
    parts = split(url)
    if parts is None or role not in {Role.IMAGE, Role.VIDEO, Role.LINK}:
        return False
    return any(
        fnmatchcase(parts.host, pattern) and re.search(name, parts.path, re.IGNORECASE)
        for pattern, name in settings.write_once
    )


def is_bracketed(evidence: ArchiveEvidence, captured: str | None) -> bool:
    """Tell that the nearest captures before and after hold the same: so it was in between."""
    before, after = evidence.before, evidence.after
    if before is None or after is None or not (_can_bracket(before) and _can_bracket(after)):
        return False
    sides = (
        distance_seconds(evidence.timestamp, before.timestamp),
        distance_seconds(evidence.timestamp, after.timestamp),
    )
    around = sides[0] is not None and sides[1] is not None and sides[0] <= 0 <= sides[1]
    judged = captured in {before.timestamp, after.timestamp}
    return around and judged and same_digest(before.digest, after.digest)


def after_end(evidence: ArchiveEvidence, captured: str | None, settings: JudgingSettings) -> bool:
    """Tell a capture from after the end of its site."""
    if not settings.host_ends:
        return False
    parts = split(evidence.original)
    moment = None if captured is None else instant(mended(captured))
    if parts is None or moment is None:
        return False
    ends = (day for host, day in settings.host_ends if fnmatchcase(parts.host, host))
    return any(moment.date() > day for day in ends)


def is_young(evidence: ArchiveEvidence, settings: JudgingSettings) -> bool:
    """Tell an asked moment that archives may not have caught up with."""
    period = None if evidence.timestamp is None else span(evidence.timestamp)
    return period is not None and evidence.seen_at - period[1] < settings.too_young


def _in_window(evidence: ArchiveEvidence, captured: str | None, settings: JudgingSettings) -> bool:
    period = span(evidence.timestamp or "")
    moment = instant(mended(captured or ""))
    if period is None or moment is None:
        return False
    moments = [*period, *([evidence.published] if evidence.published is not None else [])]
    margin = settings.inherited_margin
    return min(moments) - margin <= moment <= max(moments) + margin


def _can_bracket(capture: Capture) -> bool:
    good = capture.status in _GOOD or (capture.status is None and capture.revisit)
    return good and read_digest(capture.digest) is not None and not is_of_nothing(capture.digest)
