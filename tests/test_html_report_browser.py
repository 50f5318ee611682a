"""The report in a real browser, opened from disk: `make browser` installs what it needs."""

import json
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest

from linkcheck.reports.html import write_report
from linkcheck.reports.html.places import article_page
from tests.findings import article, everything, findings, hostile, manifest

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

pytestmark = [
    pytest.mark.skipif(
        CHROMIUM is None or NODE is None or not (MODULES / "axe-core").is_dir(),
        reason="needs chromium, node, and `make browser` for axe-core and playwright-core",
    ),
    pytest.mark.timeout(300),
]


@pytest.fixture(scope="module", params=["en", "zh-Hant"])
def seen(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Any:
    folder = tmp_path_factory.mktemp("browser") / "out"
    articles = [everything(), hostile(), *findings(60)]
    write_report(folder, articles, manifest(), lang=request.param)
    command = [NODE, HERE / "browser" / "look.mjs", MODULES, CHROMIUM, folder, *PAGES.values()]
    done = subprocess.run(list(map(str, command)), capture_output=True, check=False, timeout=250)
    assert done.returncode == 0, done.stderr.decode()[-2_000:]
    return json.loads(done.stdout)


@pytest.mark.parametrize("page", PAGES)
def test_a_page_opens_from_disk_in_silence(seen: Any, page: str) -> None:
    for width in ("wide", "phone"):
        looked = seen[PAGES[page]][width]
        assert looked["console"] == []
        assert looked["requests"] == []
        assert looked["dialogs"] == []
        assert looked["styled"]
        assert not looked["wider"]  # nothing to scroll sideways but tables


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing(seen: Any, page: str, scheme: str) -> None:
    assert seen[PAGES[page]][scheme] == []


def test_searching_finds_and_filters_and_runs_nothing(seen: Any) -> None:
    searched = seen["search"]
    assert searched["console"] == searched["requests"] == searched["dialogs"] == []
    assert searched["lost"]
    assert all("書店" in found for found in searched["lost"])
    assert "<script" not in searched["hostile"]
    assert searched["filtered"] > 1
    assert searched["href"].startswith("articles/")
