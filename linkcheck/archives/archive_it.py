"""Archive-It: the collections that institutions keep at the Internet Archive."""

from linkcheck.archives._dialect import WAYBACK_TEXT
from linkcheck.archives._pywb import PywbArchive
from linkcheck.model.pace import Budget

# The index is a child of the Wayback Machine's server (support.archive-it.org, "CDX/C API", 2018);
# how it says "none" and how often it may be asked is told nowhere: the Wayback Machine's pace.
ARCHIVE = PywbArchive(
    name="archive-it",
    prefix="https://wayback.archive-it.org/all/",
    pattern=r"(?:https?:)?//wayback\.archive-it\.org/(?:all|org-\d+|\d+)/",
    index="https://wayback.archive-it.org/all/timemap/cdx",
    dialect=WAYBACK_TEXT,
    index_budget=Budget(requests=24, seconds=60.0),
    budget=Budget(requests=8, seconds=1.0),
    examples=(
        "https://wayback.archive-it.org/5184/20150129011011/http://www.example.org/",
        "https://wayback.archive-it.org/all/20150129011011id_/http://www.example.org/",
    ),
)
