"""A batch: what is asked of an archive together."""

from enum import StrEnum

from linkcheck.model.index import IndexQuery
from linkcheck.model.noun import Noun


class Method(StrEnum):
    """How a batch is asked."""

    INDEX = "index"  # one query whose pages answer for many subjects
    PLAYBACK = "playback"  # each moment by itself


class Batch(Noun, frozen=True, kw_only=True):
    """Subjects of one host, side by side in the archive's order, and how to ask for them."""

    host: str  # in urlkey space: "com,hkcnews"
    method: Method
    first: int  # place of the first subject among all
    end: int  # after the last one
    asks: int  # moments: playback requests before any hop
    prefix: str = ""  # of every key that the query can answer for
    query: IndexQuery | None = None
