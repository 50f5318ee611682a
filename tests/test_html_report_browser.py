"""The report in a real browser, opened from disk: `make browser` installs what it needs."""

import json
import re
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest

from linkcheck.model.verdict import Standing
from linkcheck.reports.html import write_report
from linkcheck.reports.html.places import article_page
from tests.findings import article, everything, findings, hostile, manifest
from tests.report_parts import named_article, standing_finding

HERE = Path(__file__).parent
MODULES = HERE.parent / ".venv-browser" / "node_modules"
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
NODE = shutil.which("node")
PAGES = {
    "first": "index.html",
    "list": "lists/all-0001.html",
    "search": "search.html",
    "words": "words.html",
    "article": article_page(article(0).article),
    "everything": article_page(everything().article),
    "hostile": article_page(hostile().article),
}

TURNING = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069]")

# Chinese differs in words and fonts alone, which three pages show.
LOOKED = [("en", page) for page in PAGES]
LOOKED += [("zh-Hant", page) for page in ("first", "search", "article")]

pytestmark = [
    pytest.mark.skipif(
        CHROMIUM is None or NODE is None or not (MODULES / "axe-core").is_dir(),
        reason="needs chromium, node, and `make browser` for axe-core and playwright-core",
    ),
    pytest.mark.timeout(300),
]


@pytest.fixture(scope="module")
def seen(tmp_path_factory: pytest.TempPathFactory) -> Any:
    looked = {}
    for lang in ("en", "zh-Hant"):
        folder = tmp_path_factory.mktemp("browser") / lang
        coded = standing_finding(Standing.LOST, "https://example.org/%E5%A4%A7%E9%99%B8%20a")
        articles = [everything(), hostile(), *findings(60), named_article("z.md", coded)]
        write_report(folder, articles, manifest(), lang=lang)
        pages = [PAGES[page] for one, page in LOOKED if one == lang]
        command = [NODE, HERE / "browser" / "look.mjs", MODULES, CHROMIUM, folder, *pages]
        done = subprocess.run(list(map(str, command)), capture_output=True, check=False)
        assert done.returncode == 0, done.stderr.decode()[-2_000:]
        looked[lang] = json.loads(done.stdout)
    return looked


@pytest.mark.parametrize(("lang", "page"), LOOKED)
def test_a_page_opens_from_disk_in_silence(seen: Any, lang: str, page: str) -> None:
    for width in ("wide", "phone"):
        looked = seen[lang][PAGES[page]][width]
        assert looked["console"] == []
        assert looked["requests"] == []
        assert looked["dialogs"] == []
        assert looked["styled"]
        assert not looked["wider"]  # nothing to scroll sideways but tables


@pytest.mark.parametrize(("lang", "page"), LOOKED)
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing(seen: Any, lang: str, page: str, scheme: str) -> None:
    assert seen[lang][PAGES[page]][scheme] == []


@pytest.mark.parametrize("lang", ["en", "zh-Hant"])
def test_searching_finds_and_filters_and_runs_nothing(seen: Any, lang: str) -> None:
    searched = seen[lang]["search"]
    assert searched["console"] == searched["requests"] == searched["dialogs"] == []
    assert searched["lost"]
    assert all("書店" in found for found in searched["lost"])
    assert "<script" not in searched["hostile"]
    assert searched["turned"].count("gnp.exe") > 1
    assert searched["shown"] == "https://example.org/大陸%20a"
    assert not TURNING.search(searched["turned"])
    assert searched["filtered"] > 1
    assert searched["href"].startswith("articles/")


@pytest.mark.parametrize("page", ["first", "list", "article"])
def test_a_page_is_painted_from_disk(painted: dict[str, list[float]], page: str) -> None:
    """How soon is for the benchmark: here it is shown that the browser tells it at all."""
    times = painted[PAGES[page]]
    assert len(times) == 5
    assert all(time > 0 for time in times)


@pytest.fixture(scope="module")
def painted(tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[float]]:
    folder = tmp_path_factory.mktemp("painted") / "report"
    write_report(folder, list(findings(60)), manifest())
    assert (folder / "index.html").stat().st_size < 300_000
    pages = [PAGES[page] for page in ("first", "list", "article")]
    command = [NODE, HERE / "browser" / "paint.mjs", MODULES, CHROMIUM, folder, *pages]
    done = subprocess.run(list(map(str, command)), capture_output=True, check=False)
    assert done.returncode == 0, done.stderr.decode()[-2_000:]
    told: dict[str, list[float]] = json.loads(done.stdout)
    return told
