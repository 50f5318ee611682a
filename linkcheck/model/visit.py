"""A visit to a host of the live web that goes on: what is kept of it until it is over.

A host's first answers are judged together. Whoever stops a run in between must not have the next
one ask for them again: it repeats the visit from what is kept, and goes on where that ends.
"""

from datetime import datetime

from linkcheck.model.noun import Noun


class Heard(Noun, frozen=True, kw_only=True):
    """One answer. It judges nothing by itself."""

    host: str  # with its scheme and port: "https://www.hkcnews.com"
    seed: str  # of all that is drawn by lot in this visit
    at: datetime
    question: str  # what was asked, how, and for which time: once in a visit
    url: str  # that was asked
    body: bytes  # the answer as the lane has packed it


class Visited(Noun, frozen=True, kw_only=True):
    """The visit is over: nothing of it is needed any more."""

    host: str
