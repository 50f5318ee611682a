"""What writing a report came to."""

from linkcheck.model.noun import Noun


class Written(Noun, frozen=True, kw_only=True):
    """How many files the report has, and how many of them are others than before."""

    pages: int
    changed: int
    removed: int
