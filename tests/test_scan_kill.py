"""A scan killed at any moment: the next one goes on, and nothing that was kept is lost."""

import multiprocessing
import random
import sqlite3
from collections import Counter
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from linkcheck.settings.archive_lane import ArchiveLaneSettings
from linkcheck.settings.live import LiveSettings
from tests.standin.held import Held
from tests.town import PAGE, Answer, Town, alive, town
from tests.town_launch import launch

AT = "20200101000000"
HOSTS = [f"h{n}.example" for n in range(11)]  # fewer than fifty links each: none is asked by HEAD
URLS = [f"https://{HOSTS[n % 11]}/p{n}" for n in range(500)]
GONE, PARKED, NAMELESS = HOSTS[3], HOSTS[4], HOSTS[5]
NAMES = tuple(host for host in HOSTS if host != NAMELESS)
LIVE, ARCHIVE = LiveSettings(), ArchiveLaneSettings()
SHARED = URLS[:400:80]  # whose capture is one placeholder, in articles that do not know each other
SORRY = PAGE % (b"Sorry", b"Sorry", b"That page is not here any more.")
UNDER_WAY = min(LIVE.workers, len(HOSTS)) * LIVE.window + ARCHIVE.index_hands
UNDER_WAY += ARCHIVE.playback_hands
CONTROLS = 2  # asked by every scan: at its beginning, and before it says that a host is gone
ANEW = 2 * UNDER_WAY + CONTROLS
"""Requests that a killed scan may cause again: those under way, and as many whose answers wait for
the writer's batch, for each of them has another one under way in its place."""

# Forked from a process that has everything imported: a kill is then tried in a third of a second.
FORKS = multiprocessing.get_context("forkserver")
FORKS.set_forkserver_preload(["tests.town_launch", "linkcheck.cli.scan"])


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Town]:
    held = [
        Held(original=url, timestamp=AT, body=SORRY if url in SHARED else own(url))
        for url in URLS[::2]
    ]
    with town(tmp_path_factory.mktemp("kill") / "town", *held, names=NAMES, live=live) as made:
        for number in range(20):  # 2,000 links: each original is cited four times
            cited = [URLS[(number * 25 + n) % 500] for n in range(100)]
            made.write(
                f"{number}.md",
                *(f"https://web.archive.org/web/{AT}/{url}" for url in cited),
            )
        yield made


def own(url: str) -> bytes:
    return PAGE % (b"A", b"A", url.encode() * 30)


def live(host: str, path: str) -> Answer | None:
    """Answer as hosts do that are well, empty, or sold."""
    if host == GONE:
        return 404, b"not found"
    if host == PARKED:
        return 200, PAGE % (host.encode(), b"is for sale", b"Buy this domain")
    return alive(host, path)


def killed(home: Town, store: str, seconds: float, *more: str, apart: bool = False) -> int | None:
    """Let a scan go on for so long; return how it ended, or None where it was killed.

    `apart` gives each lane a process of its own, as large collections have them.
    """
    arguments = ["scan", "-q", "--playback", "doubtful,sample:0", "--store", store, "--no-record"]
    arguments += more
    settings = {**home.settings, "annex_from": 1} if apart else home.settings
    process = FORKS.Process(
        target=launch, args=(settings, home.environment, str(home.folder), arguments)
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
        (
            one.article,
            link.link.line,
            link.standing,
            link.archive and link.archive.finding.verdict,
            link.archive_strikes.regressed,
            link.archive_strikes.flaps,
            link.live and link.live.finding,
        )
        for one in home.findings(store)
        for link in one.links
    ]


@dataclass(frozen=True)
class Kept:
    """What the store holds at some moment, as whoever opens it next sees it."""

    episodes: frozenset[tuple[Any, ...]]
    asked: frozenset[str]  # what need not be asked again, as the town counts it


def acknowledged(path: Path) -> Kept:
    with closing(sqlite3.connect(path)) as database:
        assert database.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        if database.execute("SELECT 1 FROM sqlite_master").fetchone() is None:
            return Kept(frozenset(), frozenset())  # killed before its first transaction
        # What the archive holds is seen in another light once it shows that bodies are shared.
        episodes = frozenset(
            database.execute(
                "SELECT side, subject, iif(side = 'archive', '', verdict) FROM episode"
            )
        )
        live = database.execute(
            "SELECT url FROM heard UNION SELECT original FROM live JOIN episode"
            " ON episode.id = live.known UNION SELECT original FROM live JOIN host"
            " ON host.id = live.host JOIN episode ON episode.id = host.known"
            " AND episode.verdict != ''"
        ).fetchall()
        replayed = database.execute(
            "SELECT original FROM subject JOIN want ON want.subject = subject.id"
            " JOIN episode ON episode.id = want.known"
            " WHERE CAST(episode.trace AS TEXT) ->> '$.chain' IS NOT NULL"
        ).fetchall()
    return Kept(
        episodes=episodes,
        asked=frozenset(
            [url.removeprefix("https://") for (url,) in live]
            + [f"web.archive.org/web/{AT}id_/{url}" for (url,) in replayed]
        ),
    )


def kills(home: Town, times: int, seed: int, *, apart: bool = False) -> None:
    """Kill so many scans at random moments, then let one end."""
    store, dice = f"killed-{seed}", random.Random(seed)  # noqa: S311 moments, no secrets
    latest = 2.0 if apart else 1.2  # processes take a while to start
    path = home.folder / store / "state.db"
    begun = home.asks()
    ended: int | None = None
    kept = Kept(frozenset(), frozenset())
    met = [(kept.asked, begun)]
    done = 0
    for _ in range(times):
        ended = killed(home, store, dice.uniform(0.05, latest), apart=apart)
        done += ended is None
        if path.exists():
            now, asked = acknowledged(path), home.asks() - begun
            assert kept.episodes <= now.episodes, "what was acknowledged is gone"
            kept = now
            met.append((kept.asked, asked))
        if ended is not None:
            break
    while ended is None:
        ended = killed(home, store, 60, apart=apart)
    assert ended == 0
    assert told(home, store) == told(home, "whole")
    whole = home.asks() - begun
    for held, asked in met:
        again = {url for url in held if whole[url] > asked[url]}
        assert not again, "it was asked again though the answer was kept"
    more = whole.total() - ONCE["asks"]
    assert more <= done * ANEW, f"{more} asked again after {done} kills"


ONCE: dict[str, int] = {}


@pytest.fixture(scope="module", autouse=True)
def whole(home: Town) -> None:
    """Let one scan pass undisturbed: what all others must come to."""
    assert killed(home, "whole", 90) == 0
    stood = Counter(one[3] for one in told(home, "whole"))
    assert set(stood) == {"captured", "hollow", "missing"}
    assert stood["hollow"] == 4 * len(SHARED)
    ONCE["asks"] = home.asks().total()


def test_kill_20_times(home: Town) -> None:
    kills(home, 20, 1)


def test_kill_20_times_with_lanes_in_processes_of_their_own(home: Town) -> None:
    kills(home, 20, 2, apart=True)


def test_a_budget_spends_no_request_twice(home: Town) -> None:
    begun = home.asks().total()
    runs = 1
    while killed(home, "poor", 60, "--max-requests", "200") == 4:
        runs += 1
    assert told(home, "poor") == told(home, "whole")
    more = home.asks().total() - begun - ONCE["asks"]
    assert more <= runs * CONTROLS
    for manifest in home.manifests("poor"):
        counted = manifest.ending.completeness
        parts = (*dict(counted.skipped).values(), *dict(counted.unknown).values())
        assert counted.total == counted.judged + counted.carried + sum(parts)


@pytest.mark.soak
def test_kill_200_times(home: Town) -> None:
    for seed in range(10):
        kills(home, 20, 100 + seed, apart=seed % 2 == 1)
