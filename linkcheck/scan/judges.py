"""The rules of the day, handed to the store."""

from linkcheck.scan.rules import judging_rules
from linkcheck.settings.settings import Settings
from linkcheck.store import Judges
from linkcheck.verdicts.archive import judge as judge_archive
from linkcheck.verdicts.live import judge_live, judge_live_host


def judges(settings: Settings) -> Judges:
    """Return how stored evidence is judged today."""
    return Judges(
        archive=lambda evidence: judge_archive(evidence, settings.judging),
        live=lambda evidence: judge_live(evidence, settings.live),
        host=lambda evidence: judge_live_host(evidence, settings.live),
        rules=judging_rules(settings),
    )
