"""The report of real articles with made-up findings: real titles, real addresses, real damage."""

from pathlib import Path

import pytest
from selectolax.lexbor import LexborHTMLParser

from linkcheck.reports.html import write_report
from tests.findings import manifest, of_collection
from tests.sample import unpacked

pytestmark = [pytest.mark.sample, pytest.mark.soak]


def test_real_articles_make_sound_pages(tmp_path: Path) -> None:
    articles = list(of_collection(unpacked(tmp_path)))
    written = write_report(tmp_path / "report", articles, manifest(), lang="zh-Hant")
    assert written.pages > len(articles) > 4_900
    assert (tmp_path / "report" / "index.html").stat().st_size < 300_000
    cards = 0
    for page in (tmp_path / "report" / "articles").rglob("*.html"):
        tree = LexborHTMLParser(page.read_text("utf-8"))
        cards += len(tree.css("section.link"))
        for node in tree.css("a[href]"):
            href = node.attributes["href"] or ""
            assert href.startswith(("http://", "https://", "../../", "#", "HTTP"))
    assert cards == sum(len(found.links) for found in articles)
    again = write_report(tmp_path / "report", articles, manifest(), lang="zh-Hant")
    assert (again.changed, again.removed) == (0, 0)
