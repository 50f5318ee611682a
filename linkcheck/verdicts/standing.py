"""The two sides together, as a table."""

from linkcheck.model.verdict import ArchiveVerdict, LiveVerdict, Standing

_A, _L, _S = ArchiveVerdict, LiveVerdict, Standing
ALIVE = frozenset({_L.ALIVE, _L.MOVED})
GONE = frozenset({_L.GONE, _L.SOFT_GONE, _L.USURPED, _L.HOST_GONE})
BLOCKED = frozenset({_L.BLOCKED})
UNTOLD = frozenset({_L.BROKEN, _L.UNKNOWN})
COLUMNS = (ALIVE, GONE, BLOCKED, UNTOLD)

_UNRESOLVED = (_S.UNRESOLVED,) * 4
# fmt: off
ROWS: dict[ArchiveVerdict, tuple[Standing, Standing, Standing, Standing]] = {
    #                alive, moved                    gone and its kin            blocked                broken, unknown
    _A.CAPTURED:    (_S.ARCHIVED_AND_LIVE,           _S.ARCHIVE_ONLY,            _S.ARCHIVED,           _S.ARCHIVED),
    _A.DRIFTED:     (_S.ARCHIVED_AND_LIVE_ELSEWHEN,  _S.ARCHIVE_ONLY_ELSEWHEN,   _S.ARCHIVED_ELSEWHEN,  _S.ARCHIVED_ELSEWHEN),
    _A.REDIRECTED:  (_S.ARCHIVED_AND_LIVE_ELSEWHERE, _S.ARCHIVE_ONLY_ELSEWHERE,  _S.ARCHIVED_ELSEWHERE, _S.ARCHIVED_ELSEWHERE),
    _A.HOLLOW:      (_S.AT_RISK,                     _S.FEARED_LOST,             _S.AT_RISK,            _S.UNRESOLVED),
    _A.MISSING:     (_S.AT_RISK,                     _S.FEARED_LOST,             _S.AT_RISK,            _S.UNRESOLVED),
    _A.EXCLUDED:    (_S.AT_RISK,                     _S.WITHHELD,                _S.WITHHELD,           _S.UNRESOLVED),
    _A.UNPLAYABLE:  (_S.AT_RISK,                     _S.IMPAIRED,                _S.IMPAIRED,           _S.UNRESOLVED),
    _A.DIFFERS:     (_S.AT_RISK,                     _S.IMPAIRED,                _S.IMPAIRED,           _S.UNRESOLVED),
    _A.SHELL:       _UNRESOLVED,
    _A.PENDING:     _UNRESOLVED,
    _A.UNKNOWN:     _UNRESOLVED,
}
# fmt: on


def stand(archive: ArchiveVerdict | None, live: LiveVerdict | None, *, confirmed: bool) -> Standing:
    """Return how both sides stand; `confirmed` says that both have their strikes."""
    if archive is None and live is None:
        return Standing.NOT_CHECKED
    column = _column(live or LiveVerdict.UNKNOWN)
    standing = ROWS[archive or ArchiveVerdict.UNKNOWN][column]
    return Standing.LOST if standing is Standing.FEARED_LOST and confirmed else standing


def _column(live: LiveVerdict) -> int:
    return next(number for number, verdicts in enumerate(COLUMNS) if live in verdicts)
