"""A capture: what an archive's index says it holds."""

import datetime as dt
from functools import lru_cache

from linkcheck.model.noun import Noun

FULL = 14
_MONTH, _DAY = slice(4, 6), slice(6, 8)


class Capture(Noun, frozen=True, kw_only=True, gc=False):
    """One row of an index. Identity is key, moment and digest: one second may hold two."""

    urlkey: str
    timestamp: str  # the digits of the row, odd ones too: playback knows no others
    original: str
    media_type: str | None = None  # None: not said (`unk`, `-`, a revisit)
    status: int | None = None  # the capture's own; None: not said (`-`)
    digest: str | None = None
    length: int | None = None  # of the compressed record with its headers, not of the body
    revisit: bool = False  # content as in an earlier record; says nothing about the status
    source: str | None = None  # the WARC file, where the index names it

    @property
    def moment(self) -> dt.datetime | None:
        """Return when it was captured, or None where the digits are no moment."""
        return instant(mended(self.timestamp))


@lru_cache(maxsize=16_384)
def instant(timestamp: str) -> dt.datetime | None:
    """Return the moment that fourteen digits name."""
    if len(timestamp) != FULL or not timestamp.isdecimal() or not timestamp.isascii():
        return None
    try:
        return dt.datetime.fromisoformat(f"{timestamp[:8]}T{timestamp[8:]}+00:00")
    except ValueError:
        return None


def mended(timestamp: str) -> str:
    """Return the digits that a row of the year 2000 with a bogus `00` was meant to have.

    Seen in usatoday.com rows (EDGI wayback, bad_timestamp_cdx.txt): `20000008241731` was
    20000824173151. The `00` was put in before the month or the day and the seconds fell off the
    end (IA to EDGI). Nothing of the kind is known from other years.
    """
    if len(timestamp) != FULL or not timestamp.startswith("2000"):
        return timestamp
    for part in (_MONTH, _DAY):
        if timestamp[part] == "00":
            return f"{timestamp[: part.start]}{timestamp[part.stop :]}00"
    return timestamp


def written(moment: dt.datetime) -> str:
    """Return the fourteen digits of a moment."""
    utc = moment.astimezone(dt.UTC)
    return f"{utc.year:04}{utc:%m%d%H%M%S}"
