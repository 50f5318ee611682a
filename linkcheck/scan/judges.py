"""The rules of the day, handed to the store."""

from linkcheck.model.live import LiveEvidence
from linkcheck.model.verdict import LiveFinding, LiveVerdict
from linkcheck.scan.rules import judging_rules
from linkcheck.settings.settings import Settings
from linkcheck.store import Judges
from linkcheck.verdicts.archive import judge as judge_archive


def judges(settings: Settings) -> Judges:
    """Return how stored evidence is judged today."""
    return Judges(
        archive=lambda evidence: judge_archive(evidence, settings.judging),
        live=_not_yet,
        host=_not_yet,
        rules=judging_rules(settings),
    )


def _not_yet(evidence: LiveEvidence) -> LiveFinding:
    return LiveFinding(verdict=LiveVerdict.UNKNOWN, rule="not-asked", reason=evidence.reason)
