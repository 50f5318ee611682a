"""The seeds' report in every format, kept as text: `tests/golden/report/README.md` says how."""

import difflib
import hashlib
import json
import os
import re
from pathlib import Path

import msgspec
import pytest

from linkcheck.model.manifest import Manifest
from linkcheck.reports.html.places import article_page
from linkcheck.store import Store
from tests.command import linkcheck as run

ROOT = Path(__file__).parents[1]
GOLDEN = Path(__file__).parent / "golden" / "report"
ARTICLE = article_page("seeds/002_7efa06972c30c1df.txt")
MOST = 64_000
"""Characters of one golden file; what is beyond is told by its hash alone."""


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """Every report of one replay, masked, by the name of its golden file."""
    folder = tmp_path_factory.mktemp("golden")
    files = {
        "json": "report.json",
        "ndjson": "report.ndjson",
        "csv": "report.csv",
        "markdown": "report.md",
        "junit": "report.xml",
        "github": "report.github.txt",
        "nquads": "report.nq",
        "html": "en",
        "jsonld": "jsonld",
    }
    reports = [f"--report={form}={folder / name}" for form, name in files.items()]
    store, cassette = folder / "store", ROOT / "cassettes" / "seeds.warc"
    before = Path.cwd()
    os.chdir(ROOT)  # articles are named from where the command was called
    try:
        scanned = run("scan", "seeds", "-q", "--replay", cassette, "--store", store, *reports)
        assert scanned.code == 0, scanned.err
        again = ("report", "--store", store, "-f", "html", "--lang", "zh-Hant")
        spoken = run(*again, "-o", folder / "zh-Hant")
        assert spoken.code == 0, spoken.err
    finally:
        os.chdir(before)
    with Store.read(store) as opened:
        manifest = opened.runs()[-1].manifest
    assert manifest is not None
    texts = {name: (folder / name).read_bytes().decode() for name in files.values() if "." in name}
    for lang in ("en", "zh-Hant"):
        texts[f"index.{lang}.html"] = (folder / lang / "index.html").read_text("utf-8")
        texts[f"article.{lang}.html"] = (folder / lang / ARTICLE).read_text("utf-8")
    document = ARTICLE.replace(".html", ".jsonld")
    texts["article.jsonld"] = (folder / "jsonld" / document).read_text("utf-8")
    return {name: masked(name, text, manifest, str(folder)) for name, text in texts.items()}


NAMES = (
    *(f"{page}.{lang}.html" for page in ("index", "article") for lang in ("en", "zh-Hant")),
    *("report.json", "report.ndjson", "report.csv", "report.md", "report.xml"),
    *("report.github.txt", "report.nq", "article.jsonld"),
)


def masked(name: str, text: str, manifest: Manifest, folder: str) -> str:
    """Take out what another machine, version or setting says otherwise, and nothing else."""
    settings = json.dumps(manifest.beginning.configuration, ensure_ascii=False)
    text = text.replace(settings, '"SETTINGS"')
    text = text.replace(folder, "FOLDER").replace(manifest.digest, "sha256:MANIFEST")
    text = text.replace(manifest.beginning.rules, "RULES")
    text = re.sub(r"(urn:linkcheck:configuration:)[0-9a-f]+", r"\1CONFIGURATION", text)
    text = re.sub(r"(urn:linkcheck:rules:)[0-9a-f]+", r"\1RULES", text)
    # A judgement is named by its rules too, which any change of their code makes others.
    judged: dict[str, int] = {}
    text = re.sub(
        r"urn:linkcheck:judgement:[0-9a-f]+",
        lambda found: f"urn:linkcheck:judgement:{judged.setdefault(found[0], len(judged) + 1)}",
        text,
    )
    for library, version in manifest.beginning.versions:
        text = text.replace(f'"{library}","{version}"', f'"{library}","VERSION"')
        text = text.replace(f"{library} {version}", f"{library} VERSION")
        text = text.replace(f"{library}/{version}", f"{library}/VERSION")
        text = text.replace(f"{library}@{version}", f"{library}@VERSION")
    text = re.sub(r'(<ul class="settings">).*?(</ul>)', r"\1SETTINGS\2", text)
    if name.endswith((".json", ".jsonld")):  # a value a line; the order of fields is kept
        text = json.dumps(json.loads(text), ensure_ascii=False, indent=1) + "\n"
    return text


def cut(text: str) -> str:
    """Return what is kept of a text: whole lines, and a hash of all where that is less."""
    if len(text) <= MOST:
        return text
    kept = text[: text.rindex("\n", 0, MOST) + 1]
    left = text.count("\n") - kept.count("\n")
    digest = hashlib.sha256(text.encode()).hexdigest()
    return f"{kept}… {left:,} lines more; SHA-256 of all: {digest}\n"


@pytest.mark.parametrize("name", NAMES)
def test_a_report_is_the_one_that_is_kept(written: dict[str, str], name: str) -> None:
    now, golden = cut(written[name]), GOLDEN / name
    if os.environ.get("REPORTS") == "write":
        golden.parent.mkdir(parents=True, exist_ok=True)
        golden.write_bytes(now.encode())
    kept = golden.read_bytes().decode()
    if now != kept:
        lines = difflib.unified_diff(kept.splitlines(), now.splitlines(), "kept", "now", "", "", 1)
        shown = "\n".join(line[:300] for line in list(lines)[:60])
        pytest.fail(f"{golden.name} is another now (`REPORTS=write` keeps it):\n{shown}")


def test_nothing_of_this_machine_is_kept(written: dict[str, str]) -> None:
    for name, text in written.items():
        assert str(ROOT) not in text, name
        assert str(Path.home()) not in text, name


def test_the_json_document_is_what_the_other_formats_say(written: dict[str, str]) -> None:
    document = msgspec.json.decode(written["report.json"])
    rows = [msgspec.json.decode(line) for line in written["report.ndjson"].splitlines()]
    assert [link for article in document["articles"] for link in article["links"]] == rows
