"""The provenance report as a folder of pages that opens from disk and asks nobody."""

from linkcheck.reports.html.part import Part
from linkcheck.reports.html.report import Spread, pages_written, write_report, write_shares
from linkcheck.reports.html.share import Share, beginnings
from linkcheck.reports.html.since import Changed, Since
from linkcheck.reports.html.written import Written

__all__ = [
    "Changed",
    "Part",
    "Share",
    "Since",
    "Spread",
    "Written",
    "beginnings",
    "pages_written",
    "write_report",
    "write_shares",
]
