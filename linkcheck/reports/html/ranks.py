"""Standings in the order in which a person reads them, and in the bands that charts show."""

from linkcheck.model.verdict import Standing
from linkcheck.reports.confirmed import WORRYING

_S = Standing

GRAVEST = (
    *WORRYING,
    _S.ARCHIVE_ONLY_ELSEWHERE,
    _S.ARCHIVE_ONLY_ELSEWHEN,
    _S.ARCHIVED_ELSEWHERE,
    _S.ARCHIVED_ELSEWHEN,
    _S.ARCHIVED_AND_LIVE_ELSEWHERE,
    _S.ARCHIVED_AND_LIVE_ELSEWHEN,
    _S.ARCHIVE_ONLY,
    _S.ARCHIVED,
    _S.ARCHIVED_AND_LIVE,
    _S.UNRESOLVED,
    _S.NOT_CHECKED,
)
RANK = {standing: place for place, standing in enumerate(GRAVEST)}

BANDS: dict[str, frozenset[Standing]] = {
    "worrying": frozenset(WORRYING),
    "elsewhere": frozenset(one for one in _S if one.endswith(("-elsewhen", "-elsewhere"))),
    "custodian": frozenset({_S.ARCHIVE_ONLY}),
    "archived": frozenset({_S.ARCHIVED}),
    "kept": frozenset({_S.ARCHIVED_AND_LIVE}),
    "unsettled": frozenset({_S.UNRESOLVED}),
    "unchecked": frozenset({_S.NOT_CHECKED}),
}
BAND = {
    standing: band for standing in GRAVEST for band, members in BANDS.items() if standing in members
}
"""The band of each standing, gravest first: sets have another order in every process."""
