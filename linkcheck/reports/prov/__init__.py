"""The report as W3C PROV: who captured what, who checked it, and what was concluded from it."""

from linkcheck.reports.prov.agents import describe_run
from linkcheck.reports.prov.describe import describe
from linkcheck.reports.prov.jsonld import to_jsonld
from linkcheck.reports.prov.nquads import to_nquads
from linkcheck.reports.prov.telling import Former, Predecessor, Telling
from linkcheck.reports.prov.write import write_jsonld, write_nquads

__all__ = [
    "Former",
    "Predecessor",
    "Telling",
    "describe",
    "describe_run",
    "to_jsonld",
    "to_nquads",
    "write_jsonld",
    "write_nquads",
]
