"""Whether a body is what the link's role wants, by its bytes or, weaker, by its row."""

from enum import StrEnum

from linkcheck.fixity import is_of_nothing
from linkcheck.model.content import ContentReading, Medium
from linkcheck.model.evidence import ArchiveEvidence, Fixity
from linkcheck.model.link import Role
from linkcheck.settings.judging import JudgingSettings
from linkcheck.urls.players import is_film, is_player
from linkcheck.verdicts.chain import Replay

_MARKUP = frozenset({"text/html", "application/xhtml+xml"})
_GOOD = range(200, 300)


class Content(StrEnum):
    """What the body is to the link's role."""

    MEANT = "meant"
    WRONG_KIND = "wrong-kind"
    EMPTY = "empty"
    TRUNCATED = "truncated"
    SHARED = "shared"  # a placeholder, confirmed by a replay
    SUSPECT = "suspect"  # looks like one of these; only a replay can say
    UNSEEN = "unseen"


_MISSED = frozenset({Content.EMPTY, Content.TRUNCATED})


def judge_content(evidence: ArchiveEvidence, replay: Replay, settings: JudgingSettings) -> Content:
    """Tell what the body is: sniffed if it was replayed, suspected at most if it was not."""
    sharing = evidence.sharing
    shared = sharing.articles >= settings.shared_by and not sharing.genuine
    if replay is Replay.PLAYED and evidence.content is not None:
        seen = _weighed(evidence.content, evidence)
        if seen in _MISSED and _is_denied(evidence):
            return Content.SUSPECT  # what is missing of the bytes was captured: lost on the way
        if seen is Content.MEANT and shared:
            return Content.SHARED if sharing.confirmed else Content.SUSPECT
        return seen
    row = evidence.row
    if replay is not Replay.PLAYED and row is not None and is_of_nothing(row.digest):
        return Content.EMPTY if row.status in _GOOD else Content.UNSEEN
    declared = evidence.chain[-1].media_type if replay is Replay.PLAYED else None
    media = declared or (row.media_type if row is not None else None)
    wrong = _wants_file(evidence) and media in _MARKUP
    if shared and sharing.confirmed:
        return Content.SHARED  # the very body was replayed, for another that rests on it
    return Content.SUSPECT if shared or wrong else Content.UNSEEN


def _weighed(content: ContentReading, evidence: ArchiveEvidence) -> Content:
    sniffed = content.sniffed
    if content.size == 0 or (sniffed.medium is Medium.NOTHING and not content.cut):
        return Content.EMPTY
    if _wants_file(evidence) and sniffed.medium in {Medium.HTML, Medium.TEXT}:
        return Content.WRONG_KIND
    if not content.cut and (
        sniffed.whole is False or (content.short is True and sniffed.whole is not True)
    ):
        return Content.TRUNCATED
    if evidence.role is Role.IMAGE and sniffed.medium is not Medium.IMAGE:
        return Content.SUSPECT  # bytes that no form of image is known by
    return Content.MEANT


def _is_denied(evidence: ArchiveEvidence) -> bool:
    """Tell bytes of another digest than the index has: a capture that was cut matches its own."""
    return evidence.fixity is not None and evidence.fixity.fixity is Fixity.MISMATCH


def _wants_file(evidence: ArchiveEvidence) -> bool:
    """Tell a role that a page cannot fill."""
    if evidence.role is Role.IMAGE:
        return True
    film = evidence.role is Role.VIDEO and is_film(evidence.original)
    return film and not is_player(evidence.original)
