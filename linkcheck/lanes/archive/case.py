"""Evidence of one want put together, judged, and answered with a suggestion. Pure."""

from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time

from linkcheck.model.archived import ArchivedUrl
from linkcheck.model.evidence import ArchiveEvidence, Listing, Sharing
from linkcheck.model.holding import Holding
from linkcheck.model.observation import ArchiveObservation
from linkcheck.model.subject import Subject, Want
from linkcheck.model.verdict import ArchiveVerdict, Suggestion
from linkcheck.plan.window import is_certain
from linkcheck.settings.judging import JudgingSettings
from linkcheck.verdicts.archive import judge
from linkcheck.verdicts.distance import is_moment
from linkcheck.verdicts.listing import FEW, Choice, Rows, choose
from linkcheck.verdicts.suggestion import suggest

_IN_NEED = frozenset(
    {
        ArchiveVerdict.HOLLOW,
        ArchiveVerdict.DRIFTED,
        ArchiveVerdict.UNPLAYABLE,
        ArchiveVerdict.MISSING,
    }
)
_ALONE = Sharing()
_AT_HAND = 16
"""Holdings of many rows that stay in order: more are not asked about in turn by all hands."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Cases:
    """What all wants of one archive have in common."""

    archive: str
    judging: JudgingSettings
    _ordered: dict[int, tuple[Holding, Rows]] = field(default_factory=dict)  # the latest few

    def choose(self, timestamp: str | None, holding: Holding) -> Choice | None:
        """Choose what answers for a moment; many rows stay in order for the next question."""
        if len(holding.rows) <= FEW:
            return choose(timestamp, holding.rows, self.judging)
        known = self._ordered.get(id(holding))
        if known is None or known[0] is not holding:
            known = self._ordered[id(holding)] = holding, Rows(holding.rows)
            if len(self._ordered) > _AT_HAND:
                del self._ordered[next(iter(self._ordered))]
        return choose(timestamp, known[1], self.judging)

    def listed(  # noqa: PLR0913 - what is known of a want
        self,
        subject: Subject,
        want: Want,
        holding: Holding | None,
        at: datetime,
        *,
        absence: Listing = Listing.NOT_ASKED,
        sharing: Sharing = _ALONE,
        reason: str = "",
        records: tuple[str, ...] = (),
    ) -> ArchiveEvidence:
        """Return the evidence that rows give; `absence` is what it means that there are none.

        `records` are of the answers where there is no holding, which names its own.
        """
        choice = None if holding is None else self.choose(want.timestamp, holding)
        return ArchiveEvidence(
            archive=self.archive,
            original=subject.original,
            timestamp=want.timestamp,
            role=want.role,
            time=want.time,
            published=_midnight(want.published),
            seen_at=at,
            listing=absence if choice is None else choice.listing,
            index_records=records if holding is None else holding.records,
            row=None if choice is None else choice.row,
            before=None if choice is None else choice.before,
            after=None if choice is None else choice.after,
            sharing=sharing,
            reason=reason,
        )

    def observed(
        self, subject: Subject, want: Want, evidence: ArchiveEvidence, holding: Holding | None
    ) -> ArchiveObservation:
        """Judge evidence, and look for a better capture where one is needed."""
        finding = judge(evidence, self.judging)
        suggestion = None
        if finding.verdict in _IN_NEED and holding is not None:
            suggestion = self._suggest(subject, want, evidence, holding, finding.verdict)
        return ArchiveObservation(
            key=subject.key, want=want, evidence=evidence, finding=finding, suggestion=suggestion
        )

    def asked(
        self, subject: Subject, moment: str | None, holding: Holding | None = None
    ) -> ArchivedUrl:
        """Return what playback is asked for.

        Where any good capture will do it is the one that the rows show: the latest, which an
        archive gives without a moment, may be an error. So it is for digits that are no moment.
        """
        if holding is not None and not is_moment(moment):
            choice = self.choose(moment, holding)
            moment = moment if choice is None or choice.row is None else choice.row.timestamp
        return ArchivedUrl(
            archive=self.archive, timestamp=moment, modifier=None, inner=subject.original
        )

    def _suggest(
        self,
        subject: Subject,
        want: Want,
        evidence: ArchiveEvidence,
        holding: Holding,
        verdict: ArchiveVerdict,
    ) -> Suggestion | None:
        rows = (*holding.rows, *holding.siblings)
        avoid = frozenset({_digest(evidence)} if verdict is ArchiveVerdict.HOLLOW else ())
        if not rows:
            return None
        return suggest(self.asked(subject, want.timestamp), want.role, rows, avoid - {""})


def is_doubtful(observation: ArchiveObservation, holding: Holding | None) -> bool:
    """Tell a listing that does not settle its want: a replay must.

    Those that no rule decides (a suspicion, a status that is not told, another spelling, a
    capture from after its site's end), and rows of which a nearer one may not have been seen.
    """
    if observation.finding.verdict is ArchiveVerdict.UNKNOWN:
        return True
    return holding is not None and not is_certain(holding, observation.want.timestamp)


def _digest(evidence: ArchiveEvidence) -> str:
    row = evidence.row
    return "" if row is None or row.digest is None else row.digest


def _midnight(day: date | None) -> datetime | None:
    return None if day is None else datetime.combine(day, time(), tzinfo=UTC)
