"""The summary that is brought up to date is the one that counting everything anew gives."""

import datetime as dt
import random
import shutil
import sqlite3
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from types import SimpleNamespace
from typing import Any
from unittest import mock

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from linkcheck.model.link import Link, Role
from linkcheck.model.observation import Observation
from linkcheck.model.summary import Summary
from linkcheck.model.verdict import (
    ArchiveFinding,
    ArchiveVerdict,
    LiveFinding,
    LiveVerdict,
    Proof,
    ProofKind,
)
from linkcheck.reports.summary import summarise
from linkcheck.scan import recent
from linkcheck.scan.api import read_store
from linkcheck.scan.kept import COUNT, SUMMARY
from linkcheck.settings.settings import Settings
from linkcheck.store import Judges, Prepared, Store, Writer, furniture
from tests.store_parts import (
    DAY,
    NOW,
    archive_seen,
    archived,
    article,
    begin,
    end,
    host_seen,
    live,
    live_seen,
    local,
)

_A, _L = ArchiveVerdict, LiveVerdict
HOSTS = tuple(f"https://h{number}.example" for number in range(4))
ARCHIVE = (_A.CAPTURED, _A.DRIFTED, _A.MISSING, _A.HOLLOW, _A.EXCLUDED, _A.UNKNOWN)
LIVE = (_L.ALIVE, _L.GONE, _L.BLOCKED, _L.UNKNOWN, _L.HOST_GONE)


@dataclass
class Collection:
    """A collection that changes at random, and its store."""

    folder: Path
    draw: random.Random
    articles: dict[str, tuple[Link, ...]] = field(default_factory=dict)
    contents: dict[str, str] = field(default_factory=dict)
    rules: str = "r0"
    fail_on: tuple[str, ...] = ()
    now: dt.datetime = NOW
    runs: int = 0
    about: int = 0  # the page that most articles link to

    @property
    def settings(self) -> Settings:
        made = Settings()
        return replace(made, scan=replace(made.scan, store=self.folder))

    def open(self) -> Store:
        store = Store.open(self.folder, extraction="1")
        assert store._database._writer is not None
        store._database._writer.execute("PRAGMA synchronous = OFF")  # nobody pulls the plug here
        return store

    def run(self, *, killed: bool = False) -> str:
        """Read what has changed, ask at random, and maybe die of it."""
        self.runs += 1
        self.now += DAY * self.draw.randrange(1, 6)
        name = f"run-{self.runs}"
        with self.open() as store:
            store.rejudge(judges(self.rules))
            writer = begin(store, name, self.now)
            self._read(writer)
            for _ in range(self.draw.randrange(5)):
                writer.commit([self._seen()])
            if not killed:
                end(writer, self.now)
        return name

    def _read(self, writer: Writer) -> None:
        for path in sorted(self.articles):
            made = self._prepared(path)
            seen = made.footprint
            if writer.is_known(path, seen.size, seen.mtime_ns) or writer.adopt(seen):
                continue
            writer.put([made])
        writer.sweep([""])

    def _prepared(self, path: str) -> Prepared:
        made = article(path, self.articles[path], self.contents[path])
        stamp = int.from_bytes(self.contents[path].encode()[-6:], "big")
        return msgspec.structs.replace(
            made,
            footprint=msgspec.structs.replace(
                made.footprint, size=stamp % 99_991, mtime_ns=1_000 + stamp
            ),
        )

    def _seen(self) -> Observation:
        pick = self.draw.choice
        kind = self.draw.randrange(4)
        if kind == 0:
            verdict = pick((None, _L.HOST_GONE, _L.SOFT_GONE, _L.ALIVE, _L.UNKNOWN))
            return host_seen(verdict, self.now, pick(HOSTS))
        made = self._prepared(pick(sorted(self.articles)))
        place = self.draw.randrange(len(made.links))
        cited, original = made.archive_sides[place], made.live_sides[place]
        if cited is None or (kind == 1 and original is not None):
            return live_seen(pick(LIVE), self.now, original or f"{HOSTS[0]}/0")
        proof = pick((ProofKind.LISTED, ProofKind.REPLAYED))
        seen = archive_seen(pick(ARCHIVE), self.now, cited.original, proof=Proof(kind=proof))
        want = cited.want
        evidence = msgspec.structs.replace(
            seen.evidence, timestamp=want.timestamp, role=want.role, time=want.time
        )
        return msgspec.structs.replace(seen, key=cited.key, want=want, evidence=evidence)

    # What happens between two runs.

    def write(self) -> None:
        path = f"{self.draw.choice('abc')}/{self.draw.randrange(9)}.md"
        links: list[Link] = [archived(path, self.original(), Role.URL, 2), local(path)]
        links += (
            self.draw.choice((archived, live))(path, self.original(), line=line)
            for line in range(3, 3 + self.draw.randrange(4))
        )
        if self.draw.randrange(3):
            links.append(archived(path, f"{HOSTS[1]}/about-{self.about}", line=9))
        self.articles[path] = tuple(links)
        self.contents[path] = f"{path} {self.draw.random()}"

    def original(self) -> str:
        return f"{self.draw.choice(HOSTS)}/{self.draw.randrange(12)}"

    def redesign(self) -> None:
        """Let other articles link to another page, or to one as before."""
        self.about = self.draw.randrange(3)
        for _ in range(6):
            self.write()

    def remove(self) -> None:
        if len(self.articles) > 3:
            path = self.draw.choice(sorted(self.articles))
            del self.articles[path], self.contents[path]

    def copy(self) -> None:
        path = self.draw.choice(sorted(self.articles))
        other = f"{self.draw.choice('abc')}/copy-{self.draw.randrange(9)}.md"
        self.articles[other], self.contents[other] = self.articles[path], self.contents[path]

    def rename(self) -> None:
        before = set(self.articles)
        self.copy()
        if new := set(self.articles) - before:
            content = self.contents[next(iter(new))]
            old = next(path for path in sorted(before) if self.contents[path] == content)
            del self.articles[old], self.contents[old]

    def judge_otherwise(self) -> None:
        self.rules = f"r{self.draw.randrange(3)}"

    def prune(self) -> None:
        with self.open() as store:
            store.prune(DAY * self.draw.randrange(1, 20), self.now)

    def forget(self) -> None:
        with self.open() as store:
            store.forget([self.draw.choice("abc")])

    def kill(self) -> None:
        self.run(killed=True)

    def damage(self) -> None:
        place = self.folder / COUNT
        if place.exists():
            said = bytearray(place.read_bytes())
            said[self.draw.randrange(len(said))] ^= 1
            place.write_bytes(said if self.draw.randrange(2) else said[: len(said) // 2])

    def delete(self) -> None:
        (self.folder / self.draw.choice((COUNT, SUMMARY))).unlink(missing_ok=True)

    def stale(self) -> None:
        """Put back what was kept one run ago, or put it away for then."""
        for name in (COUNT, SUMMARY):
            old = self.folder / f"{name}.old"
            if old.exists():
                old.replace(self.folder / name)
            elif (self.folder / name).exists():
                shutil.copy(self.folder / name, old)

    def summed_up(self, run: str, since: str = "", *, everything: bool = False) -> Summary:
        return recent.summed_up(job_of(self.settings), told(run, since), everything=everything)

    def anew(self, *, named: int | None = 10) -> Summary:
        with read_store(self.settings) as store:
            return summarise(store.findings(), self.settings.scan.fail_on, named)


ACTIONS: tuple[Callable[[Collection], None], ...] = (
    Collection.write, Collection.write, Collection.write, Collection.remove, Collection.copy,
    Collection.rename, Collection.judge_otherwise, Collection.prune, Collection.forget,
    Collection.kill, Collection.damage, Collection.delete, Collection.stale, Collection.redesign,
    Collection.redesign,
)  # fmt: skip


def job_of(made: Settings) -> Any:
    return SimpleNamespace(settings=made, collection=SimpleNamespace(processes=1))


def told(run: str, since: str = "") -> Any:
    return SimpleNamespace(run=SimpleNamespace(id=run), unchanged_since=since)


def judges(rules: str) -> Judges:
    """Judge by rules of which each turns other evidence."""

    def turned(text: str) -> bool:
        return rules != "r0" and (len(text) + int(rules[1:])) % 3 == 0

    def archive(evidence: Any) -> ArchiveFinding:
        bad = turned(evidence.original) or evidence.row is None
        return ArchiveFinding(
            verdict=_A.MISSING if bad else _A.CAPTURED,
            rule=rules,
            capture_timestamp=None if bad else evidence.timestamp,
        )

    def of_live(evidence: Any) -> LiveFinding:
        return LiveFinding(verdict=_L.GONE if turned(evidence.original) else _L.ALIVE, rule=rules)

    def of_host(evidence: Any) -> LiveFinding | None:
        return None if turned(evidence.original) else LiveFinding(verdict=_L.HOST_GONE, rule=rules)

    return Judges(archive=archive, live=of_live, host=of_host, rules=rules)


@pytest.fixture(scope="module", autouse=True)
def _few_are_furniture() -> Iterator[None]:
    with mock.patch.object(furniture, "FURNITURE_LEAST", 3):
        yield


@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
@given(
    st.integers(0, 1 << 32),
    st.lists(st.lists(st.sampled_from(range(len(ACTIONS))), max_size=3), max_size=9),
)
def test_what_is_brought_up_to_date_is_what_is_counted_anew(
    tmp_path_factory: pytest.TempPathFactory, seed: int, story: list[list[int]]
) -> None:
    made = Collection(tmp_path_factory.mktemp("recent"), random.Random(seed))  # noqa: S311 - a test
    for _ in range(9):
        made.write()
    run = made.run()
    assert made.summed_up(run) == made.anew()
    for step in story:
        for number in step:
            ACTIONS[number](made)
        run = made.run()
        assert made.summed_up(run) == made.anew()
    assert made.summed_up(run) == made.anew()
    assert made.summed_up(run, everything=True) == made.anew(named=None)


@pytest.fixture
def counted(tmp_path: Path) -> tuple[Collection, list[str]]:
    made = Collection(tmp_path / "store", random.Random(7))  # noqa: S311 - a test
    for _ in range(40):
        made.write()
    for _ in range(6):
        run = made.run()
    made.summed_up(run)
    return made, sorted(made.articles)


def asked_of(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """Note which articles the store is asked for."""
    asked: list[int] = []
    findings_of = Store.findings_of

    def noted(self: Store, articles: Any, navigation: Any) -> Any:
        asked.extend(articles)
        return findings_of(self, articles, navigation)

    monkeypatch.setattr(Store, "findings_of", noted)
    return asked


def test_only_what_has_changed_is_read(
    counted: tuple[Collection, list[str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    made, paths = counted
    asked = asked_of(monkeypatch)
    made.draw = mock.Mock(wraps=made.draw, randrange=mock.Mock(return_value=0))
    run = made.run()
    assert made.summed_up(run) == made.anew()
    assert not asked  # a run in which nothing was asked and nothing has changed
    made.articles[paths[3]] = (*made.articles[paths[3]], live(paths[3], f"{HOSTS[2]}/new"))
    made.contents[paths[3]] = "changed"
    run = made.run()
    assert made.summed_up(run) == made.anew()
    assert len(set(asked)) <= 2, "it, and whose place among the named it takes"


def test_who_cites_what_was_asked_is_read_and_nobody_else(
    counted: tuple[Collection, list[str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    made, _ = counted
    original = f"{HOSTS[3]}/5"
    asked = asked_of(monkeypatch)
    with made.open() as store:
        writer = begin(store, "asks", made.now)
        writer.commit([live_seen(_L.ALIVE, made.now, original), host_seen(None, made.now)])
        end(writer, made.now)
    summary = made.summed_up("asks")
    citing = [
        path
        for path, links in made.articles.items()
        if any(link.original == original for link in links)
    ]
    assert 0 < len(citing) < len(made.articles)
    assert len(citing) <= len(set(asked)) <= len(citing) + len(summary.named)
    assert summary == made.anew()


@pytest.mark.parametrize("name", [COUNT, SUMMARY])
def test_a_disk_that_takes_nothing_does_no_harm(
    counted: tuple[Collection, list[str]], name: str
) -> None:
    made, _ = counted
    (made.folder / f"{name}.part").mkdir()  # as little can be written there
    made.write()
    run = made.run()
    assert made.summed_up(run) == made.anew()
    assert not (made.folder / name).exists(), "an older one would be in the way of nobody"
    assert made.summed_up(run) == made.anew()


def test_a_write_that_was_cut_off_is_not_believed(
    counted: tuple[Collection, list[str]],
) -> None:
    made, _ = counted
    expected = made.anew()
    whole = (made.folder / COUNT).read_bytes()
    for cut in (b"", whole[:20], whole[:-1], whole[: len(whole) // 2], bytes(len(whole))):
        (made.folder / COUNT).write_bytes(cut)
        assert made.summed_up(f"run-{made.runs}") == expected
        assert (made.folder / COUNT).read_bytes() == whole


def test_pruning_is_known_though_nothing_was_asked_since(
    counted: tuple[Collection, list[str]],
) -> None:
    made, paths = counted
    made.draw = mock.Mock(wraps=made.draw, randrange=mock.Mock(return_value=0))
    run = made.run()
    made.summed_up(run)
    with made.open() as store:
        store.forget([paths[0]])
    with made.open() as store:
        end(begin(store, "after", made.now), made.now)
    summary = made.summed_up("after", since=run)
    assert summary == made.anew()
    assert summary.articles == len(paths) - 1


def test_a_backup_of_the_middle_of_a_run_is_not_taken_for_its_end(
    counted: tuple[Collection, list[str]],
) -> None:
    made, _ = counted
    with made.open() as store:
        writer = begin(store, "asks", made.now)
        with sqlite3.connect(made.folder / "state.db") as middle:
            middle.execute("VACUUM INTO ?", (str(made.folder / "backup.db"),))
        middle.close()
        writer.commit([made._seen() for _ in range(60)])
        end(writer, made.now)
    later = made.summed_up("asks")
    (made.folder / "backup.db").replace(made.folder / "state.db")
    for name in ("state.db-wal", "state.db-shm"):
        (made.folder / name).unlink(missing_ok=True)
    made.draw = mock.Mock(wraps=made.draw, randrange=mock.Mock(return_value=0))
    run = made.run()
    assert made.summed_up(run) == made.anew() != later


def test_each_time_that_rules_are_changed_everything_is_counted(
    counted: tuple[Collection, list[str]],
) -> None:
    made, _ = counted
    for made.rules in ("r1", "r2", "r1"):
        run = made.run()
        assert made.summed_up(run) == made.anew()


def test_what_becomes_furniture_little_by_little_is_known_in_time(
    counted: tuple[Collection, list[str]],
) -> None:
    made, paths = counted
    was = made.anew().furniture_total
    for number, path in enumerate(paths):
        made.articles[path] = (*made.articles[path][:2], archived(path, f"{HOSTS[2]}/menu"))
        made.contents[path] = f"redesigned {path}"
        if number % 3 == 2:
            run = made.run()
            assert made.summed_up(run) == made.anew()
    assert made.anew().furniture_total.articles > was.articles


def test_nothing_is_kept_of_a_store_that_another_scan_writes_to(
    counted: tuple[Collection, list[str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    made, _ = counted
    made.write()
    run = made.run()
    kept = (made.folder / COUNT).read_bytes()
    count = recent._counted

    def overtaken(*given: Any) -> Any:
        made.run()
        return count(*given)

    monkeypatch.setattr(recent, "_counted", overtaken)
    made.summed_up(run)
    assert (made.folder / COUNT).read_bytes() == kept
    monkeypatch.undo()
    assert made.summed_up(f"run-{made.runs}") == made.anew()
