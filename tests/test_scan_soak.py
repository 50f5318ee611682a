"""Two years of weekly scans of a tenth of the real shape, as cron makes them."""

import json
import sqlite3
from collections.abc import Sequence
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from statistics import median
from typing import Any
from urllib.parse import urlsplit

import pytest

from benchmarks.shape import Shape
from benchmarks.world import fate_of
from linkcheck.cli.options import CollectionOptions
from linkcheck.cli.scan_options import ScanOptions
from linkcheck.model.manifest import Ended
from linkcheck.scan.assembly import assemble
from linkcheck.scan.beginning import new_run
from linkcheck.scan.job import Outcome
from linkcheck.scan.kept import COUNT, SUMMARY, kept_summary
from linkcheck.scan.recent import summed_up
from linkcheck.store import Store
from tests.weeks.calendar import archive_is_down, is_usual, network_is_down
from tests.weeks.run import Week, Weeks
from tests.weeks.world import is_host_away, page

SCALE, WEEKS = 0.1, 104
MOST_BYTES = 200_000_000
_CONFIRMED, _INCONCLUSIVE = 2, 4
_LOOKED_AT = 13
"""Weeks between two looks at the kept summary; the archive is down in one of them."""


@pytest.mark.soak
@pytest.mark.timeout(7200)
def test_two_years_of_weekly_scans(tmp_path: Path) -> None:
    weeks = Weeks(tmp_path / "home", Shape(SCALE))
    passed: list[Week] = []
    for week in weeks.pass_by(WEEKS):
        passed.append(week)
        ended_as_it_should(week)
        if week.number % _LOOKED_AT in {0, 9}:
            summary_is_true(weeks, tmp_path / f"copy-{week.number}")
    tell(weeks, passed)
    store_is_sound(weeks)
    findings_are_true(weeks, tmp_path)
    assert weeks.database_size() <= MOST_BYTES
    is_no_slower(passed)


def ended_as_it_should(week: Week) -> None:
    # Two scans cannot confirm a loss; afterwards there are always some, whatever else happens.
    assert week.code == (0 if week.number < 2 else _CONFIRMED), week
    down = archive_is_down(week.number) or network_is_down(week.number)
    assert ("ended before its end" in week.said) == down, week


def summary_is_true(weeks: Weeks, place: Path) -> None:
    """The summary that is kept says what counting all findings anew says."""
    copied = weeks.copy(place)
    said = kept_summary(copied)
    loaded = ScanOptions(store=copied).loaded(
        CollectionOptions(config=weeks.folder / "linkcheck.toml"), record=None
    )
    job = assemble(loaded.settings, [str(weeks.folder / "articles")], weeks.folder)
    for file in (SUMMARY, COUNT):
        (copied / file).unlink()
    now = datetime.now(UTC)
    anew = summed_up(job, Outcome(run=new_run(job.settings, now), ended=Ended.COMPLETE))
    assert said is not None
    assert said.summary == anew


def store_is_sound(weeks: Weeks) -> None:
    with sqlite3.connect(weeks.store / "state.db") as database:
        assert database.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
    database.close()
    with Store.read(weeks.store) as store:
        assert store.verify_chain() == ()
        ends = [run.ended for run in store.runs()]
    odd = [n for n in range(WEEKS) if archive_is_down(n) or network_is_down(n)]
    assert [n for n, end in enumerate(ends) if end is not Ended.COMPLETE] == odd


def findings_are_true(weeks: Weeks, folder: Path) -> None:
    """The store has the links that the articles have, and of the web what it last said."""
    rows = told(weeks, folder, "report")
    assert {where(row) for row in rows} == {where(row) for row in told(weeks, folder, "links")}
    wrong = []
    for row in rows:
        url, verdict = row["original"], row["live_verdict"]
        host = urlsplit(url or "").netloc
        if verdict is None or fate_of(host) or is_host_away(host, WEEKS - 1):
            continue
        status = page(host, url, WEEKS - 1)[0]
        if status == 404 and verdict in {"alive", "moved"}:
            wrong.append((url, status, verdict))
        if status == 200 and verdict in {"gone", "host-gone", "broken"}:
            wrong.append((url, status, verdict))
    assert not wrong, wrong[:20]


def told(weeks: Weeks, folder: Path, command: str) -> list[dict[str, Any]]:
    """Return what a command prints of all links."""
    place = folder / f"{command}.ndjson"
    ran = weeks.run(WEEKS - 1, command, "-f", "ndjson", "-o", str(place))
    assert ran.returncode == 0, ran.stderr
    return [json.loads(line) for line in place.read_text(encoding="utf-8").splitlines()]


def where(row: dict[str, Any]) -> tuple[object, ...]:
    return tuple(row[name] for name in ("article", "line", "column", "raw", "original"))


def is_no_slower(passed: Sequence[Week]) -> None:
    """The last scan takes at most twice the time of the second.

    A single week says little, for others use the machine too; and weeks differ in what is due.
    What answered well in an archive holds a quarter of a year: the second scan and the nine after
    it ask for the live web, the bad and the sample alone, the next four for all of the archive, and
    from then on it comes due a little each week. So the second's kind is the cheapest there is, and
    the middle one of those is what the middle one of the last quarter is held to.
    """
    usual = [week for week in passed[1:] if is_usual(week.number)]
    second = median(week.seconds for week in usual if week.number < 10)
    last = median(week.seconds for week in usual if week.number >= WEEKS - 13)
    assert last <= 2 * second, [round(week.seconds, 1) for week in passed]


def tell(weeks: Weeks, passed: Sequence[Week]) -> None:
    """Print the figures of docs/scan.md."""
    for week in passed:
        print(json.dumps(asdict(week)))  # noqa: T201
    kept = sum(week.evidence for week in passed)
    print(  # noqa: T201
        f"{len(weeks.articles):,} articles after {len(passed)} weeks: database"
        f" {passed[0].store / 1e6:.1f} MB after the first scan, {passed[-1].store / 1e6:.1f} after"
        f" the last; evidence {kept / 1e6:.0f} MB"
    )
