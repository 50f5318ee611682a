"""What is wrongly said is told with what was meant, by every command alike, with code 3."""

from pathlib import Path

import pytest

from tests.command import linkcheck

COMMANDS = {
    "links": ("links", "a.md"),
    "audit": ("audit", "a.md"),
    "scan": ("scan", "a.md"),
    "report": ("report",),
    "show": ("show", "a.md"),
    "verify": ("verify",),
    "prune": ("prune",),
    "config": ("config",),
    "schema": ("schema",),
}
SETTLED = [name for name in COMMANDS if name != "schema"]  # it has no settings


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "a.md").write_text("no link\n")
    return tmp_path


def refused(*arguments: str, said: str) -> None:
    ran = linkcheck(*arguments)
    assert (ran.code, ran.out) == (3, ""), ran.err
    assert ran.err.startswith("linkcheck: ")
    assert said in ran.err
    assert "Traceback" not in ran.err


@pytest.mark.parametrize("command", COMMANDS)
@pytest.mark.parametrize(
    ("more", "said"),
    [
        (("--no-such-thing",), "Unknown option"),
        (("-",), "- stands only behind --files-from"),
        (("--outptu", "x"), "Unknown option"),
        (("-Z",), "-Z"),
    ],
)
def test_an_unknown_option(folder: Path, command: str, more: tuple[str, ...], said: str) -> None:
    del folder
    refused(*COMMANDS[command], *more, said=said)


@pytest.mark.parametrize("command", SETTLED)
def test_an_unknown_variable(folder: Path, monkeypatch: pytest.MonkeyPatch, command: str) -> None:
    del folder
    monkeypatch.setenv("LINKCHECK_SCAN_CONTCT", "x")
    refused(*COMMANDS[command], said="did you mean LINKCHECK_SCAN_CONTACT?")


def test_a_variable_that_is_like_no_other(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    del folder
    monkeypatch.setenv("LINKCHECK_QQQ", "x")
    refused("report", said="variable LINKCHECK_QQQ; linkcheck config lists what can be set")
    monkeypatch.delenv("LINKCHECK_QQQ")
    monkeypatch.setenv("LINKCHECK_CONFIG", "none.toml")
    refused("report", said="LINKCHECK_CONFIG: none.toml: there is no such configuration file")


@pytest.mark.parametrize("command", SETTLED)
@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("qqqq = 'x'", "linkcheck.toml: unknown key qqqq; known: scan, reading"),
        ("contct = 'x'", "linkcheck.toml: unknown key contct; did you mean scan.contact?"),
        ("[scn]", "unknown key scn; did you mean scan?"),
        ("[scan]\ncontct = 'x'", "unknown key scan.contct; did you mean scan.contact?"),
        ("[scan", "is no TOML"),
    ],
)
def test_an_unknown_key(folder: Path, command: str, text: str, said: str) -> None:
    (folder / "linkcheck.toml").write_text(text)
    refused(*COMMANDS[command], said=said)


@pytest.mark.parametrize("command", SETTLED)
def test_a_configuration_that_is_not_there(folder: Path, command: str) -> None:
    del folder
    refused(*COMMANDS[command], "-c", "none.toml", said="there is no such configuration file")


def test_a_command_that_there_is_not(folder: Path) -> None:
    del folder
    refused("scna", said='Did you mean "scan"?')
    refused("--repot", said="Unknown")
    for command in ("links", "audit", "scan"):
        refused(command, said="name at least one file or folder")
    refused("show", said="requires an argument")
    refused("show", "a.md", "b.md", said="b.md")
    refused("report", "x", said="x")


@pytest.mark.parametrize("command", SETTLED)
def test_a_folder_that_was_deleted_under_the_command(folder: Path, command: str) -> None:
    (folder / "a.md").unlink()
    folder.rmdir()
    refused(*COMMANDS[command], said="the current folder cannot be told: No such file")
