"""Evidence in the few words that the table of rules is written in."""

from enum import StrEnum

from linkcheck.model.evidence import ArchiveEvidence, Baseline, Listing, Text
from linkcheck.model.noun import Noun
from linkcheck.settings.judging import JudgingSettings
from linkcheck.urls.likeness import Likeness, likeness
from linkcheck.urls.players import is_player
from linkcheck.verdicts.chain import Ending, Replay, captured_for, ending_of, replay_of
from linkcheck.verdicts.content import Content, judge_content
from linkcheck.verdicts.distance import Distance, after_end, is_moment, is_young, judge_distance

_GOOD, _ERRORS = range(200, 300), range(400, 600)
_ROWS = frozenset({Listing.LISTED, Listing.NEARBY})


class Address(StrEnum):
    """Whether the archive's key stands for the asked address."""

    SAME = "same"
    OTHER_CASE = "other-case"  # one key to the archive, maybe another resource


class Subject(StrEnum):
    """What the original is."""

    RESOURCE = "resource"
    PLAYER = "player"


class Era(StrEnum):
    """When the capture was made, as far as its site goes."""

    ITS_OWN = "its-own"
    AFTER_END = "after-end"


class Age(StrEnum):
    """Whether the archive can have caught up with the asked moment."""

    SETTLED = "settled"
    YOUNG = "young"


class Facets(Noun, frozen=True, kw_only=True):
    """All that a rule may look at."""

    listing: Listing
    replay: Replay
    ending: Ending
    content: Content
    distance: Distance
    text: Text
    address: Address
    subject: Subject
    era: Era
    age: Age
    baseline: Baseline


class Seen(Noun, frozen=True, kw_only=True):
    """The capture that a verdict is about: played, or else only listed."""

    timestamp: str | None = None
    url: str | None = None


def seen_capture(evidence: ArchiveEvidence, replay: Replay) -> Seen:
    """Return the capture that answers for what was asked."""
    played = captured_for(evidence.chain, evidence.original) if replay is Replay.PLAYED else None
    if played is not None:
        return Seen(timestamp=played.timestamp, url=played.original)
    if replay in {Replay.NOT_ASKED, Replay.UNTOLD} and evidence.row is not None:
        return Seen(timestamp=evidence.row.timestamp, url=evidence.row.original)
    return Seen()


def facets_of(evidence: ArchiveEvidence, settings: JudgingSettings) -> Facets:
    """Weigh the evidence: every threshold is applied here and nowhere else."""
    replay = replay_of(evidence.chain)
    if replay is Replay.ABSENT and evidence.timestamp is not None:
        # Of digits that name no moment the denial is no word about what they are cited for.
        replay = replay if is_moment(evidence.timestamp) else Replay.BROKEN
    seen = seen_capture(evidence, replay)
    ended = after_end(evidence, seen.timestamp, settings)
    return Facets(
        listing=evidence.listing,
        replay=replay,
        ending=_ending(evidence, replay),
        content=judge_content(evidence, replay, settings),
        distance=judge_distance(evidence, seen.timestamp, settings),
        text=evidence.text if replay is Replay.PLAYED else Text.NOT_COMPARED,
        address=_address(evidence, seen),
        subject=Subject.PLAYER if is_player(evidence.original) else Subject.RESOURCE,
        era=Era.AFTER_END if ended else Era.ITS_OWN,
        age=Age.YOUNG if is_young(evidence, settings) else Age.SETTLED,
        baseline=evidence.baseline if replay is Replay.PLAYED else Baseline.NONE,
    )


def _ending(evidence: ArchiveEvidence, replay: Replay) -> Ending:
    if replay is Replay.PLAYED:
        return ending_of(evidence.chain, evidence.original)
    status = evidence.row.status if evidence.row is not None else None
    if evidence.listing not in _ROWS or status is None:
        return Ending.UNSEEN
    if status in _GOOD:
        return Ending.GOOD
    return Ending.ERROR if status in _ERRORS else Ending.UNSEEN


def _address(evidence: ArchiveEvidence, seen: Seen) -> Address:
    if seen.url is None or likeness(evidence.original, seen.url) is not Likeness.CASE:
        return Address.SAME
    return Address.OTHER_CASE
