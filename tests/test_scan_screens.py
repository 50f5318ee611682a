"""The command on a terminal, as a new user meets it: the screens are kept as text.

`SCREENS=write pytest tests/test_scan_screens.py` writes them anew (after a look at them).
"""

import itertools
import os
import re
import shlex
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.standin.held import Held
from tests.town import PAGE, ROOT, Town, town

TMUX = shutil.which("tmux")
SCREENS = Path(__file__).parent / "golden" / "screens"
AT = "20200101000000"
LINKS = [f"https://h{n % 3}.example/文{n}" for n in range(12)]
WIDE, HIGH = 100, 60
PATIENCE = 60.0
NUMBERS = itertools.count()
"""A server for each terminal: one that is still leaving takes no new session."""

pytestmark = pytest.mark.skipif(TMUX is None, reason="no tmux here")


@pytest.fixture
def home(tmp_path: Path) -> Iterator[Town]:
    held = [
        Held(original=url, timestamp=AT, body=PAGE % (b"A", b"A", url.encode() * 40))
        for url in LINKS[:9]
    ]
    names = tuple(f"h{n}.example" for n in range(3))
    with town(tmp_path / "town", *held, names=names) as made:
        made.write("a.md", *(f"https://web.archive.org/web/{AT}/{url}" for url in LINKS))
        yield made


class Terminal:
    """A terminal of its own, in which one command runs."""

    def __init__(self, home: Town, *arguments: str) -> None:
        self._socket = ["tmux", "-L", f"linkcheck-{os.getpid()}-{next(NUMBERS)}", "-f", "/dev/null"]
        variables = {
            **{name: home.environment[name] for name in ("TOWN", "PYTHONPATH", "SSL_CERT_FILE")},
            "TERM": "screen-256color", "LC_ALL": "C.UTF-8", "PATH": os.environ["PATH"],
        }  # fmt: skip
        said = shlex.join([sys.executable, "-m", "tests.town_launch", *arguments])
        self._tmux(
            *("new-session", "-d", "-x", str(WIDE), "-y", str(HIGH), "-c", str(home.folder)),
            *("env", "-i", *(f"{name}={value}" for name, value in variables.items())),
            *("sh", "-c", f"trap : INT; {said}; printf 'CODE %s' $?; exec sleep 60"),
        )

    def screen(self) -> str:
        lines = self._tmux("capture-pane", "-p").splitlines()
        return "\n".join(line.rstrip() for line in lines).strip() + "\n"

    def ended(self) -> str:
        """Wait for the command's end and return what then stands there."""
        return self.until("CODE ")

    def until(self, words: str) -> str:
        end = time.monotonic() + PATIENCE
        while words not in (seen := self.screen()):
            assert time.monotonic() < end, seen
            time.sleep(0.05)
        return self.screen()

    def press(self, key: str) -> None:
        self._tmux("send-keys", key)

    def close(self) -> None:
        subprocess.run([*self._socket, "kill-server"], check=False, capture_output=True)

    def _tmux(self, *arguments: str) -> str:
        ran = subprocess.run([*self._socket, *arguments], check=True, capture_output=True, cwd=ROOT)
        return ran.stdout.decode()


def kept(name: str, screen: str, home: Town) -> None:
    """Compare a screen with the one that is kept, leaving aside what differs by the day."""
    plain = screen.replace(str(home.folder), "HOME")
    plain = re.sub(r"\^C", "", plain)
    place = SCREENS / f"{name}.txt"
    if os.environ.get("SCREENS") == "write":
        place.parent.mkdir(exist_ok=True)
        place.write_text(plain)
    assert plain == place.read_text(), name


@pytest.mark.parametrize(
    ("name", "arguments"),
    [
        ("help", ("--help",)),
        ("first-run", ("scan",)),
        ("wrong-path", ("scan", "artikles")),
        ("wrong-option", ("scan", "--max-request", "5")),
        ("dry-run", ("scan", "--dry-run")),
    ],
)
def test_screens_of_a_first_day(home: Town, name: str, arguments: tuple[str, ...]) -> None:
    terminal = Terminal(home, *arguments)
    try:
        kept(name, terminal.ended(), home)
    finally:
        terminal.close()


def test_screens_of_a_scan_that_is_interrupted_and_resumed(home: Town) -> None:
    home.delay = 0.4
    terminal = Terminal(home, "scan")
    try:
        moving = terminal.until("request")
        assert "live web" in moving
        assert re.search(r"\d of 12", moving)
        terminal.press("C-c")
        ended = terminal.ended()
        assert "The run ended before its end (interrupted: SIGINT asked it to)" in ended
        assert "Run the same command again: it goes on where this one stopped" in ended
        assert ended.endswith("CODE 4\n")
    finally:
        terminal.close()
    home.delay = 0.0
    terminal = Terminal(home, "scan")
    try:
        kept("resumed", terminal.ended(), home)
    finally:
        terminal.close()
