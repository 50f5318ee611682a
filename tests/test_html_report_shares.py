"""The report in shares and by several processes: the same bytes; and told again without a look."""

import itertools
import pickle
import subprocess
import sys
from functools import partial
from pathlib import Path

import pytest

from linkcheck.cli import folders
from linkcheck.collection.spread import apart
from linkcheck.model.finding import ArticleFindings
from linkcheck.reports.html import Share, beginnings, pages_written, write_shares
from linkcheck.reports.html import search as index
from linkcheck.reports.html.folder import LEDGER, Folder
from linkcheck.reports.html.overview import Overview
from linkcheck.reports.html.program import program
from linkcheck.reports.marks import Marks, mark
from linkcheck.reports.summary import Tally, summarise
from linkcheck.store import Store
from tests.command import linkcheck as run
from tests.findings import everything, findings, hostile, manifest

ROOT = Path(__file__).parents[1]
CASSETTE = ROOT / "cassettes" / "seeds.warc"


def some(first: int = 0, end: int | None = None) -> list[ArticleFindings]:
    return [everything(), hostile(), *findings(22)][first:end]


def files(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


@pytest.mark.parametrize("processes", [1, 2, 3])
def test_a_report_in_shares_is_the_same_to_the_byte(tmp_path: Path, processes: int) -> None:
    scripts = 4  # articles each
    whole = write_shares(tmp_path / "whole", [Share(some, chunk=scripts)], manifest())
    begins = beginnings(24, 3, scripts)
    assert begins == [0, 8, 16]
    ends = (*begins[1:], None)
    shares = [
        Share(partial(some, first, end), first, scripts)
        for first, end in zip(begins, ends, strict=True)
    ]
    spread = partial(apart, processes=processes)
    written = write_shares(tmp_path / "shares", shares, manifest(), spread=spread)
    assert written == whole
    assert files(tmp_path / "shares") == files(tmp_path / "whole")
    again = write_shares(tmp_path / "shares", shares, manifest(), spread=spread)
    assert (again.changed, again.removed) == (0, 0)


@pytest.mark.parametrize(
    ("articles", "shares", "begins"),
    [
        (0, 4, [0]),
        (5, 4, [0]),
        (1_000, 4, [0]),
        (1_001, 4, [0, 1_000]),
        (49_118, 4, [0, 13_000, 26_000, 39_000]),
    ],
)
def test_shares_begin_with_a_script(articles: int, shares: int, begins: list[int]) -> None:
    assert beginnings(articles, shares) == begins
    assert all(begin % index.IN_A_CHUNK == 0 for begin in begins)


def test_joined_counts_are_those_of_the_whole() -> None:
    tally, overview, articles = Tally(), Overview(), some()
    whole = Overview()
    for found in articles:
        whole.add(found)
    for part in (articles[:9], articles[9:10], articles[10:]):
        counted, seen = Tally(), Overview()
        for found in part:
            counted.add(found)
            seen.add(found)
        tally.join(pickle.loads(pickle.dumps(counted)))  # noqa: S301 - our own, as it comes back
        overview.join(pickle.loads(pickle.dumps(seen)))  # noqa: S301 - the same
    assert tally.done() == summarise(articles)
    assert (overview.roles, overview.hosts) == (whole.roles, whole.hosts)
    assert (overview.years, overview.distances) == (whole.years, whole.distances)
    assert overview.worries.keys() == whole.worries.keys()
    for kind, worries in whole.worries.items():
        named = {one.original: (one.article, one.articles) for one in worries.values()}
        joined = overview.worries[kind].values()
        assert {one.original: (one.article, one.articles) for one in joined} == named


def test_marks_count_what_is_different() -> None:
    marks, others = Marks(), Marks()
    for text in ("a", "b", "a", "\ud800"):
        marks.add(mark(text))
    others.add(mark("b"))
    assert (len(marks), marks.beside(others), others.beside(marks)) == (3, 2, 0)
    others.join(marks)
    assert len(pickle.loads(pickle.dumps(others))) == 3  # noqa: S301 - our own
    assert mark("a", "b") != mark("ab")


def test_a_copy_of_the_folder_has_put_nothing_yet(tmp_path: Path) -> None:
    with Folder(tmp_path / "out") as out:
        out.write("articles/aa/one.html", b"one")
        copy: Folder = pickle.loads(pickle.dumps(out))  # noqa: S301 - our own, as a process gets it
        copy.write("articles/aa/two.html", b"two")
        out.join(copy.put)
        assert (out.changed, sorted(out.put.files)) == (
            2,
            ["articles/aa/one.html", "articles/aa/two.html"],
        )
        out.join(out.put)  # where there is one process
        assert out.changed == 2
        out.finish()


def written_with(state: str, folder: Path) -> None:
    write_shares(folder, [Share(partial(some))], manifest(), state=state)


def test_the_same_state_is_known_again_without_a_look_at_it(tmp_path: Path) -> None:
    out = tmp_path / "out"
    written_with("one", out)
    known = pages_written(out, manifest(), "en", "one")
    assert known is not None
    assert (known.pages, known.changed) == (len(list(out.rglob("*.html"))), 0)


@pytest.mark.parametrize("what", ["state", "manifest", "language", "cut", "gone", "broken off"])
def test_anything_else_is_looked_at_again(tmp_path: Path, what: str) -> None:
    out, state, run_of, lang = tmp_path / "out", "one", manifest(), "en"
    written_with("one", out)
    page = next(out.glob("articles/*/*.html"))
    match what:
        case "state":
            state = "two"
        case "manifest":
            run_of = manifest("another")
        case "language":
            lang = "zh-Hant"
        case "cut":
            page.write_bytes(b"cut")
        case "gone":
            page.unlink()
        case _:
            ledger = (out / LEDGER).read_bytes()
            (out / LEDGER).write_bytes(ledger.replace(b'"finished":true', b'"finished":false'))
    assert pages_written(out, run_of, lang, state) is None


def test_no_state_is_never_the_same(tmp_path: Path) -> None:
    written_with("", tmp_path / "out")
    assert pages_written(tmp_path / "out", manifest(), "en", "") is None
    assert pages_written(tmp_path / "nowhere", manifest(), "en", "one") is None


def test_all_that_makes_a_report_is_in_its_name() -> None:
    assert program() == program()
    names = {path.name for path in (ROOT / "linkcheck").rglob("*.toml")}
    assert "en.toml" in names  # words are the program's too


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("shares") / "store"
    scanned = run("scan", ROOT / "seeds", "-q", "--replay", CASSETTE, "--store", folder)
    assert scanned.code == 0, scanned.err
    return folder


def test_the_command_reads_nothing_where_nothing_has_changed(
    store: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    command = ("report", "--store", store, "-f", "html", "-o", tmp_path / "out")
    first = run(*command)
    assert first.code == 0, first.err
    before = files(tmp_path / "out")

    def never(*_: object, **__: object) -> None:
        raise AssertionError("it was read again")

    monkeypatch.setattr(folders, "write_shares", never)
    again = run(*command)
    assert again.out.endswith(" 0 changed\n")
    assert files(tmp_path / "out") == before
    monkeypatch.undo()
    (tmp_path / "out" / "index.html").write_bytes(b"cut")
    assert run(*command).out.endswith(" 1 changed\n")
    assert files(tmp_path / "out") == before


def test_a_store_that_is_written_meanwhile_is_read_at_one_moment(
    store: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    moments = itertools.count()
    monkeypatch.setattr(Store, "moment", lambda _: next(moments))
    said = run("report", "--store", store, "-f", "html", "-o", tmp_path / "out")
    assert said.code == 0, said.err
    kept = pages_written(tmp_path / "out", None, "en", "any")
    assert kept is None  # it is not known which moment that was
    monkeypatch.undo()
    run("report", "--store", store, "-f", "html", "-o", tmp_path / "calm")
    now, then = files(tmp_path / "out"), files(tmp_path / "calm")
    assert now.pop(LEDGER) != then.pop(LEDGER)
    assert now == then


FORMATS = ("html", "jsonld", "json", "ndjson", "csv", "markdown", "junit", "github", "nquads")
_ALL = """
import sys
from linkcheck.cli import run
store, folder, *forms = sys.argv[1:]
for form in forms:
    assert run(["report", "--store", store, "-f", form, "-o", f"{folder}/{form}"]) == 0
"""


@pytest.fixture(scope="module")
def twice(store: Path, tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    """Every format, written by two processes that hash differently."""
    folders = []
    for seed in ("1", "2"):
        folder = tmp_path_factory.mktemp(f"seed-{seed}")
        done = subprocess.run(
            [sys.executable, "-c", _ALL, str(store), str(folder), *FORMATS],
            env={"PYTHONHASHSEED": seed, "PYTHONPATH": str(ROOT), "PATH": ""},
            capture_output=True,
            check=False,
        )
        assert done.returncode == 0, done.stderr.decode()
        folders.append(folder)
    return folders


@pytest.mark.parametrize("form", FORMATS)
def test_every_process_writes_the_same_bytes(twice: list[Path], form: str) -> None:
    """Sets and hashes have another order in each process: none of it may be seen."""
    one, other = (
        files(folder / form) if (folder / form).is_dir() else {form: (folder / form).read_bytes()}
        for folder in twice
    )
    assert one == other
    assert all(one.values())
