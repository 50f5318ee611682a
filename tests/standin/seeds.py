"""The links of the seeds, as a scan would ask an archive for them."""

from datetime import date
from pathlib import Path

from linkcheck.archives import archives
from linkcheck.archives.wayback import ARCHIVE
from linkcheck.collection.load import load
from linkcheck.links.extract import Extractor
from linkcheck.links.resolve import Resolver
from linkcheck.model.article import Article
from linkcheck.model.input import Input
from linkcheck.model.link import Link
from linkcheck.plan.side import Side, sides
from linkcheck.settings.reading import ReadingSettings

SEEDS = Path(__file__).resolve().parents[2] / "seeds"


def seed_sides() -> list[tuple[Link, Side]]:
    """Return each link of the seeds that has an archive side, in reading order."""
    settings = ReadingSettings()
    extractor = Extractor(Resolver(archives()), settings)
    found: list[tuple[Link, Side]] = []
    for path in sorted(SEEDS.glob("*.txt")):
        article = load(Input(path=str(path), name=path.name), settings)
        found += sides(extractor.links(article), _published(article), ARCHIVE.name)
    return found


def _published(article: Article) -> date | None:
    value = next((field.value for field in article.fields if field.key == "date"), None)
    return None if value is None else date.fromisoformat(value)
