"""The configuration file: found upwards, every key known, roles and sizes settable."""

from datetime import date, timedelta
from pathlib import Path

import pytest

from linkcheck.cli.config import written
from linkcheck.model.link import Role
from linkcheck.model.verdict import Standing
from linkcheck.settings.given import Given
from linkcheck.settings.load import find_config, load, load_reading
from linkcheck.settings.pace import HostPace
from linkcheck.settings.reading import DEFAULT_KEYS, ReadingSettings
from linkcheck.settings.settings import Settings
from linkcheck.settings.tree import leaves
from tests.command import audit, linkcheck, links


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
        ("x = 1", "unknown key x; known: scan, reading"),
        ("[reading]\nmax_file_byte = 1", "did you mean reading.max_file_bytes?"),
        ("[reading.keys]\norignal_url = 'x'", "did you mean reading.keys.original_url?"),
        ("reading = 1", "reading must be a table"),
        ("[reading]\nkeys = 1", "reading.keys must be a table"),
        ("[reading]\nmax_file_bytes = 0", "max_file_bytes must be above 0"),
        ("[reading]\nmax_file_bytes = true", "must be a whole number"),
        ("[reading]\nmax_file_bytes = 'x'", "must be a whole number"),
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


def test_every_setting_has_a_name_a_type_and_a_way_to_be_said(folder: Path) -> None:
    for leaf in leaves(Settings()):
        value = converted_back(leaf.default, leaf.name)
        if value is not None:
            (folder / "linkcheck.toml").write_text(value)
            got = {each.name: each.default for each in leaves(load(folder).settings)}
            assert got[leaf.name] == leaf.default or isinstance(leaf.default, Path), leaf.name


def converted_back(value: object, name: str) -> str | None:
    head, _, key = name.rpartition(".")
    return None if value == () else f"[{head}]\n{key} = {written(value)}\n"


@pytest.mark.parametrize(
    ("text", "name", "value"),
    [
        ("[judging]\ntolerance = '48h'", "judging.tolerance", timedelta(hours=48)),
        ("[judging]\ntolerance = 60", "judging.tolerance", timedelta(minutes=1)),
        ("[scan]\nmax_run_time = '1h30m'", "scan.max_run_time", timedelta(minutes=90)),
        ("[scan]\nfail_on = ['lost']", "scan.fail_on", (Standing.LOST,)),
        ("[judging.host_ends]\n'x.org' = 2021-06-24", "judging.host_ends",
         (("x.org", date(2021, 6, 24)),)),
        ("[network.limits.live]\ndeadline = 5", "network.limits.live.deadline", 5.0),
        ("[[pace.hosts]]\npattern = '*.x.org'\ninterval = 2", "pace.hosts",
         (HostPace(pattern="*.x.org", interval=2.0),)),
    ],
)  # fmt: skip
def test_settings_of_every_kind_are_read(folder: Path, text: str, name: str, value: object) -> None:
    (folder / "linkcheck.toml").write_text(text)
    loaded = load(folder, environment={})
    assert {leaf.name: leaf.default for leaf in leaves(loaded.settings)}[name] == value


def test_the_environment_wins_over_the_file_and_options_over_both(folder: Path) -> None:
    (folder / "linkcheck.toml").write_text("[judging]\nstrikes = 4\nhops = 4\nshared_by = 4\n")
    variables = {"LINKCHECK_JUDGING_STRIKES": "5", "LINKCHECK_JUDGING_HOPS": "5", "HOME": "/"}
    option = Given(value=6, origin="--strikes", base=folder, named="--strikes")
    loaded = load(folder, environment=variables, options={"judging.strikes": option})
    judging = loaded.settings.judging
    assert (judging.strikes, judging.hops, judging.shared_by) == (6, 5, 4)
    assert loaded.origins == {
        "judging.strikes": "--strikes",
        "judging.hops": "environment: LINKCHECK_JUDGING_HOPS",
        "judging.shared_by": str(folder / "linkcheck.toml"),
    }


@pytest.mark.parametrize(
    ("variable", "value", "said"),
    [
        ("LINKCHECK_JUDGING_STRIKE", "1", "did you mean LINKCHECK_JUDGING_STRIKES?"),
        ("LINKCHECK_JUDGING_STRIKES", "x", "judging.strikes must be a whole number"),
        ("LINKCHECK_SCAN_FAIL_ON", "lots", "cannot be lots: did you mean lost?"),
        ("LINKCHECK_SCAN_MAX_RUN_TIME", "2 hours", "must be a time such as"),
        ("LINKCHECK_SCAN_MAX_RUN_TIME", "0s", "max_run_time must be above 0"),
        ("LINKCHECK_JUDGING_HOST_ENDS", "x", "unknown variable"),
        ("LINKCHECK_CONFIG", "none.toml", "there is no such configuration file"),
        ("LINKCHECK_SCAN_CONTACT", "a\nb", "on one line"),
    ],
)
def test_a_wrong_variable_is_code_3_with_a_hint(
    folder: Path, monkeypatch: pytest.MonkeyPatch, variable: str, value: str, said: str
) -> None:
    monkeypatch.setenv(variable, value)
    ran = links(folder / "a.md")
    assert (ran.code, ran.out) == (3, "")
    assert said in ran.err


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("[scan]\nfail_on = 'lots'", "scan.fail_on cannot be lots: did you mean lost?"),
        ("[judging]\ntolerance = '2 days'", "judging.tolerance must be a time such as"),
        ("[judging]\ntolerance = '" + "9" * 400 + "y'", "longer time than can be told"),
        ("[planning]\nconfidence = 2", "planning: confidence lies between 0 and 1"),
        ("[pace.host]\nconnections = 0", "pace: *: at least one connection"),
        ("[network]\nconnect = nan", "network.connect must be a number"),
        ("[scan]\narchives = []", "scan: archives must name at least one"),
        ("[planning]\nanswer_chance = 0", "planning: answer_chance lies above 0"),
        ("[live]\nlooks = 0", "live: looks must be at least 1"),
        ("[live]\nprobe_from = 3", "live: probe_from is 1 (every host is probed) or 2"),
        ("[network]\nconnect = 0", "network: nothing comes in no time"),
        ("[network.limits.live]\nread = 0", "no answer comes in no time"),
        ("[network]\naddresses = 0", "must be at least 1"),
        ("[scan]\nmax_run_time = '9000y'", "longer than anybody waits: leave it out"),
        ("[freshness]\nlive = '9000y'", "no finding holds longer than a hundred years"),
        ("[judging.host_ends]\nx = 'soon'", "judging.host_ends.x must be a day such as"),
        ("[[pace.hosts]]\nintervall = 1", "did you mean pace.hosts.interval?"),
        ("[pace]\nhosts = 1", "pace.hosts must be tables: [[pace.hosts]]"),
        ("[network.limits.lives]\nread = 1", "did you mean network.limits.live?"),
    ],
)
def test_wrong_values_are_told_by_their_name(folder: Path, text: str, said: str) -> None:
    (folder / "linkcheck.toml").write_text(text)
    ran = links("a.md")
    assert (ran.code, ran.out) == (3, "")
    assert said in ran.err


def test_who_is_blamed_is_who_is_at_fault(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (folder / "linkcheck.toml").write_text(
        "[scan]\nfail_on = ['lost']\n[pace.host]\ninterval = 1\n"
    )
    ran = linkcheck("scan", "a.md", "--contact", "café")
    assert (ran.code, ran.out) == (3, "")
    assert ran.err.startswith("linkcheck: --contact: contact stands in a header")
    ran = linkcheck("scan", "a.md", "--host-concurrency", "0")
    assert ran.err.startswith("linkcheck: --host-concurrency: *: at least one connection")
    monkeypatch.setenv("LINKCHECK_PACE_MAX_CONCURRENCY", "0")
    ran = linkcheck("scan", "a.md")
    assert ran.err.startswith("linkcheck: environment: LINKCHECK_PACE_MAX_CONCURRENCY: ")


def test_config_shows_each_value_and_where_it_came_from(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (folder / "linkcheck.toml").write_text("[scan]\ncontact = 'me@x.org'\n")
    monkeypatch.setenv("LINKCHECK_JUDGING_TOLERANCE", "36h")
    ran = linkcheck("config", "--changed")
    assert ran.code == 0
    lines = [" ".join(line.split()) for line in ran.out.splitlines()]
    assert f'contact = "me@x.org" # {folder / "linkcheck.toml"}' in lines
    assert 'tolerance = "36h" # environment: LINKCHECK_JUDGING_TOLERANCE' in lines
    assert len([line for line in lines if " = " in line]) == 2
    everything = linkcheck("config").out
    assert f'store = "{folder}/.linkcheck"' in everything


def test_what_config_prints_can_be_a_configuration(folder: Path) -> None:
    first = linkcheck("config").out
    (folder / "linkcheck.toml").write_text(first)
    ran = linkcheck("config")
    assert (ran.code, ran.err) == (0, "")
    assert [_value(line) for line in ran.out.splitlines()[1:]] == [
        _value(line) for line in first.splitlines()[1:]
    ]


def _value(line: str) -> str:
    return (line.rpartition("  # ")[0].rstrip() or line).removesuffix(".0")


def test_places_are_relative_to_the_configuration_and_names_to_its_folder(folder: Path) -> None:
    below = folder / "b"
    below.mkdir()
    (folder / "linkcheck.toml").write_text("[scan]\npaths = ['articles']\n")
    scan = load(below, environment={"LINKCHECK_SCAN_EXCLUDE": "a,b"}).settings.scan
    assert scan.paths == (folder / "articles",)
    assert scan.store == folder / ".linkcheck"
    assert scan.exclude == ("a", "b")
    moved = load(below, environment={"LINKCHECK_SCAN_STORE": "here"})
    assert moved.settings.scan.store == below / "here"


def test_the_configured_collection_is_read_where_nothing_is_named(folder: Path) -> None:
    assert links().code == 3
    (folder / "linkcheck.toml").write_text("[scan]\npaths = ['.']\nexclude = ['a.example']\n")
    assert links().code == 0
    assert links().rows == []
    assert len(links("--exclude", "nothing").rows) == 1
