"""`linkcheck audit`: what is wrong with a collection's provenance, found without the network."""

import datetime as dt
import os
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Literal

from cyclopts import Parameter

from linkcheck.archives import archives
from linkcheck.audit import audit as audit_article
from linkcheck.audit.subject import Subject
from linkcheck.audit.tally import Fact, Tally, facts
from linkcheck.cli.options import CollectionOptions
from linkcheck.cli.output import Notes, exit_code, opened, row_format
from linkcheck.collection.load import UNREADABLE, load
from linkcheck.collection.spread import spread
from linkcheck.console.words import many
from linkcheck.links.chosen import Chosen
from linkcheck.links.extract import Extractor
from linkcheck.links.resolve import Resolver
from linkcheck.model.audit import AuditFinding, Severity
from linkcheck.model.input import Input
from linkcheck.model.noun import Noun
from linkcheck.settings.reading import ReadingSettings

CONFIRMED = 2
_ORDER = (Severity.INFO, Severity.WARNING, Severity.ERROR)

Level = Literal["info", "warning", "error"]


def audit(
    *paths: str,
    format: Annotated[str, Parameter(name=["--format", "-f"])] = "table",  # noqa: A002 the option's name
    output: Annotated[Path | None, Parameter(name=["--output", "-o"])] = None,
    least: Level | None = None,
    fail_on: Level | Literal["never"] = "error",
    options: CollectionOptions = CollectionOptions(),  # noqa: B008 it is frozen
) -> int:
    """Find what is inconsistent in the articles themselves, without asking anybody.

    Parameters
    ----------
    paths:
        Files, folders or patterns; folders are searched for Markdown, text and HTML.
    format:
        table, ndjson or csv.
    output:
        Write to this file instead of standard output.
    least:
        Leave out findings that matter less; a table begins with warnings unless this is said.
    fail_on:
        Leave with code 2 when something matters as much as this.
    """
    form = row_format(format)
    shown = Severity(least or ("warning" if form.name == "table" else "info"))
    loaded = options.loaded()
    work = _Auditing(loaded.settings.reading, options.chosen(loaded), dt.datetime.now(dt.UTC))
    inputs, notes, ledger = options.inputs(loaded), Notes(), _Ledger(shown)
    files = inputs.walk(options.named(paths, loaded))
    tally = Tally()
    with opened(output) as place, closing(spread(files, work, options.processes())) as results:
        place.write(form.head(AuditFinding))
        for audited in results:
            place.write(form.rows(ledger.take(_with_tally(audited, tally))))
            ledger.articles += len(audited.articles)
        place.write(form.rows(ledger.take(tally.furniture())))
    code = exit_code(inputs, notes, ledger.articles, ledger.rules[UNREADABLE])
    if not options.quiet and ledger.articles:
        notes.say(ledger.summary())
    failing = fail_on != "never" and ledger.reaches(Severity(fail_on))
    return code or (CONFIRMED if failing else 0)


class _Audited(Noun, frozen=True, kw_only=True):
    articles: tuple[tuple[tuple[AuditFinding, ...], tuple[Fact, ...]], ...]


@dataclass(frozen=True, slots=True)
class _Auditing:
    """Audit some files; it runs in a process of its own."""

    settings: ReadingSettings
    chosen: Chosen
    now: dt.datetime

    def __call__(self, files: list[Input]) -> _Audited:
        extractor = Extractor(Resolver(archives()), self.settings)
        return _Audited(articles=tuple(self._one(file, extractor) for file in files))

    def _one(
        self, file: Input, extractor: Extractor
    ) -> tuple[tuple[AuditFinding, ...], tuple[Fact, ...]]:
        article = load(file, self.settings)
        found = self.chosen.among(extractor.links(article))
        folder = os.path.dirname(file.path)  # noqa: PTH120 as Inputs: paths are strings
        subject = Subject(
            article=article,
            links=tuple(found),
            date_keys=self.settings.date_keys,
            now=self.now,
            exists=lambda path: os.path.lexists(os.path.join(folder, path)),  # noqa: PTH118 as above
        )
        return tuple(audit_article(subject)), tuple(facts(found))


class _Ledger:
    """Count findings as they pass, and hold back those that matter too little to be shown."""

    def __init__(self, least: Severity) -> None:
        self.articles = 0
        self.rules: Counter[str] = Counter()
        self._least = _ORDER.index(least)
        self._severities: Counter[Severity] = Counter()

    def take(self, findings: Iterable[AuditFinding]) -> list[AuditFinding]:
        shown = []
        for finding in findings:
            self.rules[finding.rule] += 1
            self._severities[finding.severity] += 1
            if _ORDER.index(finding.severity) >= self._least:
                shown.append(finding)
        return shown

    def reaches(self, severity: Severity) -> bool:
        return any(self._severities[at] for at in _ORDER[_ORDER.index(severity) :])

    def summary(self) -> str:
        counts = ", ".join(f"{self._severities[at]:,} {at}" for at in reversed(_ORDER))
        held = sum(self._severities[at] for at in _ORDER[: self._least])
        more = f"; --least info shows the {held:,} left out" if held else ""
        return f"{many(self.articles, 'article')} audited: {counts}{more}"


def _with_tally(audited: _Audited, tally: Tally) -> Iterator[AuditFinding]:
    for findings, found in audited.articles:
        yield from findings
        yield from tally.add(found)
