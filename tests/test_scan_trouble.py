"""Disks and stores in trouble: a clear message, the right code, nothing lost."""

import resource
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

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


def test_a_store_that_is_damaged_is_told_and_left_as_it_is(home: Town) -> None:
    whole(home)
    path = home.folder / ".linkcheck" / "state.db"
    content = bytearray(path.read_bytes())
    content[8192:40960] = b"\xff" * (40960 - 8192)
    path.write_bytes(content)
    ran = home.scan()
    assert ran.code == 1, ran.err
    assert "Traceback" not in ran.err
    assert "state.db" in ran.err


def test_a_store_of_a_newer_version_is_left_alone(home: Town) -> None:
    whole(home)
    path = home.folder / ".linkcheck" / "state.db"
    with sqlite3.connect(path) as database:
        database.execute("PRAGMA user_version = 999")
    database.close()
    for command in ("scan", "report"):
        ran = home.run(command)
        assert ran.code == 1, ran.err
        assert "newer" in ran.err
        assert "Traceback" not in ran.err


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
