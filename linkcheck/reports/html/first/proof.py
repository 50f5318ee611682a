"""How the standings are known, in sentences."""

from linkcheck.model.manifest import Manifest
from linkcheck.model.summary import Summary
from linkcheck.reports.html.speech import Speech, percent

_SHARES = 0.95


def proofs(summary: Summary, manifest: Manifest | None, speech: Speech) -> list[str]:
    """Return how much is replayed and how much only listed, and what the sample bounds."""
    replayed, listed = summary.replayed, summary.listed
    if not replayed + listed:
        return [speech.words["ui.proof_none"]]
    said = [
        speech.say("ui.proof_counts", total=replayed + listed, replayed=replayed, listed=listed)
    ]
    sample = None if manifest is None else manifest.ending.sample
    if sample is None:
        return [*said, speech.words["ui.no_sample"]]
    usual = sample.confidence == _SHARES
    said.append(
        speech.say(
            "ui.sample" if usual else "ui.sample_confidence",
            size=sample.size,
            bad=sample.bad,
            bound=percent(sample.bound),
            confidence=percent(sample.confidence),
        )
    )
    return said
