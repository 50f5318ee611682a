"""What an archive's index is asked, and how its answer ended."""

from datetime import datetime
from enum import StrEnum

from linkcheck.model.exchange import FailureKind
from linkcheck.model.noun import Noun


class Scope(StrEnum):
    """Which captures a query asks for."""

    EXACT = "exact"  # of one urlkey
    PREFIX = "prefix"
    HOST = "host"
    DOMAIN = "domain"  # a host and all below it


class IndexQuery(Noun, frozen=True, kw_only=True):
    """A question to an index; what is not set is left to the archive."""

    url: str
    scope: Scope = Scope.EXACT
    start: str | None = None  # 1 to 14 digits, inclusive
    end: str | None = None
    limit: int | None = None
    resume: str | None = None  # an archive's own key, opaque: sent back as it came


class IndexState(StrEnum):
    """How an index answer ended. Only EMPTY says that there is nothing."""

    WHOLE = "whole"  # every row that was asked for, or the last page of them
    MORE = "more"  # a resume key leads on
    CUT = "cut"  # rows are missing at the end, and there is no key to them
    EMPTY = "empty"  # in the form that this archive uses for "no captures" and nothing else
    EXCLUDED = "excluded"
    THROTTLED = "throttled"
    OFFLINE = "offline"
    UNREADABLE = "unreadable"  # no rows, no refusal, no "none": it tells nothing
    SILENT = "silent"  # there was no answer


SILENCE = frozenset(
    {
        IndexState.CUT,
        IndexState.THROTTLED,
        IndexState.OFFLINE,
        IndexState.UNREADABLE,
        IndexState.SILENT,
    }
)
"""Ends that say nothing about rows that did not come."""


class IndexEnd(Noun, frozen=True, kw_only=True):
    """The last word of an index answer, after its rows."""

    state: IndexState
    reason: str = ""
    resume: str | None = None
    rows: int = 0  # different ones that could be read
    repeated: int = 0  # the same as the row before
    unreadable: int = 0
    oversized: int = 0  # longer than any row can be; passed over unread
    disordered: int = 0  # before the row before them
    first: tuple[str, str] | None = None  # urlkey and timestamp
    last: tuple[str, str] | None = None
    failure: FailureKind | None = None
    retry_at: datetime | None = None
