"""The report as pages, documents and quads, through the real command, from the seeds' cassette."""

import json
from pathlib import Path

import pytest

from tests.command import linkcheck as run
from tests.prov_rules import parsed
from tests.test_prov import quads_in

ROOT = Path(__file__).parents[1]
CASSETTE = ROOT / "cassettes" / "seeds.warc"


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("folders") / "store"
    scanned = run(
        *("scan", str(ROOT / "seeds"), "-q", "--replay", str(CASSETTE), "--store", str(folder)),
        *("--report", f"html={folder.parent / 'pages'}"),
    )
    assert scanned.code == 0, scanned.err
    return folder


def pages(folder: Path) -> dict[str, bytes]:
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def test_two_reports_of_one_store_are_the_same_to_the_byte(store: Path, tmp_path: Path) -> None:
    for name in ("one", "two"):
        said = run("report", "--store", store, "-f", "html", "-o", tmp_path / name)
        assert said.code == 0, said.err
        assert "index.html" in said.out
    assert pages(tmp_path / "one") == pages(tmp_path / "two")
    assert pages(tmp_path / "one") == pages(store.parent / "pages")


def test_a_second_writing_changes_nothing(store: Path, tmp_path: Path) -> None:
    for changed in ("", " 0 changed"):
        said = run("report", "--store", store, "-f", "html", "-o", tmp_path)
        assert changed in said.out


def test_the_report_speaks_chinese(store: Path, tmp_path: Path) -> None:
    said = run("report", "--store", store, "-f", "html", "--lang", "zh-Hant", "-o", tmp_path)
    assert said.code == 0, said.err
    assert '<html lang="zh-Hant"' in (tmp_path / "index.html").read_text()


def test_an_unknown_language_is_named_with_those_there_are(store: Path) -> None:
    said = run("report", "--store", store, "-f", "html", "--lang", "fr")
    assert said.code == 3
    assert "en and zh-Hant" in said.err


@pytest.mark.filterwarnings("ignore::DeprecationWarning:rdflib")
def test_provenance_as_documents_and_as_a_stream(store: Path, tmp_path: Path) -> None:
    said = run("report", "--store", store, "-f", "jsonld", "-o", tmp_path / "prov")
    assert said.code == 0, said.err
    documents = sorted((tmp_path / "prov").rglob("*.jsonld"))
    assert len(documents) == 5
    assert all(json.loads(one.read_text()) for one in documents)
    streamed = run("report", "--store", store, "-f", "nquads")
    assert len(quads_in(parsed(streamed.out.encode(), "nquads"))) > 1000


def test_a_folder_that_is_no_report_is_left_alone(store: Path, tmp_path: Path) -> None:
    (tmp_path / "mine.txt").write_text("mine")
    run("report", "--store", store, "-f", "html", "-o", tmp_path)
    assert (tmp_path / "mine.txt").read_text() == "mine"


@pytest.mark.parametrize("kind", ["report", "finding", "link", "audit"])
def test_the_schema_is_published(kind: str) -> None:
    said = run("schema", kind)
    assert said.code == 0
    assert json.loads(said.out)["title"] == f"linkcheck {kind}"


def test_an_unknown_schema_is_refused() -> None:
    said = run("schema", "reprot")
    assert said.code == 3
    assert "did you mean report?" in said.err
