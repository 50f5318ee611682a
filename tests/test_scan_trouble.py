"""Disks and stores in trouble: a clear message, the right code, nothing lost."""

import os
import resource
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from linkcheck.store import place
from tests.standin.held import Held
from tests.town import PAGE, Town, town

AT = "20200101000000"
LINKS = [f"https://news.example/{n}" for n in range(40)]
BODY = bytes(range(256)) * 40


@pytest.fixture
def home(tmp_path: Path) -> Iterator[Town]:
    held = [
        Held(original=url, timestamp=AT, body=PAGE % (b"A", b"A", url.encode() * 1_500))
        for url in LINKS
    ]
    with town(tmp_path / "town", *held, names=("news.example",)) as made:
        made.write("a.md", *(f"https://web.archive.org/web/{AT}/{url}" for url in LINKS))
        yield made


def within(home: Town, largest: int, *arguments: str) -> tuple[int, str]:
    """Run the command where no file may become larger: what a full disk does to a write."""
    ran = subprocess.run(
        [sys.executable, "-m", "tests.town_launch", *arguments],
        cwd=home.folder,
        env=home.environment,
        capture_output=True,
        timeout=100,
        check=False,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (largest, largest)),
    )
    return ran.returncode, ran.stderr.decode()


def whole(home: Town) -> None:
    ran = home.scan()
    assert ran.code == 0, ran.err
    assert all(
        link.standing == "archived-and-live" for one in home.findings() for link in one.links
    )


def test_a_disk_that_is_full_of_evidence(home: Town) -> None:
    code, err = within(home, 700_000, "scan", "--record", "x.warc")
    assert code == 1, err
    assert "Traceback" not in err
    assert "cannot keep evidence in x.warc" in err
    assert "make room" in err
    whole(home)


def test_a_disk_that_is_full_of_findings(home: Town) -> None:
    code, err = within(home, 160_000, "scan", "--no-record")
    assert code in {0, 1}, err
    assert "Traceback" not in err
    whole(home)


def overwritten(path: Path) -> None:
    content = bytearray(path.read_bytes())
    content[8192:40960] = b"\xff" * (40960 - 8192)
    path.write_bytes(content)


def of_another(path: Path) -> None:
    """Put the log of another database beside the store."""
    other = path.with_name("other.db")
    database = sqlite3.connect(other)
    database.execute("PRAGMA journal_mode = WAL")
    database.execute("CREATE TABLE t (a)")
    database.commit()
    shutil.copy(path.with_name("other.db-wal"), path.with_name("state.db-wal"))
    database.close()


def newer(path: Path) -> None:
    database = sqlite3.connect(path)
    database.execute("PRAGMA user_version = 999")
    database.close()


DAMAGES: tuple[tuple[Callable[[Path], object], str], ...] = (
    (overwritten, "it is damaged: keep a copy, then put a backup in its place"),
    (lambda path: os.truncate(path, 100_000), "it is damaged"),
    (lambda path: os.truncate(path, 50), "it is damaged"),
    (lambda path: path.write_bytes(b"no database at all, " * 100), "it is no SQLite file"),
    (of_another, "(or state.db-wal beside it is: delete it and -shm where you put a backup back)"),
    (newer, "was written by a newer linkcheck (store version 999; this one knows up to"),
)
COMMANDS = ("scan", "scan --dry-run", "report", "report --since last", "show articles/a.md",
            "verify", "prune", "report -f html -o pages")  # fmt: skip


@pytest.mark.parametrize(("damage", "words"), DAMAGES, ids=[words[:20] for _, words in DAMAGES])
def test_a_store_that_is_not_well_is_told_and_left_as_it_is(
    home: Town, damage: Callable[[Path], object], words: str
) -> None:
    home.write("a.md", "https://news.example/1")
    assert home.scan().code == 0
    path = home.folder / ".linkcheck" / "state.db"
    damage(path)
    before = path.read_bytes()
    for command in COMMANDS:
        ran = home.run(*command.split())
        assert ran.code == 1, (command, ran.err)
        assert f"{path}" in ran.err, command
        assert words in ran.err, command
        assert "Traceback" not in ran.err, command
        assert path.read_bytes() == before, command


def test_a_network_file_system_is_told(home: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    mounts = home.folder / "mountinfo"
    mounts.write_text(f"30 22 0:40 / {home.folder} rw shared:5 - nfs4 nas:/x rw\n")
    monkeypatch.setattr(place.file_system, "__defaults__", (mounts,))
    monkeypatch.setattr(place.refuse_network, "__defaults__", (mounts,))
    ran = home.scan()
    assert ran.code == 1
    assert "lies on a network file system (nfs4)" in ran.err
    assert "put it on a local disk with --store; the articles may stay" in ran.err
    assert not (home.folder / ".linkcheck").exists()
    assert not home.asks()


def without_rights(home: Town, *arguments: str) -> tuple[int, str]:
    """Run the command as somebody for whom rights count, which they do not for root."""
    process = home.start(*arguments, under=("setpriv", "--inh-caps=-all", "--bounding-set=-all"))
    _, err = process.communicate(timeout=100)
    return process.returncode, err.decode()


@pytest.mark.skipif(shutil.which("setpriv") is None, reason="no setpriv here")
def test_a_store_that_may_not_be_written_is_told_and_can_still_be_read(home: Town) -> None:
    home.write("a.md", "https://news.example/1")
    assert home.scan("--no-record").code == 0
    folder = home.folder / ".linkcheck"
    before = (folder / "state.db").read_bytes()
    for path, mode in ((folder / "state.db", 0o400), (folder, 0o500)):
        path.chmod(mode)
    try:
        code, err = without_rights(home, "scan")
        assert code == 1, err
        assert ".linkcheck/state.db: it may not be written to" in err
        assert "Traceback" not in err
        code, err = without_rights(home, "scan", "--dry-run")
        assert (code, err) == (0, "")
    finally:
        folder.chmod(0o700)
    assert (folder / "state.db").read_bytes() == before


@pytest.mark.soak
@pytest.mark.skipif(shutil.which("setpriv") is None, reason="no setpriv here")
def test_a_place_where_no_store_can_be_made(home: Town) -> None:
    home.folder.chmod(0o500)
    try:
        code, err = without_rights(home, "scan")
    finally:
        home.folder.chmod(0o700)
    assert code == 1, err
    assert ".linkcheck cannot be made: Permission denied" in err
    assert not home.asks()


def test_a_file_that_is_no_text_is_read_as_far_as_it_can_be(home: Town) -> None:
    (home.folder / "articles" / "noise.md").write_bytes(BODY)
    (home.folder / "articles" / "empty.md").write_bytes(b"")
    ran = home.scan()
    assert ran.code in {0, 1}, ran.err
    assert "Traceback" not in ran.err


def test_a_recording_that_is_damaged_is_told_with_its_place(home: Town) -> None:
    home.scan("--record", "x.warc", "--store", "one")
    path = home.folder / "x.warc"
    content = path.read_bytes()
    path.write_bytes(content.replace(b"<h1>A</h1>", b"<h1>B</h1>"))
    ran = home.scan("--replay", "x.warc")
    assert ran.code == 1, ran.out
    assert "x.warc is damaged in the record at byte" in ran.err
