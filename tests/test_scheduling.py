"""What the document on scheduling gives to be copied is sound."""

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
        *("actions/checkout", "actions/setup-python", "actions/cache"),
        *("run", "run", "actions/upload-artifact"),
    ]
    script = next(step["run"] for step in steps if "linkcheck scan" in step.get("run", ""))
    subprocess.run(["bash", "-n", "-c", script], check=True)  # noqa: S607 wherever it is


def test_every_option_that_is_used_exists() -> None:
    shown = linkcheck("scan", "--help").out + linkcheck("report", "--help").out
    for line in TEXT.splitlines():
        if "linkcheck scan" in line and line.startswith("    "):
            said = line[line.index("linkcheck scan") :].partition(";")[0].partition("&&")[0]
            assert set(re.findall(r"--[a-z-]+", said)) <= set(re.findall(r"--[a-z-]+", shown))
