"""A scan killed at any moment: the next one goes on, and nothing that was kept is lost."""

import multiprocessing
import random
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from tests.standin.held import Held
from tests.town import PAGE, Town, town
from tests.town_launch import launch

AT = "20200101000000"
HOSTS = [f"h{n}.example" for n in range(10)]
URLS = [f"https://{HOSTS[n % 10]}/p{n}" for n in range(500)]
ANEW = len(HOSTS) * (30 + 3) + 8 + 6 + 4
"""Requests that a killed scan may cause again: of each host the sample that is judged together and
three about the host itself, what was under way to the archive, and the controls."""

# Forked from a process that has everything imported: a kill is then tried in a third of a second.
FORKS = multiprocessing.get_context("forkserver")
FORKS.set_forkserver_preload(["tests.town_launch", "linkcheck.cli.scan"])


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Town]:
    held = [
        Held(original=url, timestamp=AT, body=PAGE % (b"A", b"A", url.encode() * 30))
        for url in URLS[::2]
    ]
    with town(tmp_path_factory.mktemp("kill") / "town", *held, names=tuple(HOSTS)) as made:
        for number in range(20):  # 2,000 links: each original is cited four times
            cited = [URLS[(number * 25 + n) % 500] for n in range(100)]
            made.write(
                f"{number}.md",
                *(f"https://web.archive.org/web/{AT}/{url}" for url in cited),
            )
        yield made


def killed(home: Town, store: str, seconds: float) -> int | None:
    """Let a scan go on for so long; return how it ended, or None where it was killed."""
    arguments = ["scan", "-q", "--playback", "doubtful,sample:0", "--store", store, "--no-record"]
    process = FORKS.Process(
        target=launch, args=(home.settings, home.environment, str(home.folder), arguments)
    )
    process.start()
    process.join(seconds)
    if process.is_alive():
        process.kill()
    process.join()
    return None if process.exitcode == -9 else process.exitcode


def told(home: Town, store: str) -> list[tuple[Any, ...]]:
    """Return what a scan found: not how, for what is left over is asked one by one."""
    return [
        (one.article, link.link.line, link.standing, link.archive and link.archive.finding.verdict)
        for one in home.findings(store)
        for link in one.links
    ]


def acknowledged(path: Path) -> set[tuple[Any, ...]]:
    """Return what the store holds at this moment, as whoever opens it next sees it."""
    with closing(sqlite3.connect(path)) as database:
        assert database.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        return set(database.execute("SELECT side, subject, verdict FROM episode"))


def kills(home: Town, times: int, seed: int) -> None:
    """Kill so many scans at random moments, then let one end."""
    store, dice = f"killed-{seed}", random.Random(seed)  # noqa: S311 moments, no secrets
    path = home.folder / store / "state.db"
    whole = home.asks()
    before = whole.total()
    ended: int | None = None
    kept: set[tuple[Any, ...]] = set()
    done = 0
    for _ in range(times):
        ended = killed(home, store, dice.uniform(0.05, 1.2))
        done += ended is None
        if path.exists():
            now = acknowledged(path)
            assert kept <= now, "what was acknowledged is gone"
            kept = now
        if ended is not None:
            break
    while ended is None:
        ended = killed(home, store, 60)
    assert ended == 0
    assert told(home, store) == told(home, "whole")
    again = home.asks().total() - before - ONCE["asks"]
    assert again <= (done + 1) * ANEW, f"{again} asked again after {done} kills"


ONCE: dict[str, int] = {}


@pytest.fixture(scope="module", autouse=True)
def whole(home: Town) -> None:
    """Let one scan pass undisturbed: what all others must come to."""
    assert killed(home, "whole", 90) == 0
    ONCE["asks"] = home.asks().total()


def test_kill_20_times(home: Town) -> None:
    kills(home, 20, 1)


@pytest.mark.soak
def test_kill_200_times(home: Town) -> None:
    for seed in range(10):
        kills(home, 20, 100 + seed)
