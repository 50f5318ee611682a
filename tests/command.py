"""Run the command as its users do: in this process, or in one of its own where that is measured."""

import io
import json
import os
import subprocess
import sys
from contextlib import redirect_stderr, redirect_stdout
from pathlib import Path
from typing import Any, NamedTuple

from linkcheck.cli import run

PYTHON = sys.executable

# VmHWM is of this program alone; what `wait` reports counts the test's own memory too.
_MEASURED = """
import sys, time
from linkcheck.cli import run
start = time.process_time()
code = run(sys.argv[1:])
seconds = time.process_time() - start
status = open("/proc/self/status").read()
peak = int(status.partition("VmHWM:")[2].split()[0]) // 1024
print("MEASURED", code, seconds, peak, file=sys.stderr)
"""


class Ran(NamedTuple):
    """How a run ended."""

    code: int
    out: str
    err: str

    @property
    def rows(self) -> list[dict[str, Any]]:
        return [json.loads(line) for line in self.out.splitlines()]


class Measured(NamedTuple):
    """What a run cost."""

    code: int
    rows: int
    err: str
    seconds: float
    megabytes: int


def linkcheck(*arguments: str | Path) -> Ran:
    out = io.TextIOWrapper(io.BytesIO(), encoding="utf-8", write_through=True)
    err = io.TextIOWrapper(
        io.BytesIO(), encoding="utf-8", errors="backslashreplace", write_through=True
    )
    with redirect_stdout(out), redirect_stderr(err):
        code = run([str(argument) for argument in arguments])
    return Ran(code, _text(out), _text(err))


def links(*arguments: str | Path, form: str = "ndjson") -> Ran:
    return linkcheck("links", "-f", form, *arguments)


def audit(*arguments: str | Path, form: str = "ndjson") -> Ran:
    return linkcheck("audit", "-f", form, *arguments)


def measured(*arguments: str | Path) -> Measured:
    done = subprocess.run(
        [PYTHON, "-c", _MEASURED, *map(str, arguments)],
        check=False,
        capture_output=True,
        timeout=100,
    )
    err, _, figures = done.stderr.decode().rpartition("MEASURED ")
    code, seconds, megabytes = figures.split()
    rows = done.stdout.count(b"\n")
    return Measured(int(code), rows, err, float(seconds), int(megabytes))


def started(*arguments: str | Path, **options: Any) -> "subprocess.Popen[bytes]":
    """Start the command in a session of its own, as a terminal does."""
    return subprocess.Popen(
        [PYTHON, "-m", "linkcheck", *map(str, arguments)],
        stderr=subprocess.PIPE,
        start_new_session=True,
        **options,
    )


def children(pid: int) -> list[int]:
    path = Path(f"/proc/{pid}/task/{pid}/children")
    return [int(child) for child in path.read_text().split()] if path.exists() else []


def is_alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    state = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
    return state != "Z"


def _text(stream: io.TextIOWrapper) -> str:
    buffer = stream.buffer
    assert isinstance(buffer, io.BytesIO)
    return buffer.getvalue().decode()
