"""The configuration file: found upwards, every key known, roles and sizes settable."""

from pathlib import Path

import pytest

from linkcheck.model.link import Role
from linkcheck.settings.load import find_config, load_reading
from linkcheck.settings.reading import DEFAULT_KEYS, ReadingSettings
from tests.command import audit, links


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "a.md").write_text("---\nmy: https://a.example/\nday: 2021-07-01\n---\n")
    return tmp_path


@pytest.mark.parametrize(
    ("name", "head"), [("linkcheck.toml", ""), ("pyproject.toml", "tool.linkcheck.")]
)
def test_the_keys_behind_roles_are_settable(folder: Path, name: str, head: str) -> None:
    (folder / name).write_text(f'[{head}reading.keys]\nurl = "my"\nlink = ["x", "y.z"]\n')
    assert [row["role"] for row in links("a.md").rows] == ["url"]
    settings = load_reading(folder / name)
    assert settings.roles["my"] is Role.URL
    assert settings.roles["y.z"] is Role.LINK
    assert "url" not in settings.roles
    assert settings.roles["original_url"] is Role.ORIGINAL_URL  # the other roles keep theirs


def test_the_key_of_the_date_is_settable(folder: Path) -> None:
    assert "date-missing" in audit("a.md").out
    (folder / "linkcheck.toml").write_text('[reading]\ndate_keys = ["day"]\n')
    assert "date-missing" not in audit("a.md").out


def test_the_nearest_configuration_counts(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    below = folder / "b" / "c"
    below.mkdir(parents=True)
    assert find_config(below) in (None, find_config(folder.parent))
    (folder / "linkcheck.toml").write_text("")
    (folder / "b" / "pyproject.toml").write_text("[tool.other]\n")
    assert find_config(below) == folder / "linkcheck.toml"
    (folder / "b" / "pyproject.toml").write_text("[tool.linkcheck]\n")
    assert find_config(below) == folder / "b" / "pyproject.toml"
    (folder / "b" / "linkcheck.toml").write_text("")
    assert find_config(below) == folder / "b" / "linkcheck.toml"
    monkeypatch.chdir(below)
    own = folder / "own.toml"
    own.write_text("[reading]\nmax_file_bytes = 1\n")
    assert "more than the 1 that are read" in links(folder / "a.md", "-c", own).err


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("[redaing]", "unknown key redaing; did you mean reading?"),
        ("x = 1", "unknown key x; known: reading"),
        ("[reading]\nmax_file_byte = 1", "did you mean reading.max_file_bytes?"),
        ("[reading.keys]\norignal_url = 'x'", "did you mean reading.keys.original_url?"),
        ("reading = 1", "reading must be a table"),
        ("[reading]\nkeys = 1", "reading.keys must be a table"),
        ("[reading]\nmax_file_bytes = 0", "must be a whole number above 0"),
        ("[reading]\nmax_file_bytes = true", "must be a whole number above 0"),
        ("[reading]\nmax_file_bytes = '1'", "must be a whole number above 0"),
        ("[reading]\ndate_keys = 1", "reading.date_keys must be a list of words"),
        ("[reading.keys]\nurl = [1]", "reading.keys.url must be a list of words"),
        ("x = ", "is no TOML"),
        ("x = " + "[" * 5_000, "is no TOML"),
        ("\udcff", "is no TOML"),
        ('"\\u001b[31m" = 1', "unknown key \\u001b[31m"),
    ],
)
def test_a_wrong_configuration_is_code_3_with_a_hint(folder: Path, text: str, said: str) -> None:
    (folder / "linkcheck.toml").write_bytes(text.encode("utf-8", "surrogateescape"))
    ran = links("a.md")
    assert (ran.code, ran.out) == (3, "")
    assert "linkcheck.toml: " in ran.err
    assert said in ran.err
    assert "\x1b" not in ran.err


@pytest.mark.parametrize("text", ["tool = 1", "[tool]\nlinkcheck = 0", "[tool.linkcheckers]"])
def test_a_pyproject_of_others_is_left_alone(folder: Path, text: str) -> None:
    (folder / "pyproject.toml").write_text(text)
    ran = links("a.md")
    assert ran.code == (3 if "linkcheck = 0" in text else 0)
    assert "Traceback" not in ran.err


def test_a_configuration_that_is_a_folder_is_none(folder: Path) -> None:
    (folder / "linkcheck.toml").mkdir()
    assert links("a.md").code == 0
    assert links("a.md", "-c", "linkcheck.toml").code == 3


def test_without_a_file_the_defaults_hold() -> None:
    assert load_reading(None) == ReadingSettings()
    assert {role for role, _ in DEFAULT_KEYS} == set(Role)
