"""A clock that is wrong: between two runs, and in the middle of one."""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta, tzinfo
from pathlib import Path

import anyio
import pytest

from linkcheck.cli.options import CollectionOptions
from linkcheck.cli.scan_options import ScanOptions
from linkcheck.model import clock as wall
from linkcheck.model.verdict import Standing
from linkcheck.scan.assembly import assemble
from linkcheck.scan.corridor import run_scan
from linkcheck.scan.progress import Progress
from linkcheck.store import Store
from tests.standin.held import Held
from tests.town import PAGE, Town, town

AT = "20200101000000"
HERE, LOST = "https://news.example/a", "https://news.example/gone"
TRUE = datetime.now(UTC)


@dataclass
class Clock:
    """The wall's clock of this process, as somebody has set it."""

    away: timedelta = timedelta()
    asked: int = 0
    jumps: dict[int, timedelta] = field(default_factory=dict)  # by how often it was looked at

    def now(self, zone: tzinfo | None = None) -> datetime:
        self.asked += 1
        self.away = self.jumps.pop(self.asked, self.away)
        return datetime.now(zone) + self.away


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    made = Clock()
    monkeypatch.setattr(wall, "datetime", made)
    return made


@pytest.fixture
def home(tmp_path: Path) -> Iterator[Town]:
    held = Held(original=HERE, timestamp=AT, body=PAGE % (b"A", b"A", b"some words " * 40))
    with town(tmp_path / "town", held, names=("news.example",)) as made:
        made.write("a.md", *(f"https://web.archive.org/web/{AT}/{url}" for url in (HERE, LOST)))
        yield made


def standings(home: Town) -> list[tuple[Standing, int, int]]:
    return [
        (link.standing, link.archive_strikes.strikes, link.live_strikes.strikes)
        for one in home.findings()
        for link in one.links
    ]


def in_order(home: Town) -> None:
    """Runs are in the order in which they were made, whatever their clocks said."""
    with Store.read(home.folder / ".linkcheck") as store:
        assert store.verify_chain() == ()
        for run in store.runs():
            assert run.ended_at is not None
            assert run.ended_at >= run.started_at
    assert home.run("verify").code == 0
    assert home.run("report", "--since", "last").code == 0


def test_three_scans_three_days_apart_make_a_loss(home: Town, clock: Clock) -> None:
    for day, code in ((-8, 0), (-7, 0), (-4, 0), (-1, 2)):
        clock.away = timedelta(days=day)
        assert home.scan().code == code, day
    assert standings(home)[1] == (Standing.LOST, 3, 3)
    in_order(home)


def test_a_clock_that_was_set_back_gives_no_strike_and_hides_no_article(
    home: Town, clock: Clock
) -> None:
    clock.away = timedelta(days=400)
    assert home.scan().code == 0
    clock.away = timedelta(days=404)
    assert home.scan().code == 0
    assert standings(home)[1] == (Standing.FEARED_LOST, 2, 2)
    asked = home.asks()
    clock.away = timedelta()
    ran = home.scan()
    assert ran.code == 0, "two scans of the wrong year and one of ours do not agree on three"
    assert home.asks() != asked, "what was seen next year does not hold until then"
    assert standings(home) == [(Standing.ARCHIVED_AND_LIVE, 0, 0), (Standing.FEARED_LOST, 1, 1)]
    for one in home.findings():
        for link in one.links:
            assert link.checked_at is not None
            assert link.checked_at < TRUE + timedelta(hours=1)
    assert "1 of 3" in home.run("show", LOST).out
    in_order(home)
    asked = home.asks()
    assert home.scan().code == 0
    assert home.asks() == asked, "and then it holds as it should"


def test_a_clock_that_is_set_back_a_little_loses_nothing(home: Town, clock: Clock) -> None:
    assert home.scan().code == 0
    clock.away = timedelta(hours=-3)
    asked = home.asks()
    assert home.scan().code == 0
    assert home.asks() == asked
    home.write("b.md", "https://news.example/new")
    assert home.scan().code == 0
    assert len(standings(home)) == 3
    in_order(home)


@pytest.mark.parametrize("hours", [-48, 48])
def test_a_clock_that_jumps_in_the_middle_of_a_run(home: Town, clock: Clock, hours: int) -> None:
    clock.jumps = {5: timedelta(hours=hours)}
    ran = home.scan()
    assert ran.code == 0, ran.err
    assert not clock.jumps
    assert [one for one, *_ in standings(home)] == ["archived-and-live", "feared-lost"]
    in_order(home)
    clock.away = timedelta()
    assert home.scan("--fresh").code == 0
    assert [one for one, *_ in standings(home)] == ["archived-and-live", "feared-lost"]
    in_order(home)


def test_a_clock_of_ones_own_tells_the_time_of_all_of_a_run(home: Town) -> None:
    then = datetime(2023, 1, 7, 3, 17, tzinfo=UTC)
    with home.inside():
        loaded = ScanOptions().loaded(CollectionOptions(), record=None)
        job = replace(assemble(loaded.settings, ["articles"], home.folder), clock=lambda: then)
        outcome = anyio.run(run_scan, job, Progress())
    assert outcome.run.started_at == then
    assert outcome.manifest is not None
    assert outcome.manifest.ending.ended_at == then
    moments = {link.checked_at for one in home.findings() for link in one.links}
    assert moments == {then}, "as the engine has stamped the answers"
