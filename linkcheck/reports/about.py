"""What a report knows besides its findings: the run, the counts, and what was asked of it."""

from linkcheck.model.manifest import Manifest
from linkcheck.model.noun import Noun
from linkcheck.model.summary import Summary
from linkcheck.model.verdict import Standing
from linkcheck.reports.words import LANGUAGES

FAILING = (Standing.LOST, Standing.WITHHELD)
"""What fails a scan unless `--fail-on` says otherwise."""


class About(Noun, frozen=True, kw_only=True):
    """All of it comes from the store: nothing here is of the moment of writing."""

    summary: Summary
    manifest: Manifest | None = None  # of the last run; None: it left none
    fail_on: tuple[Standing, ...] = FAILING
    lang: str = LANGUAGES[0]  # of texts for people
