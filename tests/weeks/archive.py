"""The archive's index, which gains captures from week to week."""

from bisect import bisect_left, insort
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

import msgspec

from benchmarks.made_up import draw
from benchmarks.shape import HOT, row, write_index
from linkcheck.urls.urlkey import urlkey
from tests.weeks.calendar import begins

_GAINED = 30  # captures that the archive makes of known originals each week
_NEVER, _LATER = 5, 20  # of a hundred new originals: never captured; only weeks later


class _Row(NamedTuple):
    """A line of the index, as it is sorted."""

    key: str
    timestamp: str
    line: bytes
    wanted: bool


class Archive:
    """What it holds; written to the disk for the process that answers."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        lines = (folder / "index.rows").read_bytes().split(b"\n")[:-1]
        self._rows = sorted(self._read(line) for line in lines)
        self._coming: dict[int, list[str]] = {}  # originals, by the week they are captured in

    def cite(self, originals: Iterable[str], week: int) -> None:
        """Hear of new originals: most are captured at once, some later or never."""
        for original in originals:
            drawn = draw(f"captured {original}", 100)
            if drawn >= _NEVER:
                later = draw(f"later {original}", 12) if drawn < _NEVER + _LATER else 0
                self._coming.setdefault(week + later, []).append(original)

    def pass_week(self, week: int) -> None:
        """Capture what there is to capture, and write the index."""
        for original in self._coming.pop(week, ()):
            self._capture(urlkey(original), original, week)
        for n in range(_GAINED):
            known = self._rows[draw(f"gains {week} {n}", len(self._rows))]
            if known.wanted and known.key not in {urlkey(one) for one in HOT}:
                self._capture(known.key, msgspec.json.decode(known.line)[2], week)
        write_index(self._folder, self._lines())

    def _capture(self, key: str, original: str, week: int) -> None:
        seconds = draw(f"second {key} {week}", 60)
        moment = f"{begins(week):%Y%m%d}0117{seconds:02}"
        held = bisect_left(self._rows, (key, moment))
        if held == len(self._rows) or self._rows[held][:2] != (key, moment):
            insort(self._rows, _Row(key, moment, row(key, original, moment, 200), wanted=True))

    def _read(self, line: bytes) -> _Row:
        key, timestamp = line.split(b'"', 4)[1:4:2]
        return _Row(key.decode(), timestamp.decode(), line, wanted=b"!" not in key)

    def _lines(self) -> Iterator[tuple[str | None, bytes]]:
        for one in self._rows:
            yield one.key if one.wanted else None, one.line
