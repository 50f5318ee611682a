"""What was seen of an original on the live web, as data; conclusions stand elsewhere."""

from datetime import datetime

from linkcheck.model.exchange import FailureKind, Hop
from linkcheck.model.link import Role
from linkcheck.model.noun import Noun


class LiveSubject(Noun, frozen=True, kw_only=True, gc=False):
    """One address of the live web, and what links want of it."""

    original: str  # encoded, without its fragment: as it is asked
    roles: tuple[Role, ...]
    hint: str = ""  # the title of the article that stood there; empty where nobody knows


class LiveAnswer(Noun, frozen=True, kw_only=True):
    """One answer of the live web, read."""

    asked: str
    method: str
    at: datetime
    status: int | None = None  # None: there was no answer
    final_url: str | None = None
    hops: tuple[Hop, ...] = ()
    media_type: str | None = None
    title: str | None = None
    body_sha256: str | None = None
    body_size: int | None = None
    failure: FailureKind | None = None
    reason: str = ""
    record: str | None = None  # the WARC record of ours that holds the answer


class LiveEvidence(Noun, frozen=True, kw_only=True):
    """Everything that the judge of the live side needs."""

    original: str
    seen_at: datetime
    answers: tuple[LiveAnswer, ...] = ()
    reason: str = ""  # why nothing was asked
