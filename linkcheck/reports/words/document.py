"""docs/verdicts.md from the words of the report and the tables of rules.

`python -m linkcheck.reports.words.document > docs/verdicts.md` writes it anew.
"""

import sys
import tomllib
from collections.abc import Iterable, Iterator
from enum import StrEnum
from importlib.resources import files
from typing import Any

from linkcheck.model.verdict import ArchiveVerdict, LiveVerdict, Standing
from linkcheck.reports.words import words
from linkcheck.verdicts.archive import ARCHIVE_RULES
from linkcheck.verdicts.live import LIVE_RULES
from linkcheck.verdicts.rules import Rule

_BEGINNING = """\
# Verdicts, rules and standings

Every link has two sides: what an archive has of it, and what the live web has. Each side gets a
verdict by a named rule, and both verdicts together give the standing. The rules stand in tables and
are read from the top: the first that fits the evidence decides. Evidence is kept, so that later
rules can judge it again without a request.

Not knowing is an answer, and silence never condemns: an outage, a throttle, a timeout or the end of
a budget gives `unknown`, keeps what was known, and never turns into `missing` or `gone`. `gone`,
`host-gone`, `soft-gone`, `usurped`, `missing`, `unplayable` and `excluded` are suspicions until 3
scans at least 3 days apart agree; until then reports say `1 of 3`.

These are the words of the report itself. The column "looks at" names what a rule asks of the
evidence; what it does not name may be anything.
"""
_PROOF = """\
## How an archive's verdict is known

The proof is a field of its own and never part of the verdict.

| proof | meaning |
|---|---|
"""


def handbook() -> dict[str, dict[str, str]]:
    """Return the evidence and the examples."""
    source = files(__package__).joinpath("handbook.toml").read_text("utf-8")
    return tomllib.loads(source)


def document() -> str:
    """Return the whole of docs/verdicts.md."""
    return "\n".join(
        (
            _BEGINNING,
            *_named("Standings", "standing", Standing, "example"),
            *_named("Verdicts of the archive side", "archive", ArchiveVerdict, "evidence"),
            *_proofs(),
            *_rules("Rules of the archive side", "archive", ARCHIVE_RULES),
            *_named("Verdicts of the live side", "live", LiveVerdict, "evidence"),
            *_rules("Rules of the live side", "live", LIVE_RULES),
        )
    )


def _named(title: str, kind: str, members: Iterable[StrEnum], column: str) -> Iterator[str]:
    said, more = words("en"), handbook()[kind]
    yield f"## {title}\n"
    yield f"| {kind if kind == 'standing' else 'verdict'} | meaning | {column} | what to do |"
    yield "|---|---|---|---|"
    for one in members:
        says, do = said[f"{kind}.{one}.says"], said[f"{kind}.{one}.do"]
        yield f"| `{one}` | {says} | {_cell(more[one])} | {do} |"
    yield ""


def _rules(title: str, side: str, rules: Iterable[Rule[Any]]) -> Iterator[str]:
    said, more = words("en"), handbook()[f"{side}_rule"]
    yield f"## {title}\n"
    yield "What to do is said of the verdict.\n"
    yield "| rule | verdict | meaning | looks at | example |"
    yield "|---|---|---|---|---|"
    for rule in rules:
        says = said[f"{side}_rule.{rule.name}"]
        example = _cell(more[rule.name])
        yield f"| `{rule.name}` | `{rule.verdict}` | {says} | {_looks_at(rule)} | {example} |"
    yield ""


def _proofs() -> Iterator[str]:
    rows = (
        f"| `{key.removeprefix('proof.')}` | {text} |"
        for key, text in words("en").items()
        if key.startswith("proof.")
    )
    yield _PROOF + "\n".join(rows) + "\n"


def _looks_at(rule: Rule[Any]) -> str:
    parts = (
        f"{facet}: {', '.join(sorted(f'`{value.value}`' for value in values))}"
        for facet, values in rule.wanted.items()
    )
    return "; ".join(parts) or "nothing more"


def _cell(text: str) -> str:
    return text.replace("|", "\\|")


if __name__ == "__main__":
    sys.stdout.write(document())
