"""What a report says of the whole before it says anything of a part, and how that is known."""

from linkcheck.model.manifest import Manifest
from linkcheck.model.summary import Summary
from linkcheck.reports.speech import Speech, at_least, at_most


def outlook(summary: Summary, speech: Speech) -> str:
    """Return how many originals are held, how many need somebody, how many could not be told."""
    if not summary.articles:
        return speech.words["ui.outlook_empty"]
    total = summary.held + summary.worrying + summary.untold
    if not total:
        return speech.words["ui.outlook_none"]
    said = speech.say(
        "ui.outlook",
        total=total,
        held=summary.held,
        share=at_least(summary.held / total),
        worrying=summary.worrying,
    )
    if not summary.untold:
        return said
    return speech.say("ui.outlook_untold", said=said, untold=summary.untold)


def proofs(summary: Summary, manifest: Manifest | None, speech: Speech) -> list[str]:
    """Return how many captures are replayed and how many only listed, and what a sample bounds."""
    replayed, listed = summary.replayed, summary.listed
    if not replayed + listed:
        return [speech.words["ui.proof_none"]]
    if not listed:
        return [speech.say("ui.proof_all", total=replayed)]
    said = speech.say("ui.proof_counts", total=replayed + listed, replayed=replayed, listed=listed)
    sample = None if manifest is None else manifest.ending.sample
    if sample is None or not sample.size:
        return [said, speech.words["ui.no_sample"]]
    bounded = speech.say(
        "ui.sample",
        size=sample.size,
        bad=sample.bad,
        bound=at_most(sample.bound),
        confidence=at_least(sample.confidence),
    )
    return [said, bounded]
