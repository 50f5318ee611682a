"""What the words of the report mean, in chapters."""

from typing import NamedTuple

from linkcheck.model.verdict import ArchiveVerdict, LiveVerdict, Standing
from linkcheck.reports.html.ranks import GRAVEST
from linkcheck.reports.speech import Speech


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
        Chapter("standing", words["ui.standings"], _named("standing", GRAVEST, speech)),
        Chapter("archive", words["ui.archive_verdicts"], _named("archive", ArchiveVerdict, speech)),
        Chapter("proof", words["ui.proofs"], _said("proof", speech)),
        Chapter("live", words["ui.live_verdicts"], _named("live", LiveVerdict, speech)),
        Chapter("archive-rule", words["ui.archive_rules"], _said("archive_rule", speech)),
        Chapter("live-rule", words["ui.live_rules"], _said("live_rule", speech)),
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


def _said(kind: str, speech: Speech) -> list[Term]:
    prefix, anchor = f"{kind}.", kind.replace("_", "-")
    return [
        Term(
            anchor=f"{anchor}-{key.removeprefix(prefix)}",
            code=key.removeprefix(prefix),
            name="",
            says=text,
            do="",
        )
        for key, text in speech.words.items()
        if key.startswith(prefix)
    ]
