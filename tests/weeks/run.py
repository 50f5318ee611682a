"""One week after another: the collection and its world go on, and the command is run."""

import json
import os
import resource
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from benchmarks.shape import Shape
from tests.weeks.archive import Archive
from tests.weeks.calendar import begins, is_quiet
from tests.weeks.collection import Articles
from tests.weeks.launch import TOLD

ROOT = Path(__file__).parents[2]
SCAN = ("scan", "-q", "-n", "--report", "csv=report.csv")
"""As docs/scheduling.md gives it to cron. Each report that is given out holds fast what it rests
on, and that job lets nothing go: neither does this."""

_CONFIGURATION = """\
[scan]
paths = ["articles"]
contact = "soak@example.org"

[live]
apart = 0

[retry]
first_wait = 0

[pace.host]
interval = 0
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Week:
    """What a week's scan came to."""

    number: int
    code: int
    said: str
    seconds: float  # of CPU, the made-up world's own taken off
    requests: dict[str, int]
    peak: int  # megabytes of memory
    store: int  # bytes of the database
    evidence: int  # bytes of the week's files


@dataclass(slots=True)
class Weeks:
    """A collection in a folder of its own."""

    folder: Path
    shape: Shape
    articles: Articles = field(init=False)
    archive: Archive = field(init=False)

    def __post_init__(self) -> None:
        """Make it up; as a process of its own does, for that takes much memory."""
        made = ROOT / "benchmarks" / "shape.py"
        command = [sys.executable, str(made), str(self.folder), str(self.shape.scale)]
        subprocess.run(command, check=True)
        (self.folder / "linkcheck.toml").write_text(_CONFIGURATION, encoding="utf-8")
        self.articles = Articles(self.folder, self.shape.articles, self.shape.images)
        self.archive = Archive(self.folder)

    @property
    def store(self) -> Path:
        """Return where everything is kept."""
        return self.folder / ".linkcheck"

    def pass_by(self, count: int) -> Iterator[Week]:
        """Let weeks pass, and scan in each."""
        for number in range(count):
            if number and not is_quiet(number):
                self.archive.cite(self.articles.pass_week(number), number)
            self.archive.pass_week(number)
            yield self._scan(number)

    def run(self, number: int, *said: str) -> subprocess.CompletedProcess[str]:
        """Run the command in a week, in a process of its own."""
        command = [sys.executable, "-m", "tests.weeks.launch", str(self.folder), str(number), *said]
        return subprocess.run(
            command,
            check=False,
            env={**os.environ, "PYTHONPATH": str(ROOT)},
            capture_output=True,
            text=True,
        )

    def copy(self, place: Path) -> Path:
        """Copy the store, the evidence left out."""
        shutil.copytree(self.store, place, ignore=shutil.ignore_patterns("evidence"))
        return place

    def database_size(self) -> int:
        """Return how many bytes the database and its log have."""
        return sum(one.stat().st_size for one in self.store.glob("state.db*"))

    def _scan(self, number: int) -> Week:
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        ran = self.run(number, *SCAN)
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
        told = json.loads((self.folder / TOLD).read_text(encoding="utf-8"))
        return Week(
            number=number,
            code=ran.returncode,
            said=ran.stdout + ran.stderr,
            seconds=cpu - told["world"],
            requests=told["asked"],
            peak=told["peak"],
            store=self.database_size(),
            evidence=self._dated(number),
        )

    def _dated(self, number: int) -> int:
        """Date the week's evidence to the week; return how many bytes it has."""
        moment = begins(number).timestamp()
        files = list((self.store / "evidence").glob(f"{begins(number):%Y%m%d}T*"))
        for file in files:
            os.utime(file, (moment, moment))
        return sum(file.stat().st_size for file in files)
