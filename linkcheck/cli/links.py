"""`linkcheck links`: which URLs a collection cites, where, and in which role."""

from collections import Counter
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

from cyclopts import Parameter

from linkcheck.archives import archives
from linkcheck.cli.options import CollectionOptions
from linkcheck.cli.output import Notes, exit_code, opened, row_format
from linkcheck.collection.load import UNREADABLE, load
from linkcheck.collection.spread import spread
from linkcheck.console.words import many
from linkcheck.links.chosen import Chosen
from linkcheck.links.extract import Extractor
from linkcheck.links.resolve import Resolver
from linkcheck.model.audit import AuditFinding
from linkcheck.model.input import Input
from linkcheck.model.link import Link, Role
from linkcheck.model.noun import Noun
from linkcheck.reports import row_formats
from linkcheck.settings.reading import ReadingSettings


def links(
    *paths: str,
    format: Annotated[str, Parameter(name=["--format", "-f"])] = "table",  # noqa: A002 the option's name
    output: Annotated[Path | None, Parameter(name=["--output", "-o"])] = None,
    options: CollectionOptions = CollectionOptions(),  # noqa: B008 it is frozen
) -> int:
    """List every link of the articles, without asking anybody.

    Parameters
    ----------
    paths:
        Files, folders or patterns; folders are searched for Markdown, text and HTML.
    format:
        table, ndjson or csv.
    output:
        Write to this file instead of standard output.
    """
    form = row_format(format)
    loaded = options.loaded()
    work = _Listing(loaded.settings.reading, options.chosen(loaded), form.name)
    inputs, notes = options.inputs(loaded), Notes()
    files = inputs.walk(options.named(paths, loaded))
    articles, unreadable, roles = 0, 0, Counter[Role]()
    with opened(output) as place, closing(spread(files, work, options.processes())) as results:
        place.write(form.head(Link))
        for listed in results:
            place.write(listed.text)
            articles += listed.articles
            roles.update(dict(listed.roles))
            for finding in listed.findings:
                unreadable += finding.rule == UNREADABLE
                notes.finding(finding)
    notes.end()
    code = exit_code(inputs, notes, articles, unreadable)
    if not options.quiet and articles:
        counts = ", ".join(f"{role} {roles[role]:,}" for role in Role if roles[role])
        notes.say(
            f"{many(roles.total(), 'link')} in {many(articles, 'article')}: {counts or 'none'}"
        )
    return code


class _Listed(Noun, frozen=True, kw_only=True):
    text: bytes
    articles: int
    roles: tuple[tuple[Role, int], ...]
    findings: tuple[AuditFinding, ...]


@dataclass(frozen=True, slots=True)
class _Listing:
    """Turn some files into the text of their links; it runs in a process of its own."""

    settings: ReadingSettings
    chosen: Chosen
    format: str

    def __call__(self, files: list[Input]) -> _Listed:
        extractor = Extractor(Resolver(archives()), self.settings)
        form = row_formats()[self.format]
        pieces: list[bytes] = []
        roles: list[Role] = []
        findings: list[AuditFinding] = []
        for file in files:
            article = load(file, self.settings)
            findings += article.findings
            for some in extractor.some_at_a_time(article):
                found = self.chosen.among(some)
                roles += [link.role for link in found]
                pieces.append(form.rows(found))
        return _Listed(
            text=b"".join(pieces),
            articles=len(files),
            roles=tuple((role, roles.count(role)) for role in Role),
            findings=tuple(findings),
        )
