"""The provenance report as a folder of pages that opens from disk and asks nobody."""

from linkcheck.reports.html.report import write_report
from linkcheck.reports.html.since import Changed, Since
from linkcheck.reports.html.written import Written

__all__ = ["Changed", "Since", "Written", "write_report"]
