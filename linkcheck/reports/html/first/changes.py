"""What has become of the collection since the run before."""

from collections import Counter
from dataclasses import dataclass
from itertools import islice

from linkcheck.model.link import Link
from linkcheck.reports.html.places import article_page
from linkcheck.reports.html.ranks import BAND
from linkcheck.reports.html.safe import brief, readable
from linkcheck.reports.html.since import KINDS, Since
from linkcheck.reports.speech import Speech

CHANGES = 60
"""Changes that are named one by one: what stands below them on the page is to be found, too."""


@dataclass(frozen=True, slots=True)
class ChangeView:
    """One link that became better or worse."""

    kind: str
    before: str
    now: str
    band: str
    href: str
    original: str


def changes(previous: Since, speech: Speech) -> list[ChangeView]:
    """Return the changes that are named one by one, the gravest first."""
    told = sorted(
        (one for one in previous.changes if one.kind in KINDS), key=lambda one: KINDS[one.kind]
    )
    return [
        ChangeView(
            kind=speech.word("change", one.kind),
            before="" if one.before is None else speech.named("standing", one.before),
            now=speech.named("standing", one.finding.standing),
            band=BAND[one.finding.standing],
            href=_place(one.finding.link),
            original=brief(readable(one.finding.link.original or one.finding.link.raw)),
        )
        for one in islice(told, CHANGES)
    ]


def change_counts(previous: Since, speech: Speech) -> list[tuple[str, int]]:
    """Return how many changes there are of each kind, the gravest first."""
    counts = Counter(one.kind for one in previous.changes)
    ranked = sorted(counts.items(), key=lambda item: KINDS.get(item[0], len(KINDS)))
    return [(speech.word("change", kind), count) for kind, count in ranked]


def changes_left(previous: Since, speech: Speech) -> str:
    """Return how many of those that could be named are not, and where they are."""
    left = sum(one.kind in KINDS for one in previous.changes) - CHANGES
    return speech.say("ui.changes_left", count=left) if left > 0 else ""


def _place(link: Link) -> str:
    return f"{article_page(link.article)}#L{link.line}-{link.column}"
