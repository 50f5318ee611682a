"""Whatever stands on the disk or is named: words, an exit code, and all other articles."""

import os
import subprocess
from pathlib import Path

import pytest

from linkcheck.collection.inputs import Inputs
from tests.command import PYTHON, Ran, audit, links, measured

GOOD = "See <https://good.example/>.\n"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A collection of one good article, which every run must still read."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "good.md").write_text(GOOD)
    return tmp_path


def assert_good_was_read(ran: Ran) -> None:
    assert "https://good.example/" in [row["original"] for row in ran.rows]


def test_an_empty_folder_is_a_mistake_in_words(tmp_path: Path) -> None:
    ran = links(tmp_path)
    assert (ran.code, ran.out) == (3, "")
    assert "no articles found" in ran.err


@pytest.mark.parametrize("path", ["absent.md", "absent/", "absent/*.md", "", "good.md/x"])
def test_a_missing_path_is_named_and_the_others_are_read(folder: Path, path: str) -> None:
    ran = links(folder, path)
    assert ran.code == 3
    assert f"linkcheck: {path}: " in ran.err
    assert "Traceback" not in ran.err
    assert_good_was_read(ran)


def test_a_path_with_a_nul_is_no_path(folder: Path) -> None:
    (folder / "list").write_bytes(b"good.md\nbad\0.md\n")
    ran = links("--files-from", "list")
    assert ran.code == 3
    assert "linkcheck: bad\\u0000.md: no path can be so" in ran.err
    assert_good_was_read(ran)


def test_an_unreadable_file_is_the_tools_failure_and_not_the_articles_end(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (folder / "secret.md").write_text(GOOD)
    real = os.open

    def refusing(path: str, flags: int, *rest: int) -> int:
        if str(path).endswith("secret.md"):
            raise PermissionError(13, "Permission denied", path)
        return real(path, flags, *rest)

    monkeypatch.setattr(os, "open", refusing)
    ran = links(".")
    assert ran.code == 1
    assert "secret.md:1: the file cannot be read: Permission denied" in ran.err
    assert_good_was_read(ran)
    assert [row["rule"] for row in audit(".").rows if row["article"] == "secret.md"] == [
        "unreadable"
    ]


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can become somebody else")
def test_a_folder_without_rights_is_named(folder: Path) -> None:
    closed = folder / "closed"
    closed.mkdir()
    (closed / "a.md").write_text(GOOD)
    closed.chmod(0)
    script = (
        "import os, sys, linkcheck.cli.links, linkcheck.archives as a, linkcheck.readers as r;"
        "a.archives(); r.readers(); import linkcheck.reports as f; f.row_formats();"
        "os.setgid(65534); os.setuid(65534);"
        "sys.exit(linkcheck.cli.run(['links', '-f', 'ndjson', '-T', '1', *sys.argv[1:]]))"
    )
    for ancestor in (folder, *folder.parents[:-2]):
        ancestor.chmod(ancestor.stat().st_mode | 0o055)
    done = subprocess.run(
        [PYTHON, "-c", script, "good.md", "closed"], check=False, capture_output=True, text=True
    )
    assert done.returncode == 1, done.stderr
    assert "closed: it may not be read: permission denied" in done.stderr
    assert "good.example" in done.stdout


def test_a_directory_named_like_an_article_is_a_folder(folder: Path) -> None:
    (folder / "x.md").mkdir()
    (folder / "x.md" / "in.md").write_text("<https://in.example/>")
    ran = links(".")
    assert ran.code == 0
    assert [row["article"] for row in ran.rows] == ["good.md", "x.md/in.md"]


def test_loops_of_links_end(folder: Path) -> None:
    (folder / "here").symlink_to(".", target_is_directory=True)
    (folder / "sub").mkdir()
    (folder / "sub" / "again").symlink_to(folder, target_is_directory=True)
    (folder / "knot").symlink_to("knot")
    ran = links("sub", ".")
    assert ran.code == 0
    assert len([row for row in ran.rows if row["original"] == "https://good.example/"]) == 1


@pytest.mark.parametrize(("target", "words"), [("loop.md", "symbolic link"), ("absent", "no such")])
def test_a_link_that_leads_nowhere_is_an_article_that_cannot_be_read(
    folder: Path, target: str, words: str
) -> None:
    (folder / "loop.md").symlink_to(target)
    ran = links(".")
    assert ran.code == 1
    assert "loop.md: " in ran.err
    assert words in ran.err
    assert_good_was_read(ran)


def test_folders_nested_deeper_than_python_calls(folder: Path) -> None:
    here = os.getcwd()  # noqa: PTH109 a path of 3,000 characters is walked into, not joined
    try:
        for _ in range(1500):
            os.mkdir("d")  # noqa: PTH102 as above
            os.chdir("d")
        Path("deep.md").write_text("<https://deep.example/>")
        os.chdir(here)
        ran = links(".")
        assert ran.code == 0, ran.err
        assert "https://deep.example/" in [row["original"] for row in ran.rows]
        assert_good_was_read(ran)
    finally:  # a later run of the tests that sweeps old folders could not remove it either
        os.chdir(here)
        subprocess.run(["/bin/rm", "-rf", str(folder / "d")], check=True)


def test_a_folder_that_vanishes_while_it_is_walked(folder: Path) -> None:
    (folder / "gone").mkdir()
    inputs = Inputs(str(folder))
    walk = inputs.walk([str(folder)])
    assert next(walk).name == "good.md"  # the folder's entries are already known
    (folder / "gone").rmdir()
    assert list(walk) == []
    assert [Path(trouble.path).name for trouble in inputs.troubles] in (["gone"], [])


@pytest.mark.parametrize("kind", ["fifo.md", "/dev/null", "/dev/zero"])
def test_what_is_neither_file_nor_folder_is_never_opened(folder: Path, kind: str) -> None:
    os.mkfifo(folder / "fifo.md")
    ran = links(".", kind)
    assert ran.code == 3
    assert f"linkcheck: {kind}: neither a file nor a folder" in ran.err
    assert_good_was_read(ran)
    assert links(".").code == 0  # found in a folder, it is passed over


def test_names_that_are_no_utf8(folder: Path) -> None:
    name = os.fsencode(folder) + b"/caf\xe9.md"
    with open(name, "wb") as file:  # noqa: PTH123 the name is bytes
        file.write(b"<https://latin.example/>\n\n[missing](nowhere.md)")
    for ran in (links("."), audit(".")):
        assert ran.code == 0, ran.err
        assert "caf\ufffd.md" in {row["article"] for row in ran.rows}
    assert links(os.fsdecode(b"caf\xe9.md")).code == 0
    for form in ("table", "csv"):
        assert links(".", form=form).code == 0


def test_names_that_a_terminal_would_obey(folder: Path) -> None:
    name = "\x1b[31mred\u202e[bold]\n.md"
    (folder / name).write_text("<https://red.example/>\n\n\x1b]0;title\x07 [x](\x1b[2J.md)\n")
    (folder / f"big{name}").write_text("x" * 100)
    for command in (links, audit):
        for form in ("table", "csv", "ndjson"):
            ran = command(".", "--max-file-bytes", "99", form=form)
            for text in (ran.out, ran.err):
                assert not set(text) & {"\x1b", "\x07", "\u202e"}
            assert "[bold]" in ran.out
    said = links(".", "--max-file-bytes", "99").err
    assert "big\\u001b[31mred\\u202e[bold]\\u000a.md:1: the file has 100 bytes" in said
    assert "\x1b" not in links("\x1b[31mabsent").err


def test_a_sparse_file_of_200_megabytes_is_one_finding(folder: Path) -> None:
    with (folder / "huge.md").open("wb") as file:
        file.truncate(200 * 1024 * 1024)
    cost = measured("audit", "-f", "ndjson", "huge.md", "good.md")
    assert (cost.code, cost.rows) == (2, 1)
    assert cost.megabytes < 100
    found = [row for row in audit(".").rows if row["article"] == "huge.md"]
    assert [(row["rule"], row["line"]) for row in found] == [("too-large", 1)]
    ran = links(".")
    assert ran.code == 0
    assert "huge.md:1: the file has 209,715,200 bytes, more than the 33,554,432" in ran.err
    assert_good_was_read(ran)


def test_the_size_that_is_too_large_is_settable(folder: Path) -> None:
    (folder / "linkcheck.toml").write_text("[reading]\nmax_file_bytes = 10\n")
    assert "more than the 10 that are read" in links(".").err
    assert links(".", "--max-file-bytes", "1000").rows
    assert links(".", "--max-file-bytes", "0").code == 3


def test_a_file_of_any_suffix_is_read_when_it_is_named(folder: Path) -> None:
    (folder / "notes.rst").write_text("https://notes.example/")
    assert [row["original"] for row in links("notes.rst").rows] == ["https://notes.example/"]
    assert links(".").err.startswith("linkcheck: 1 link in 1 article:")


def test_the_current_folder_may_be_gone(tmp_path: Path) -> None:
    doomed = tmp_path / "doomed"
    doomed.mkdir()
    script = (
        "import os, sys; from linkcheck.cli import run; os.rmdir(os.getcwd());"
        "sys.exit(run(['links', '.']))"
    )
    done = subprocess.run(
        [PYTHON, "-I", "-c", script], check=False, cwd=doomed, capture_output=True, text=True
    )
    assert done.returncode == 3, done.stderr
    assert "the current folder cannot be told" in done.stderr
