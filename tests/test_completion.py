"""Completion as shells really do it, where the shell is there."""

import os
import select
import shutil
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.command import linkcheck

BIN = Path(sys.executable).parent
PATIENCE = 30.0
CASES = (
    ("linkcheck sc", ("scan", "schema")),
    ("linkcheck scan --max-re", ("--max-redirects", "--max-requests", "--max-retries")),
    ("linkcheck scan --only ", ("archive", "live")),
    ("linkcheck prune --d", ("--dry-run",)),
)


def bash(home: Path, typed: str) -> str:
    words = typed.split(" ")
    said = (
        f". {next(home.rglob('completions/linkcheck'))}; COMP_CWORD={len(words) - 1};"
        f" COMP_WORDS=({' '.join(word or chr(34) * 2 for word in words)});"
        ' "$(complete -p linkcheck | sed "s/.*-F \\([^ ]*\\).*/\\1/")"; echo "${COMPREPLY[@]}"'
    )
    return _said("bash", "--norc", "-c", said)


def fish(home: Path, typed: str) -> str:
    del home
    return _said("fish", "-c", f"complete -C '{typed}'")


def zsh(home: Path, typed: str) -> str:
    """Type into a shell of its own, ask what is possible, and return what then stands there."""
    master, slave = os.openpty()
    shell = subprocess.Popen(
        ["zsh", "-f", "-i"],  # noqa: S607 wherever it is
        stdin=slave, stdout=slave, stderr=slave, cwd=home, start_new_session=True,
    )  # fmt: skip
    os.close(slave)
    try:
        begin = "fpath=(~/.zsh/completions $fpath); autoload -Uz compinit; compinit -u"
        # The prompt stands there when the line can be edited, and not before.
        os.write(master, f"{begin}; PS1=be'gin '\n".encode())
        _until(master, b"begin ")
        # Control-D lists what is possible, Control-U takes the line away again.
        os.write(master, f"{typed}\x04\x15print en'd'\n".encode())
        return _until(master, b"end\r\n").decode(errors="replace")
    finally:
        shell.kill()
        shell.wait()
        os.close(master)


def _until(terminal: int, mark: bytes) -> bytes:
    seen, end = b"", time.monotonic() + PATIENCE
    while mark not in seen:
        assert time.monotonic() < end, seen
        if select.select([terminal], [], [], 0.1)[0]:
            seen += os.read(terminal, 65_536)
    return seen


def _said(*command: str) -> str:
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout


@pytest.mark.parametrize("shell", [bash, zsh, fish], ids=lambda shell: shell.__name__)
def test_a_shell_completes_commands_options_and_values(
    shell: Callable[[Path, str], str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    if shutil.which(shell.__name__) is None:
        pytest.skip(f"no {shell.__name__} here: install it to see its completion")
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("PATH", f"{BIN}:{os.environ['PATH']}")
    monkeypatch.setenv("TERM", "dumb")
    for name in ("XDG_DATA_HOME", "XDG_CONFIG_HOME", "ZDOTDIR"):
        monkeypatch.delenv(name, raising=False)
    ran = linkcheck("--install-completion", "--shell", shell.__name__)
    assert ran.code == 0, ran.err
    for typed, expected in CASES:
        seen = shell(tmp_path, typed)
        assert all(word in seen for word in expected), (typed, seen)
