"""What happens to a store on bad days: words, exit codes, and nothing lost."""

import os
import re
import signal
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest
from msgspec.structs import replace

from linkcheck.errors import BusyError, LinkcheckError, StoreError
from linkcheck.model.exchange import Hop
from linkcheck.store import Store, archive_lock
from linkcheck.store.complaints import complaint
from linkcheck.store.migrate import APPLICATION, VERSION
from linkcheck.store.place import file_system, refuse_network
from tests.store_parts import (
    PAGE,
    archive_seen,
    article,
    begin,
    end,
    live,
    live_seen,
    opened,
    page,
)

SCHEMA_1 = Path(__file__).parent / "golden" / "store-1.sql"
ROOT = Path(__file__).parents[1]


def state(folder: Path) -> Path:
    return folder / ".linkcheck" / "state.db"


def read(folder: Path) -> Store:
    return Store.read(folder / ".linkcheck")


def filled(folder: Path) -> None:
    with opened(folder) as store:
        writer = begin(store)
        writer.put([page()])
        writer.commit([archive_seen(), live_seen()])
        end(writer)


def asked(path: Path, sql: str) -> list[tuple[object, ...]]:
    connection = sqlite3.connect(path)
    try:
        return connection.execute(sql).fetchall()
    finally:
        connection.close()


def test_a_second_scan_is_told_who_holds_the_store(tmp_path: Path) -> None:
    with opened(tmp_path):
        told = rf"another scan works on .*: process {os.getpid()}, since 20\d\d-.*Z"
        with pytest.raises(BusyError, match=told) as caught:
            opened(tmp_path)
        assert caught.value.exit_code == 4
        with Store.read(tmp_path / ".linkcheck") as store:
            assert store.runs() == ()
    with opened(tmp_path):
        pass


def test_one_scan_of_a_machine_asks_an_archive(tmp_path: Path) -> None:
    with archive_lock("wayback", tmp_path):
        with archive_lock("https://web.example/coll/", tmp_path):
            pass
        told = f"another scan of this machine asks wayback: process {os.getpid()}"
        with pytest.raises(BusyError, match=told), archive_lock("wayback", tmp_path):
            pass
    with archive_lock("wayback", tmp_path):
        pass


def test_a_lock_that_nobody_signed(tmp_path: Path) -> None:
    with opened(tmp_path):
        (tmp_path / ".linkcheck" / "scan.lock").write_bytes(b"\x1b[31m\xff")
        with pytest.raises(BusyError, match="a process that does not say which"):
            opened(tmp_path)


def test_a_lock_is_no_way_to_another_file(tmp_path: Path) -> None:
    (tmp_path / "target").write_text("precious")
    (tmp_path / "linkcheck-wayback-e2a31ba0.lock").symlink_to(tmp_path / "target")
    names = {path.name for path in tmp_path.iterdir()}
    with archive_lock("wayback", tmp_path):
        pass
    made = {path.name for path in tmp_path.iterdir()} - names
    (lock,) = made or {"linkcheck-wayback-e2a31ba0.lock"}
    (tmp_path / lock).unlink()
    (tmp_path / lock).symlink_to(tmp_path / "target")
    with pytest.raises(StoreError, match="cannot be opened"), archive_lock("wayback", tmp_path):
        pass
    assert (tmp_path / "target").read_text() == "precious"


@pytest.mark.parametrize(
    ("sql", "words"),
    [
        (f"PRAGMA user_version = {VERSION + 1}", "was written by a newer linkcheck"),
        ("PRAGMA application_id = 7", "is some other program's database"),
    ],
)
def test_other_versions_are_refused_unchanged(tmp_path: Path, sql: str, words: str) -> None:
    filled(tmp_path)
    asked(state(tmp_path), sql)
    before = state(tmp_path).read_bytes()
    for way in (opened, read):
        with pytest.raises(StoreError, match=words):
            way(tmp_path)
    assert state(tmp_path).read_bytes() == before


def test_what_is_no_store_is_refused_unchanged(tmp_path: Path) -> None:
    (tmp_path / ".linkcheck").mkdir()
    state(tmp_path).write_bytes(b"no database at all, " * 100)
    for way in (opened, read):
        with pytest.raises(StoreError, match="it is no SQLite file"):
            way(tmp_path)
    assert state(tmp_path).read_bytes() == b"no database at all, " * 100


def test_a_damaged_store_is_told(tmp_path: Path) -> None:
    filled(tmp_path)
    size = state(tmp_path).stat().st_size
    with state(tmp_path).open("r+b") as file:
        file.seek(4096)
        file.write(b"\xff" * (size - 4096))
    with pytest.raises(StoreError, match="it is damaged"):
        opened(tmp_path)


def test_nothing_to_read(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="there is no store yet"):
        Store.read(tmp_path / ".linkcheck")
    (tmp_path / ".linkcheck").mkdir()
    state(tmp_path).touch()
    with pytest.raises(StoreError, match="there is nothing in this store"):
        Store.read(tmp_path / ".linkcheck")
    (tmp_path / "file").touch()
    with pytest.raises(StoreError, match="cannot be made"):
        Store.open(tmp_path / "file" / ".linkcheck", extraction="1")


def test_a_full_disk_loses_nothing(tmp_path: Path) -> None:
    pages = [f"https://www.example.org/{'x' * 900}/{number}" for number in range(200)]
    with opened(tmp_path) as store:
        writer = begin(store)
        writer.put([page()])
        writer.commit([archive_seen(), live_seen()])
        with store._database.transaction() as connection:
            (pages_now,) = connection.execute("PRAGMA page_count").fetchone()
            connection.execute(f"PRAGMA max_page_count = {pages_now + 8}")
        with pytest.raises(StoreError, match="the disk is full") as caught:
            writer.put([page(f"{number}.md", url) for number, url in enumerate(pages)])
        assert caught.value.exit_code == 1
        with store._database.transaction() as connection:
            connection.execute("PRAGMA max_page_count = 1000000")
        writer.put([page(f"{number}.md", url) for number, url in enumerate(pages)])
        assert store.counts()["article"] == 201
        end(writer)
    assert asked(state(tmp_path), "PRAGMA integrity_check") == [("ok",)]
    assert asked(state(tmp_path), "PRAGMA foreign_key_check") == []


FULL = """
import resource, sys
from pathlib import Path
resource.setrlimit(resource.RLIMIT_FSIZE, (1_500_000, 1_500_000))
import signal
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
from tests.store_parts import *
from linkcheck.errors import StoreError
try:
    with opened(Path(sys.argv[1])) as store:
        writer = begin(store)
        for number in range(100_000):
            writer.put([page(f"{number}.md", f"https://example.org/{'y' * 500}/{number}")])
            print(number, flush=True)
except StoreError as error:
    print(error)
"""


def test_a_disk_that_fills_up_keeps_what_was_acknowledged(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-c", FULL, str(tmp_path)],
        capture_output=True,
        text=True,
        check=False,
        cwd=ROOT,
    )
    *acknowledged, words = done.stdout.splitlines()
    assert re.search("the disk is full|the disk refused", words), done.stderr
    assert asked(state(tmp_path), "PRAGMA integrity_check") == [("ok",)]
    with opened(tmp_path) as store:
        assert store.counts()["article"] >= int(acknowledged[-1]) + 1 > 10


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write anywhere")
def test_a_store_that_may_not_be_written(tmp_path: Path) -> None:
    filled(tmp_path)
    state(tmp_path).chmod(0o400)
    with pytest.raises(StoreError, match="it may not be"):
        opened(tmp_path)


@pytest.mark.parametrize(
    ("code", "words", "exit_code"),
    [
        (sqlite3.SQLITE_READONLY, "it may not be written to", 1),
        (sqlite3.SQLITE_READONLY_DBMOVED, "it may not be written to", 1),
        (sqlite3.SQLITE_FULL, "the disk is full", 1),
        (sqlite3.SQLITE_IOERR_FSYNC, "the disk refused", 1),
        (sqlite3.SQLITE_CORRUPT_INDEX, "it is damaged", 1),
        (sqlite3.SQLITE_CANTOPEN, "it cannot be opened", 1),
        (sqlite3.SQLITE_BUSY, "another process holds it", 4),
        (sqlite3.SQLITE_BUSY_SNAPSHOT, "another process holds it", 4),
        (sqlite3.SQLITE_MISMATCH, "SQLite says: odd", 1),
    ],
)
def test_sqlite_s_errors_in_words(code: int, words: str, exit_code: int) -> None:
    error = sqlite3.OperationalError("odd")
    error.sqlite_errorcode = code
    found = complaint(Path("state.db"), error)
    assert isinstance(found, LinkcheckError)
    assert words in str(found)
    assert found.exit_code == exit_code


def test_a_read_only_disk_can_still_be_read(tmp_path: Path) -> None:
    filled(tmp_path)
    for name in ("state.db-wal", "state.db-shm"):
        (tmp_path / ".linkcheck" / name).unlink(missing_ok=True)
    (tmp_path / ".linkcheck").chmod(0o500)
    try:
        with Store.read(tmp_path / ".linkcheck") as store:
            assert next(store.findings()).article == "a.md"
    finally:
        (tmp_path / ".linkcheck").chmod(0o700)


MOUNTS = r"""22 1 254:1 / / rw - ext4 /dev/vda1 rw
30 22 0:40 / /mnt/nas rw,relatime shared:5 - nfs4 nas:/x rw
31 30 0:41 / /mnt/nas/local rw - ext4 /dev/vdb rw
32 22 0:42 / /mnt/with\040blank rw - fuse.sshfs a@b: rw
33 22 0:43 / /c rw - 9p C: rw
34 22 0:44 / /over rw - cifs //x/y rw
35 22 0:45 / /over rw - xfs /dev/vdc rw
odd line
"""


@pytest.mark.parametrize(
    ("folder", "kind", "refused"),
    [
        ("/home/x", "ext4", False),
        ("/mnt/nas", "nfs4", True),
        ("/mnt/nas/a/b", "nfs4", True),
        ("/mnt/nasty", "ext4", False),
        ("/mnt/nas/local/a", "ext4", False),
        ("/mnt/with blank/a", "fuse.sshfs", True),
        ("/c/Users", "9p", True),
        ("/over/there", "xfs", False),
    ],
)
def test_network_file_systems_are_refused(
    tmp_path: Path, folder: str, kind: str, *, refused: bool
) -> None:
    mounts = tmp_path / "mountinfo"
    mounts.write_text(MOUNTS)
    assert file_system(Path(folder), mounts) == kind
    if refused:
        with pytest.raises(StoreError, match=rf"network file system \({re.escape(kind)}\)"):
            refuse_network(Path(folder), mounts)
    else:
        refuse_network(Path(folder), mounts)


def test_where_the_system_does_not_say_a_store_is_trusted(tmp_path: Path) -> None:
    refuse_network(tmp_path, tmp_path / "nothing")


def older(folder: Path) -> None:
    """Make a store as version 1 left it."""
    (folder / ".linkcheck").mkdir()
    connection = sqlite3.connect(state(folder))
    connection.executescript(SCHEMA_1.read_text(encoding="utf-8"))
    connection.execute(f"PRAGMA application_id = {APPLICATION}")
    connection.execute("PRAGMA user_version = 1")
    connection.close()


def test_a_stored_older_store_is_opened(tmp_path: Path) -> None:
    older(tmp_path)
    with opened(tmp_path) as store:
        link = next(store.findings()).links[0]
        assert link.archive == archive_seen()
        assert link.live == live_seen()
        assert store.verify_chain() == ()


def test_a_migration_makes_a_backup_first(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    older(tmp_path)
    step = (2, "ALTER TABLE article ADD COLUMN colour TEXT;")
    for module in ("database", "migrate"):
        monkeypatch.setattr(f"linkcheck.store.{module}.VERSION", 2)
    monkeypatch.setattr("linkcheck.store.migrate.steps", lambda: (step,))
    with pytest.raises(StoreError, match="brings it up to date"):
        Store.read(tmp_path / ".linkcheck")
    with opened(tmp_path) as store:
        assert store.counts()["article"] == 1
    backup = tmp_path / ".linkcheck" / "state-version-1.backup.db"
    assert asked(backup, "PRAGMA user_version") == [(1,)]
    assert asked(backup, "SELECT path FROM article") == [("a.md",)]
    assert asked(state(tmp_path), "SELECT colour FROM article") == [(None,)]
    assert asked(state(tmp_path), "PRAGMA user_version") == [(2,)]


def test_a_migration_that_fails_leaves_the_old_store(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    older(tmp_path)
    step = (2, "ALTER TABLE article ADD COLUMN colour TEXT; INSERT INTO nowhere VALUES (1);")
    for module in ("database", "migrate"):
        monkeypatch.setattr(f"linkcheck.store.{module}.VERSION", 2)
    monkeypatch.setattr("linkcheck.store.migrate.steps", lambda: (step,))
    with pytest.raises(StoreError, match="no such table: nowhere"):
        opened(tmp_path)
    monkeypatch.undo()
    with opened(tmp_path) as store:
        assert store.counts()["article"] == 1
    columns = [row[1] for row in asked(state(tmp_path), "PRAGMA table_info(article)")]
    assert "colour" not in columns


def test_what_is_no_text_is_kept_as_far_as_it_is(tmp_path: Path) -> None:
    hop = Hop(url=PAGE, status=301, location="/\udce9\ud800", address=None, record=None)
    web = live_seen()
    web = replace(
        web,
        evidence=replace(web.evidence, answers=(replace(web.evidence.answers[0], hops=(hop,)),)),
        finding=replace(web.finding, reason="caf\udce9"),
    )
    link = replace(live("a.md", PAGE), raw=f"{PAGE}\udce9", reason="\ud800")
    odd = replace(article("a.md", (link,)), footprint=replace(page().footprint, title="\ud800x"))
    with opened(tmp_path) as store:
        writer = begin(store)
        writer.put([odd])
        writer.commit([web])
        (one,) = store.findings()
        assert one.title == "\ufffd\ufffd\ufffdx"
        assert one.links[0].link.raw.startswith(f"{PAGE}\ufffd")
        assert one.links[0].live is not None
        assert one.links[0].live.evidence.answers[0].hops[0].location.startswith("/\ufffd")
        assert one.links[0].live.finding.reason.startswith("caf\ufffd")
        writer.commit([web])
        assert store.counts()["episode"] == 1


def test_a_row_that_cannot_be_read_is_told(tmp_path: Path) -> None:
    filled(tmp_path)
    with sqlite3.connect(state(tmp_path)) as connection:
        connection.execute("UPDATE evidence SET body = x'00ff'")
    connection.close()
    with read(tmp_path) as store, pytest.raises(StoreError, match="cannot be read"):
        list(store.findings())


KILLED = """
import sys
from pathlib import Path
from tests.store_parts import *
with opened(Path(sys.argv[1])) as store:
    writer = begin(store, sys.argv[2])
    for number in range(100_000):
        url = f"https://example.org/{number}"
        writer.put([page(f"{number}.md", url)])
        writer.commit([archive_seen(original=url), live_seen(original=url)])
        print(number, flush=True)
"""


def killed(folder: Path, name: str, after: int) -> int:
    """Kill a writer after so many commits; return the last one it acknowledged."""
    with subprocess.Popen(
        [sys.executable, "-c", KILLED, str(folder), name],
        stdout=subprocess.PIPE,
        text=True,
        cwd=ROOT,
    ) as process:
        assert process.stdout is not None
        last = -1
        for line in process.stdout:
            last = int(line)
            if last >= after:
                break
        process.send_signal(signal.SIGKILL)
        for line in process.stdout:
            last = int(line)
    return last


def killed_again_and_again(folder: Path, times: int) -> None:
    for turn in range(times):
        last = killed(folder, f"run-{turn}", 3 + turn * 7 % 40)
        assert asked(state(folder), "PRAGMA integrity_check") == [("ok",)]
        assert asked(state(folder), "PRAGMA foreign_key_check") == []
        with opened(folder) as store:
            assert store.counts()["article"] > last
            found = {each.article: each.links[0] for each in store.findings()}
            for number in range(last + 1):
                assert found[f"{number}.md"].archive is not None
                assert found[f"{number}.md"].live is not None
    with opened(folder) as store:
        begin(store, "after")
        assert {run.ended for run in store.runs()[:-1]} == {"killed"}
        assert store.verify_chain() == ()


def test_a_killed_writer_loses_nothing_it_acknowledged(tmp_path: Path) -> None:
    killed_again_and_again(tmp_path, 4)


@pytest.mark.soak
def test_a_writer_killed_a_hundred_times(tmp_path: Path) -> None:
    killed_again_and_again(tmp_path, 100)
