"""The command as its users meet it: help, options, inputs, formats, exit codes."""

import csv
import os
import subprocess
from pathlib import Path

import pytest

from linkcheck import __version__
from tests.command import PYTHON, audit, linkcheck, links

FIELDS = "article line column role raw original archive timestamp modifier kind reason".split()


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    for name in ("a.md", "b.txt", "sub/c.html", "sub/d.markdown", "sub/e.mdx", "sub/f.htm"):
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(f'<a href="https://{path.stem}.example/">x</a>\n')
    for name in ("g.json", ".hidden.md", "sub/.git/h.md"):
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_text("https://never.example/")
    return tmp_path


def articles(*arguments: str | Path) -> list[str]:
    ran = links(*arguments)
    assert ran.code == 0, ran.err
    return [row["article"] for row in ran.rows]


ALL = ["a.md", "b.txt", "sub/c.html", "sub/d.markdown", "sub/e.mdx", "sub/f.htm"]


@pytest.mark.parametrize("arguments", [[], ["--help"], ["-h"]])
def test_help_says_what_each_command_does(arguments: list[str]) -> None:
    ran = linkcheck(*arguments)
    assert (ran.code, ran.err) == (0, "")
    assert "List every link of the articles" in ran.out
    assert "Find what is inconsistent in the articles" in ran.out


@pytest.mark.parametrize("command", ["links", "audit"])
def test_help_says_what_each_option_does_and_no_more(command: str) -> None:
    ran = linkcheck(command, "--help")
    assert ran.code == 0
    for noise in ("--empty-", "default: ()", "default: False", "--no-quiet"):
        assert noise not in ran.out
    for option in ("--format", "-f", "--output", "-o", "--files-from", "--include", "--exclude",
                   "--exclude-path", "--config", "-c", "--quiet", "-q", "--threads", "-T"):  # fmt: skip
        assert option in ran.out


def test_version() -> None:
    assert linkcheck("--version").out == f"{__version__}\n"


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["liks"], 'Did you mean "links"'),
        (["links", "--formt", "csv", "."], "Did you mean --format"),
        (["links", "--exclude-paths", "x", "."], "Did you mean --exclude-path"),
        (["links", "-f", "jsn", "."], "did you mean ndjson?"),
        (["links", "-f", "x", "."], "known: csv, ndjson, table"),
        (["links", "-T", "many", "."], "many"),
        (["links", "-T", "0", "."], "--threads must be above 0"),
        (["links", "--max-file-bytes", "-1", "."], "--max-file-bytes must be above 0"),
        (["links", "--include", "(", "."], "--include: '(' is no regular expression"),
        (["links", "--exclude-path", "[", "."], "--exclude-path: '[' is no regular expression"),
        (["links", "--config", "absent.toml", "."], "there is no such configuration file"),
        (["links", "--files-from", "absent"], "--files-from absent: No such file"),
        (["links"], "name at least one file or folder"),
        (["links", "-o"], "-o"),
        (["audit", "--fail-on", "eror", "."], "eror"),
    ],
)
def test_a_wrong_command_line_is_code_3_with_a_hint(
    folder: Path, arguments: list[str], said: str
) -> None:
    del folder
    ran = linkcheck(*arguments)
    assert (ran.code, ran.out) == (3, "")
    assert ran.err.startswith("linkcheck: ")
    assert said in ran.err
    assert "Traceback" not in ran.err


@pytest.mark.parametrize(
    ("arguments", "found"),
    [
        (["."], ALL),
        (["sub", "a.md"], [*ALL[2:], "a.md"]),
        (["a.md", "a.md", "./a.md", "."], ALL),
        (["*.md"], ["a.md"]),
        (["**/*.htm*"], ["sub/c.html", "sub/f.htm"]),
        (["sub/[cd]*"], ["sub/c.html", "sub/d.markdown"]),
        (["g.json"], ["g.json"]),
        ([".hidden.md"], [".hidden.md"]),
        ([".", "--exclude-path", "^sub/"], ["a.md", "b.txt"]),
        ([".", "--exclude-path", "c", "--exclude-path", r"\.md$"], ["b.txt", *ALL[3:]]),
        ([".", "--include", "[ab].example"], ["a.md", "b.txt"]),
        ([".", "--exclude", "[ab].example"], ALL[2:]),
        ([".", "--include", "a.example", "--exclude", "example"], ["a.md"]),
        (["--", "a.md"], ["a.md"]),
    ],
)
def test_which_articles_are_read(folder: Path, arguments: list[str], found: list[str]) -> None:
    del folder
    assert articles(*arguments) == found


def test_a_name_with_magic_is_first_a_name(folder: Path) -> None:
    (folder / "[x].md").write_text("<https://x.example/>")
    (folder / "-y.md").write_text("<https://y.example/>")
    assert articles("[x].md", "--", "-y.md") == ["[x].md", "-y.md"]


def test_paths_are_relative_to_the_current_folder(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert articles(folder / "sub" / "c.html") == ["sub/c.html"]
    monkeypatch.chdir(folder / "sub")
    assert articles("c.html", "..") == ["c.html", *(str(folder / n) for n in ALL[:2]), *(
        n.removeprefix("sub/") for n in ALL[3:])]  # fmt: skip


def test_files_from_a_list(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    text = "# a comment\n\n  a.md  \r\nsub/*.html\n./a.md\n"
    (folder / "list").write_text(text)
    assert articles("--files-from", "list") == ["a.md", "sub/c.html"]
    assert articles("b.txt", "--files-from", "list") == ["b.txt", "a.md", "sub/c.html"]
    done = subprocess.run(
        [PYTHON, "-m", "linkcheck", "links", "--files-from", "-", "-f", "ndjson"],
        check=True, capture_output=True, cwd=folder, input=text.encode(),
    )  # fmt: skip
    assert done.stdout.count(b"\n") == 2
    monkeypatch.undo()


def test_an_ignore_file_excludes_links(folder: Path) -> None:
    ignore = folder / ".linkcheckignore"
    ignore.write_text("# navigation\n\n^https://a\\.\n")
    assert articles(".") == ALL[1:]
    assert articles(".", "--include", "a.example") == ["a.md"]  # what is included is not excluded
    ignore.write_text("ok\n(\n")
    ran = links(".")
    assert ran.code == 3
    assert ".linkcheckignore: '(' is no regular expression" in ran.err


def test_the_fields_and_their_order_are_a_promise(folder: Path) -> None:
    (folder / "p.md").write_text('[x](/web/20210712023725im_/https://x.example/ "t")\n\n[y](《y》)')
    first, second = links("p.md").rows
    assert list(first)[: len(FIELDS)] == FIELDS
    assert [first[field] for field in FIELDS] == [
        "p.md", 1, 5, "link", "/web/20210712023725im_/https://x.example/", "https://x.example/",
        "wayback", "20210712023725", "im_", "archived", None,
    ]  # fmt: skip
    assert [second[field] for field in FIELDS[4:]] == [
        "《y》", None, None, None, None, "not-a-url", "prose",
    ]  # fmt: skip
    head, *rows = csv.reader(links("p.md", form="csv").out.splitlines())
    assert head[: len(FIELDS)] == FIELDS
    assert rows[0][:5] == ["p.md", "1", "5", "link", first["raw"]]
    table = links("p.md", form="table").out.splitlines()
    assert table[0].split() == ["p.md:1:5", "link", "archived", first["raw"]]
    assert table[1].endswith("not-a-url    《y》  (prose)")


@pytest.mark.parametrize("command", [links, audit])
@pytest.mark.parametrize("form", ["table", "csv", "ndjson"])
def test_a_file_holds_what_standard_output_would(folder: Path, command: object, form: str) -> None:
    assert callable(command)
    shown = command(".", form=form)
    stored = command(".", "-o", "out", form=form)
    assert stored.out == ""
    assert (folder / "out").read_bytes().decode() == shown.out
    assert stored.err == shown.err


def test_standard_output_is_the_result_and_nothing_else(folder: Path) -> None:
    del folder
    ran = links(".")
    assert len(ran.rows) == len(ALL)
    assert ran.err == "linkcheck: 6 links in 6 articles: link 6\n"
    assert links(".", "-q").err == ""
    assert links("a.md", "absent", "-q").err.startswith("linkcheck: absent: ")


@pytest.mark.parametrize("no_color", ["", "1"])
def test_no_colour_and_no_control_character(folder: Path, no_color: str) -> None:
    environment = {**os.environ, "NO_COLOR": no_color} if no_color else dict(os.environ)
    for arguments in (["links", "."], ["audit", "."], ["--help"], ["liks"]):
        done = subprocess.run(
            [PYTHON, "-m", "linkcheck", *arguments],
            check=False, capture_output=True, cwd=folder, env=environment,
        )  # fmt: skip
        assert b"\x1b" not in done.stdout + done.stderr


def test_findings_are_told_and_not_without_end(folder: Path) -> None:
    for number in range(30):
        (folder / f"bad{number:02}.md").write_bytes(b"\xff")
    ran = links(".")
    assert ran.err.count("is no UTF-8") == 20
    assert "linkcheck: and 10 more: linkcheck audit lists them" in ran.err
