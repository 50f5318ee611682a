"""Where a scan speaks to: places that are full, closed or taken, found out in time."""

import io
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager, redirect_stderr, redirect_stdout, suppress
from pathlib import Path

import pytest

from linkcheck.cli import run
from linkcheck.cli.wanted import Wanted
from tests.standin.held import Held
from tests.town import PAGE, Town, town

AT = "20200101000000"
LINKS = [f"https://news.example/{n}" for n in range(6)]


@pytest.fixture
def home(tmp_path: Path) -> Iterator[Town]:
    held = [
        Held(original=url, timestamp=AT, body=PAGE % (b"A", b"A", url.encode() * 40))
        for url in LINKS
    ]
    with town(tmp_path / "town", *held, names=("news.example",)) as made:
        made.write("a.md", *(f"https://web.archive.org/web/{AT}/{url}" for url in LINKS))
        yield made


@pytest.mark.parametrize(
    ("reports", "said"),
    [
        (("csv=out/r.csv",), "out is not there: make it first"),
        (("csv=articles",), "articles is a folder, not a file"),
        (("csv=articles/a.md/r.csv",), "a.md is a file, not a folder"),
        (("csv=/proc/r.csv",), "/proc cannot be written to"),
        (("html=/proc/r",), "/proc cannot be written to"),
        (("html=articles",), "articles holds files that are not a report of linkcheck's"),
        (("jsonld=articles/a.md",), "a.md is a file, not a folder"),
        (("csv=r", "ndjson=./r"), "r is taken by --report csv=r already"),
        (("csv", "ndjson"), "standard output is taken by --report csv already"),
        (("html", "jsonld"), "linkcheck-report is taken by --report html already"),
    ],
)
def test_a_report_that_cannot_be_written_is_told_before_anything_is_asked(
    home: Town, reports: tuple[str, ...], said: str
) -> None:
    ran = home.scan(*(part for one in reports for part in ("--report", one)))
    assert ran.code == 3, ran.out
    assert said in ran.err
    assert not home.asks()
    assert not (home.folder / ".linkcheck").exists()


def test_a_folder_of_a_report_is_no_file(home: Town) -> None:
    home.scan("-q", "-n")
    for place, said in (
        ("linkcheck.toml", "--output linkcheck.toml: the folder"),
        ("articles", "--output articles: articles holds files that are not a report"),
    ):
        ran = home.run("report", "-f", "html", "-o", place)
        assert (ran.code, ran.out) == (3, "")
        assert said in ran.err


def test_looking_for_a_place_leaves_nothing_there(home: Town) -> None:
    before = sorted(home.folder.iterdir())
    reports = ("--report", "csv=r.csv", "--report", "html=pages/of/it", "--report", "ndjson")
    assert home.scan("--dry-run", *reports).code == 0
    assert sorted(home.folder.iterdir()) == before


def test_one_report_that_fails_does_not_take_the_others(
    home: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("linkcheck.cli.scan.wanted", _without_look)
    ran = home.scan("--report", "csv=out/r.csv", "--report", "ndjson=r.ndjson")
    assert ran.code == 1
    assert "out/.r.csv" in ran.err or "out/r.csv: cannot be written" in ran.err
    assert (home.folder / "r.ndjson").read_text().count("\n") == 6


def _without_look(said: tuple[str, ...], lang: str) -> tuple[Wanted, ...]:
    pairs = (one.partition("=") for one in said)
    return tuple(Wanted(format=name, path=Path(path), lang=lang) for name, _, path in pairs)


SPOKEN = (
    ("scan", "--report", "csv=r.csv"),
    ("scan", "--dry-run"),
    ("report",),
    ("report", "-f", "html", "-o", "pages"),
    ("show", "articles/a.md"),
    ("config",),
    ("schema",),
    ("links", "articles"),
    ("--help",),
    ("--version",),
)


def test_standard_output_on_a_full_disk(home: Town) -> None:
    home.scan("-q", "-n")
    for arguments in SPOKEN:
        err = io.StringIO()
        with home.inside(), redirect_stderr(err), into("/dev/full") as out, redirect_stdout(out):
            code = run(arguments)
        assert code == 1, arguments
        assert "No space left on device" in err.getvalue(), arguments
    assert (home.folder / "r.csv").exists(), "it does not suffer"


def test_a_reader_who_leaves_takes_nothing_along(home: Town) -> None:
    """As `head` does, and as standard error may be read by somebody who leaves too."""
    for number in range(2):
        reading, writing = os.pipe()
        os.close(reading)
        rest = io.StringIO()
        with home.inside(), into(writing) as gone:
            out, err = (gone, rest) if number else (rest, gone)
            with redirect_stderr(err), redirect_stdout(out):
                code = run(("scan", "--fresh", "--report", f"csv={number}.csv"))
        assert code == 0
        assert (home.folder / f"{number}.csv").exists()
        assert "Traceback" not in rest.getvalue()


def test_progress_that_nobody_can_read_does_not_end_the_scan(
    home: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("linkcheck.console.progress.LOG_EVERY", 0.01)
    home.delay = 0.05
    out = io.StringIO()
    with home.inside(), into("/dev/full") as err, redirect_stderr(err), redirect_stdout(out):
        code = run(("scan",))
    assert code == 0
    assert "archived-and-live" in out.getvalue()


def test_a_terminal_that_knows_no_utf_8(home: Town) -> None:
    home.write("文章.md", f"https://web.archive.org/web/{AT}/https://news.example/gone")
    ran = subprocess.run(
        [sys.executable, "-m", "tests.town_launch", "scan"],
        cwd=home.folder,
        env={**home.environment, "PYTHONIOENCODING": "ascii"},
        capture_output=True,
        check=False,
    )
    assert ran.returncode == 0, ran.stderr
    assert rb"articles/\u6587\u7ae0.md:4" in ran.stdout


def test_pages_of_a_report_are_no_articles(home: Town) -> None:
    home.scan("--report", "html=articles/report")
    assert (home.folder / "articles" / "report" / "index.html").exists()
    for command in (("scan",), ("links", "articles")):
        ran = home.run(*command)
        assert ran.code == 0, ran.err
    assert [one.article for one in home.findings()] == ["articles/a.md"]


def test_a_store_inside_the_collection_is_no_article(home: Town) -> None:
    for _ in range(2):
        ran = home.scan("--store", "articles/state")
        assert ran.code == 0, ran.err
    assert [one.article for one in home.findings("articles/state")] == ["articles/a.md"]


@contextmanager
def into(place: str | int) -> Iterator[io.TextIOWrapper]:
    file = io.FileIO(place, "w")
    yield io.TextIOWrapper(file, encoding="utf-8", write_through=True)
    with suppress(OSError):
        file.close()
