"""When a finding is to be asked for again."""

import zlib
from datetime import timedelta

from linkcheck.model.verdict import ArchiveVerdict, LiveVerdict
from linkcheck.settings.freshness import FreshnessSettings
from linkcheck.store.moments import span
from linkcheck.verdicts.strikes import FAILED, GOOD, Verdict

NEVER, FAILING, SOUND = 0, 1, 2
_SHARES = 1 << 32


def due_after(verdict: Verdict | None, at: int, subject: str, settings: FreshnessSettings) -> int:
    """Return when a finding of a moment is due again; 0: at the next run.

    Jitter comes from the subject's name, so that a replay asks what was asked. It only shortens
    what holds long and only lengthens what must not be asked soon; negatives have none, for one
    that is asked too early would not count as a strike.
    """
    match verdict:
        case None | ArchiveVerdict.UNKNOWN | LiveVerdict.UNKNOWN:
            return 0
        case ArchiveVerdict.EXCLUDED:
            period = _shifted(settings.excluded, settings.jitter, subject)
        case ArchiveVerdict.PENDING:
            period = span(settings.pending)
        case ArchiveVerdict() if verdict in GOOD or verdict is ArchiveVerdict.SHELL:
            period = _shifted(settings.archive_good, -settings.jitter, subject)
        case LiveVerdict() if verdict in GOOD or verdict is LiveVerdict.BLOCKED:
            period = span(settings.live)
        case _:
            period = span(settings.negative)
    return at + period


def rank_of(verdict: Verdict | None) -> int:
    """Return who is asked first: the never-checked, then the failing."""
    if verdict is None:
        return NEVER
    return FAILING if verdict in FAILED else SOUND


def _shifted(period: timedelta, jitter: float, subject: str) -> int:
    share = zlib.crc32(subject.encode("utf-8", "surrogateescape")) / _SHARES
    return round(span(period) * (1 + jitter * share))
