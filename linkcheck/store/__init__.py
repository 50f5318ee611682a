"""What is remembered between runs, in one SQLite file; nobody else knows SQL."""

from linkcheck.store.furniture import least_articles
from linkcheck.store.lock import archive_lock
from linkcheck.store.nouns import (
    Change,
    ChangeKind,
    Episode,
    Footprint,
    History,
    Judges,
    Pruned,
    Rejudged,
    RunRecord,
    Sweep,
)
from linkcheck.store.prepared import Prepared, prepare
from linkcheck.store.sighting import ArchiveSighting, sighted
from linkcheck.store.store import Store
from linkcheck.store.touched import Shelved
from linkcheck.store.trial import trial
from linkcheck.store.writer import Seen, Writer

__all__ = [
    "ArchiveSighting",
    "Change",
    "ChangeKind",
    "Episode",
    "Footprint",
    "History",
    "Judges",
    "Prepared",
    "Pruned",
    "Rejudged",
    "RunRecord",
    "Seen",
    "Shelved",
    "Store",
    "Sweep",
    "Writer",
    "archive_lock",
    "least_articles",
    "prepare",
    "sighted",
    "trial",
]
