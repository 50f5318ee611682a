"""What the documents say of commands, options and rules is what the program has."""

import re
from pathlib import Path

import pytest

from linkcheck.audit.addresses import _REPAIRS
from linkcheck.audit.pair import _GRADES
from linkcheck.settings.load import load_reading
from tests.command import linkcheck

ROOT = Path(__file__).parents[1]
DOCUMENTS = [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))]
COMMANDS = ("links", "audit", "scan", "report", "show", "verify", "prune", "config")
LATER: set[str] = set()  # named as what comes next
# A finding's rule stands before its severity, or after its name.
IN_CODE = re.compile(
    r"\"([a-z0-9-]+)\",\s+Severity\.|rule=\"([a-z0-9-]+)\"|UNREADABLE = \"(\w+)\""
    r"|(?:field|given),\s+\"([a-z0-9-]+)\","
)


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.name)
def test_commands_that_documents_name_exist(document: Path) -> None:
    named = set(re.findall(r"`?linkcheck ([a-z]+)\b", document.read_text()))
    spoken = {word for word in named if re.search(rf"`linkcheck {word}", document.read_text())}
    assert spoken <= {*COMMANDS, *LATER}


@pytest.mark.parametrize("command", COMMANDS[:3])
def test_options_of_the_readme_exist(command: str) -> None:
    shown = linkcheck(command, "--help").out
    assert all(option in shown for option in ("--include", "--exclude", "--exclude-path"))


def test_the_documented_audit_rules_are_those_that_the_code_has() -> None:
    lines = (ROOT / "docs" / "audit.md").read_text().splitlines()
    documented = {
        rule
        for line in lines
        if line.startswith("| `")
        for rule in re.findall(r"`([a-z0-9-]+)`", line.split("|")[1])
    }
    package = ROOT / "linkcheck"
    files = [*package.glob("audit/*.py"), *package.glob("readers/*.py")]
    code = "".join(path.read_text() for path in [*files, package / "collection" / "load.py"])
    written = {rule for found in IN_CODE.findall(code) for rule in found if rule}
    graded = {f"pair-{grade}" for grade in _GRADES}
    mended = {rule for rule, *_ in _REPAIRS.values()}
    assert documented == written | graded | mended


def test_the_readme_s_configuration_is_read(tmp_path: Path) -> None:
    text = (ROOT / "README.md").read_text()
    block = text[text.index("    [reading]") : text.index("`.linkcheckignore`")]
    config = tmp_path / "linkcheck.toml"
    config.write_text(re.sub(r"^    ", "", block, flags=re.MULTILINE))
    assert load_reading(config).max_file_bytes == 32 * 1024 * 1024
