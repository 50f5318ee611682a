"""Every link of every golden document: a document and its `.links` file are a new case."""

from pathlib import Path

import pytest

from linkcheck.archives import archives
from linkcheck.collection.load import load
from linkcheck.links.extract import Extractor
from linkcheck.links.resolve import Resolver
from linkcheck.model.input import Input
from linkcheck.model.link import Kind, Link, Role
from linkcheck.settings.reading import ReadingSettings

ROOT = Path(__file__).parents[1]
GOLDEN = ROOT / "tests" / "golden" / "links"
SEEDS = sorted((ROOT / "seeds").iterdir())
DOCUMENTS = [*SEEDS, *sorted(path for path in GOLDEN.iterdir() if path.suffix != ".links")]


def links_of(path: Path) -> list[Link]:
    article = load(Input(path=str(path), name=path.name), ReadingSettings())
    return Extractor(Resolver(archives()), ReadingSettings()).links(article)


def as_text(link: Link) -> str:
    """One line: place, role and kind, what it names, and how it is written."""
    parts = (
        f"{link.line}:{link.column}",
        link.role,
        link.kind,
        link.archive,
        link.timestamp,
        link.modifier,
        link.time,
        link.original,
        link.reason,
        ",".join(link.repairs) or None,
        link.raw,
    )
    return "\t".join("-" if part is None else part for part in parts)


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: path.name)
def test_links_are_those_of_the_golden_file(path: Path) -> None:
    golden = GOLDEN / f"{path.name}.links"
    assert [as_text(link) for link in links_of(path)] == golden.read_text().splitlines()


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: path.name)
def test_every_link_stands_where_it_says(path: Path) -> None:
    lines = path.read_text(encoding="utf-8").split("\n")
    for link in links_of(path):
        if "\n" not in link.raw:
            assert lines[link.line - 1].startswith(link.raw, link.column - 1), as_text(link)


def test_the_seeds_have_223_links() -> None:
    found = [link for path in SEEDS for link in links_of(path)]
    assert {role: sum(link.role is role for link in found) for role in Role} == {
        Role.URL: 4,
        Role.ORIGINAL_URL: 4,
        Role.IMAGE: 10,
        Role.VIDEO: 1,
        Role.LINK: 204,
    }


def test_the_encyclopedia_page_has_110_web_and_90_local_links() -> None:
    page = [link for path in SEEDS if path.name.startswith("003") for link in links_of(path)]
    live = [link.original for link in page if link.kind is Kind.LIVE]
    local = [link.raw for link in page if link.kind is Kind.LOCAL]
    assert (len(live), len(set(live))) == (110, 94)
    assert (len(local), len(set(local))) == (90, 66)


def test_the_seeds_have_4_root_relative_archive_links() -> None:
    found = [link for path in SEEDS for link in links_of(path) if link.raw.startswith("/web/")]
    assert [link.archive for link in found] == ["wayback"] * 4
