"""What the document on scheduling gives to be copied is sound."""

import os
import re
import shutil
import subprocess
from pathlib import Path

import pytest
import yaml

from tests.command import linkcheck

TEXT = (Path(__file__).parents[1] / "docs" / "scheduling.md").read_text()
SYSTEMD = shutil.which("systemd-analyze")


def block(after: str) -> str:
    found = re.search(re.escape(after) + r"\n\n((?:    .*\n|\n)+)", TEXT)
    assert found is not None, after
    return re.sub(r"^    ", "", found[1], flags=re.MULTILINE)


@pytest.mark.skipif(SYSTEMD is None, reason="no systemd here")
def test_the_units_pass_systemd_s_own_check(tmp_path: Path) -> None:
    assert SYSTEMD is not None
    for unit in ("service", "timer"):
        path = tmp_path / f"linkcheck.{unit}"
        path.write_text(block(f"`~/.config/systemd/user/linkcheck.{unit}`:"))
        ran = subprocess.run(
            [SYSTEMD, "verify", "--man=no", path], capture_output=True, text=True, check=False
        )
        said = [line for line in ran.stderr.splitlines() if f"linkcheck.{unit}" in line]
        assert not said, said


def test_the_workflow_is_yaml_with_the_steps_in_order() -> None:
    workflow = yaml.safe_load(block("## CI"))
    steps = workflow["jobs"]["scan"]["steps"]
    assert [step.get("uses", "run").partition("@")[0] for step in steps] == [
        *("actions/checkout", "actions/setup-python", "actions/cache/restore", "run", "run"),
        *("actions/cache/save", "actions/upload-artifact"),
    ]
    # A job that has found losses fails, and keeps its store all the same.
    assert all(step.get("if") == "always()" for step in steps[-2:])
    restored, saved = (step["with"] for step in steps if "cache" in step.get("uses", ""))
    assert (restored["path"], restored["key"]) == (saved["path"], saved["key"])
    assert saved["key"].startswith(restored["restore-keys"])


@pytest.mark.parametrize("code", range(5))
def test_exit_codes_become_what_is_said_of_them(tmp_path: Path, code: int) -> None:
    said = tmp_path / "said"
    stand_in = tmp_path / "linkcheck"
    stand_in.write_text(f'#!/bin/sh\necho "$1" >> {said}\n[ "$1" != scan ] || exit {code}\n')
    stand_in.chmod(0o755)
    path = {"PATH": f"{tmp_path}:{os.environ['PATH']}"}

    def ended(*command: str) -> int:
        said.write_text("")
        return subprocess.run(command, env=path, check=False).returncode

    steps = yaml.safe_load(block("## CI"))["jobs"]["scan"]["steps"]
    script = next(step["run"] for step in steps if "linkcheck scan" in step.get("run", ""))
    assert ended("bash", "-e", "-c", script) == (0 if code == 4 else code)

    line = block("To be told which losses are new:").partition("* 6")[2]
    ended("sh", "-c", line.replace("/srv/collection", str(tmp_path)))
    assert said.read_text().split() == (["scan", "report"] if code == 2 else ["scan"])


def test_every_option_that_is_used_exists() -> None:
    shown = linkcheck("scan", "--help").out + linkcheck("report", "--help").out
    for line in TEXT.splitlines():
        if "linkcheck scan" in line and line.startswith("    "):
            said = line[line.index("linkcheck scan") :].partition(";")[0].partition("&&")[0]
            assert set(re.findall(r"--[a-z-]+", said)) <= set(re.findall(r"--[a-z-]+", shown))
