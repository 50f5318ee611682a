"""Files into articles that are ready for the store, in whichever process."""

import hashlib
import os
from dataclasses import dataclass
from datetime import date

from msgspec.structs import replace

from linkcheck.archives import Archive
from linkcheck.audit.publication import publication_day
from linkcheck.collection.load import UNREADABLE, read
from linkcheck.links.chosen import Chosen
from linkcheck.links.extract import Extractor
from linkcheck.links.heading import heading_of
from linkcheck.links.resolve import Resolver
from linkcheck.model.article import Article
from linkcheck.model.audit import AuditFinding
from linkcheck.model.input import Input
from linkcheck.model.link import Link
from linkcheck.model.noun import Noun
from linkcheck.settings.reading import ReadingSettings
from linkcheck.store import Footprint, Prepared, prepare


class Parsed(Noun, frozen=True, kw_only=True):
    """What became of some files."""

    articles: tuple[Prepared, ...]
    findings: tuple[AuditFinding, ...]  # of files that could not be read


@dataclass(frozen=True, slots=True)
class Parsing:
    """Parse files; it can be handed to another process."""

    settings: ReadingSettings
    chosen: Chosen
    archives: tuple[Archive, ...]
    asked: tuple[str, ...]
    default: str

    def __call__(self, files: list[Input]) -> Parsed:
        """Read some files, find their links, and work out what they want."""
        extractor = Extractor(Resolver(self.archives), self.settings)
        articles: list[Prepared] = []
        findings: list[AuditFinding] = []
        for file in files:
            status = status_of(file.path)  # before the bytes: a later change is seen next time
            article, content = read(file, self.settings)
            failed = [one for one in article.findings if one.rule == UNREADABLE]
            if failed or status is None:
                findings += failed
                continue
            footprint = Footprint(
                name=file.name,
                size=status.st_size,
                mtime_ns=status.st_mtime_ns,
                sha256=hashlib.sha256(content).hexdigest(),
                title=_title(article, self.settings),
                published=_published(article, self.settings),
            )
            links = self.chosen.among(extractor.links(article))
            articles.append(self._prepared(footprint, links))
        return Parsed(articles=tuple(articles), findings=tuple(findings))

    def _prepared(self, footprint: Footprint, links: list[Link]) -> Prepared:
        """Work out both sides; what cites an archive that is not asked is looked for elsewhere."""
        asked = [
            replace(link, archive=self.default)
            if link.archive is not None and link.archive not in self.asked
            else link
            for link in links
        ]
        return replace(prepare(footprint, asked, self.default), links=tuple(links))


def status_of(path: str) -> os.stat_result | None:
    """Return what the disk says of a file; None where it is not there, or may not be seen."""
    try:
        return os.stat(path)  # noqa: PTH116 as Inputs: paths are strings
    except OSError:
        return None


def _title(article: Article, settings: ReadingSettings) -> str | None:
    values = {one.key: one.value for one in reversed(article.fields)}
    said = next((values[key] for key in settings.title_keys if values.get(key)), None)
    return said or heading_of(article)


def _published(article: Article, settings: ReadingSettings) -> date | None:
    values = {one.key: one.value for one in reversed(article.fields)}
    text = next((values[key] for key in settings.date_keys if values.get(key)), "")
    return publication_day(text) if text else None
