"""What an archivist would say of one body under several names. Pure.

A body that unrelated articles rest on is a placeholder or an error page, or a picture that was
used again; only its bytes tell. A page that stands under several addresses is none of theirs. A
picture or a file is taken for what it shows, unless it is not whole, too small to show anything,
or stands in for others: two names or more that gave it gave something of their own another time.
"""

import re
from collections.abc import Iterable
from enum import StrEnum

from linkcheck.fixity import same_digest
from linkcheck.lanes.keeper import Citations
from linkcheck.media import FRAME
from linkcheck.model.content import Medium
from linkcheck.model.evidence import ArchiveEvidence, Fixity
from linkcheck.model.playback import Answer
from linkcheck.verdicts.chain import Replay, replay_of

LEAST_BYTES = 1024
"""A picture below shows nothing: blank pixels and spacers have 35 to 400 bytes."""

STOOD_IN = 2
"""Names with another body of their own that make a shared one a stand-in: one may be a change."""

# What a site shows beside its articles: the same everywhere by design.
_ORNAMENT = re.compile(
    r"avatar|gravatar|profile_(?:image|pic)|logo|favicon|(?:^|[/_.-])icons?(?:[/_.-]|$)|emoji"
    r"|sprite|badge|(?:^|[/_.-])(?:spacer|pixel|blank)(?:[/_.-]|$)",
    re.IGNORECASE,
)
# What senders and counters put into an address: the page stays the same.
_TRACKED = re.compile(
    r"(?:utm_[a-z]+|(?:fb|g|dc|y|tt)clid|msclkid|[gw]braid|mc_[ce]id|igshid|igsh|mibextid|ref_(?:src|url)"
    r"|spm|_ga|_gl)=[^&]*"
)
_FILES = frozenset({Medium.IMAGE, Medium.VIDEO, Medium.AUDIO, Medium.PDF})
_TAKEN = frozenset({Fixity.MATCH, Fixity.EXPLAINED, Fixity.UNTESTED})
_GOOD = range(200, 300)


class Shown(StrEnum):
    """What a replay shows a shared body to be."""

    PLACEHOLDER = "placeholder"
    GENUINE = "genuine"
    UNTOLD = "untold"


def unrelated(keys: Iterable[str], citations: Citations) -> int:
    """Return how many articles rest on these keys that have nothing else to do with each other.

    The sizes of one figure are cited together and count as one; so do all pages of one article,
    and one page under addresses that only tell who sent whom.
    """
    by_page: dict[str, frozenset[str]] = {}
    for key in keys:
        if _ORNAMENT.search(key) is None and not citations.is_furniture(key):
            page = _untracked(key)
            by_page[page] = by_page.get(page, frozenset()) | citations.articles(key)
    groups = set(by_page.values()) - {frozenset()}
    return min(len(groups), len(frozenset().union(*groups)))


def _untracked(key: str) -> str:
    page, _, query = key.partition("?")
    kept = [one for one in query.split("&") if one and _TRACKED.fullmatch(one) is None]
    return "?".join((page, "&".join(kept))) if kept else page


def shown_by(evidence: ArchiveEvidence, digest: str | None, stood_in: int) -> Shown:
    """Tell what a replay shows; `digest` is the one it has to be of, None its own."""
    last = evidence.chain[-1] if evidence.chain else None
    content = evidence.content
    if last is None or content is None or replay_of(evidence.chain) is not Replay.PLAYED:
        return Shown.UNTOLD
    if last.answer is not Answer.CAPTURE or last.status not in _GOOD or was_led(evidence):
        return Shown.UNTOLD
    if digest is not None and not _is_of(evidence, digest):
        return Shown.UNTOLD
    medium = content.sniffed.medium
    if content.cut or medium is Medium.OTHER or content.sniffed.form == FRAME:
        return Shown.UNTOLD  # one frame stands for every page that its scripts fill
    whole = content.sniffed.whole is not False and content.short is not True
    if medium in _FILES and whole and content.size >= LEAST_BYTES and stood_in < STOOD_IN:
        return Shown.GENUINE
    return Shown.PLACEHOLDER


def was_led(evidence: ArchiveEvidence) -> bool:
    """Tell a capture that redirected: many old addresses may well lead to one page."""
    return any(reading.answer is Answer.REDIRECT for reading in evidence.chain)


def _is_of(evidence: ArchiveEvidence, digest: str) -> bool:
    """Tell that the row with the digest was played, and that its bytes do not deny it."""
    row, fixity = evidence.row, evidence.fixity
    if row is None or not same_digest(row.digest, digest):
        return False
    played = evidence.chain[-1].timestamp == row.timestamp
    return played and (fixity is None or fixity.fixity in _TAKEN)
