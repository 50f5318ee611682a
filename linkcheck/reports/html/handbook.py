"""What the words of the report mean, in chapters."""

from typing import NamedTuple

from linkcheck.model.verdict import ArchiveVerdict, LiveVerdict, Standing
from linkcheck.reports.html.ranks import GRAVEST
from linkcheck.reports.html.speech import Speech


class Term(NamedTuple):
    """One word and what it means."""

    anchor: str
    code: str
    name: str
    says: str
    do: str


class Chapter(NamedTuple):
    """Words of one kind."""

    key: str
    title: str
    terms: list[Term]


def chapters(speech: Speech) -> list[Chapter]:
    """Return all words of all kinds."""
    words = speech.words
    return [
        Chapter("standing", words["ui.standing"], _named("standing", GRAVEST, speech)),
        Chapter("archive", words["ui.archive_verdicts"], _named("archive", ArchiveVerdict, speech)),
        Chapter("live", words["ui.live_verdicts"], _named("live", LiveVerdict, speech)),
        Chapter("archive-rule", words["ui.archive_rules"], _rules("archive", speech)),
        Chapter("live-rule", words["ui.live_rules"], _rules("live", speech)),
    ]


def _named(
    kind: str, members: type[ArchiveVerdict | LiveVerdict] | tuple[Standing, ...], speech: Speech
) -> list[Term]:
    return [
        Term(
            anchor=f"{kind}-{member}",
            code=member,
            name=speech.words[f"{kind}.{member}.name"],
            says=speech.words[f"{kind}.{member}.says"],
            do=speech.words[f"{kind}.{member}.do"],
        )
        for member in members
    ]


def _rules(side: str, speech: Speech) -> list[Term]:
    prefix = f"{side}_rule."
    return [
        Term(
            anchor=f"{side}-rule-{key.removeprefix(prefix)}",
            code=key.removeprefix(prefix),
            name="",
            says=text,
            do="",
        )
        for key, text in speech.words.items()
        if key.startswith(prefix)
    ]
