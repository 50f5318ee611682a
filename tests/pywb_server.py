"""A real pywb on loopback, in the environment that `make .venv-pywb/.ready` builds for it."""

import json
import select
import subprocess
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import IO

import pytest

ROOT = Path(__file__).resolve().parents[1]
BIN = ROOT / ".venv-pywb" / "bin"
LAUNCH = Path(__file__).with_name("pywb_launch.py")
PATIENCE = 60  # seconds until pywb listens: it takes one, a busy machine ten

needs_pywb = pytest.mark.skipif(
    not (BIN.parent / ".ready").exists(),
    reason="pywb's environment is missing: `make .venv-pywb/.ready` builds it",
)


@contextmanager
def pywb_server(
    collections: Mapping[str, Sequence[Path]],
    *,
    folder: Path,
    framed_replay: bool = False,
    redirect_to_exact: bool = False,
) -> Iterator[str]:
    """Serve collections of WARC files out of an empty folder and yield the server's base URL.

    The index of `name` is at `BASE/name/cdx`, playback at `BASE/name/TIMESTAMP[MODIFIER]/URL`.
    With `framed_replay` (pywb's own default) playback without a modifier answers 200 with a frame
    whatever is archived; with `redirect_to_exact` it redirects to the nearest capture's time
    instead of serving it in place.
    """
    for name, files in collections.items():
        _manage(folder, "init", name)
        _manage(folder, "add", name, *[str(file.resolve()) for file in files])
    config = {"framed_replay": framed_replay, "redirect_to_exact": redirect_to_exact}
    (folder / "config.yaml").write_text(json.dumps(config))  # JSON is YAML
    with (
        (folder / "pywb.log").open("w+") as log,
        subprocess.Popen(
            [BIN / "python", LAUNCH], cwd=folder, stdout=subprocess.PIPE, stderr=log, text=True
        ) as process,
    ):
        try:
            yield f"http://127.0.0.1:{_port(process, log)}"
        finally:
            process.terminate()
            try:
                process.wait(timeout=10)
            except subprocess.TimeoutExpired:
                process.kill()


def _port(process: subprocess.Popen[str], log: IO[str]) -> int:
    assert process.stdout is not None
    ready, _, _ = select.select([process.stdout], [], [], PATIENCE)
    line = process.stdout.readline() if ready else ""
    if not line.strip().isdigit():
        log.seek(0)
        raise AssertionError(f"pywb does not listen: {line!r} {log.read()[-2000:]}")
    return int(line)


def _manage(folder: Path, *arguments: str) -> None:
    command = [str(BIN / "wb-manager"), *arguments]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr[-2000:]
