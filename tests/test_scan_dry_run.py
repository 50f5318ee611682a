"""A dry run: what would be asked, and nothing anywhere is other than before."""

import hashlib
from collections.abc import Iterator
from pathlib import Path

import pytest

from linkcheck.store.lock import store_lock
from tests.standin.held import Held
from tests.town import PAGE, Town, town

AT = "20200101000000"
LINKS = [f"https://news.example/{n}" for n in range(6)]


@pytest.fixture
def home(tmp_path: Path) -> Iterator[Town]:
    held = [
        Held(original=url, timestamp=AT, body=PAGE % (b"A", b"A", url.encode() * 40))
        for url in LINKS
    ]
    with town(tmp_path / "town", *held, names=("news.example",)) as made:
        made.write("a.md", *(f"https://web.archive.org/web/{AT}/{url}" for url in LINKS))
        yield made


def disk(home: Town) -> dict[str, str]:
    """Return what every file holds; SQLite's own index of its log is no content."""
    return {
        str(path): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in home.folder.rglob("*")
        if path.is_file() and path.suffix != ".db-shm"
    }


def test_it_says_what_would_be_asked_and_makes_no_store(home: Town) -> None:
    before = disk(home)
    ran = home.scan("--dry-run")
    assert ran.code == 0, ran.err
    assert "wayback: 6 originals, 6 moments" in ran.out
    assert "live web: 6 originals on 1 host" in ran.out
    assert "Nothing was sent" in ran.out
    assert not home.asks()
    assert disk(home) == before
    assert not (home.folder / ".linkcheck").exists()


@pytest.mark.parametrize("only", ["archive", "live"])
def test_a_proxy_that_the_scan_would_refuse_is_refused(
    home: Town, only: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HTTP_PROXY", "foo://proxy.example:1")
    ran = home.scan("--dry-run", "--only", only)
    assert ran.code == 3, ran.err
    assert "a proxy is http:// or https://" in ran.err


def test_a_store_is_as_it_was(home: Town) -> None:
    home.scan()
    home.write("b.md", "https://news.example/new")
    before, runs = disk(home), len(home.manifests())
    ran = home.scan("--dry-run")
    assert ran.code == 0, ran.err
    assert "wayback: 1 original, 1 moment" in ran.out
    assert disk(home) == before
    assert len(home.manifests()) == runs
    (home.folder / "articles" / "b.md").unlink()
    assert "Nothing is due" in home.scan("--dry-run").out
    assert "6 originals" in home.scan("--dry-run", "--fresh").out


def test_a_scan_that_holds_the_store_is_not_in_its_way(home: Town) -> None:
    home.scan()
    with store_lock(home.folder / ".linkcheck"):
        assert home.scan("--dry-run").code == 0
        assert home.scan().code == 4


def test_what_is_wrong_with_the_store_is_told_by_its_own_name(home: Town) -> None:
    folder = home.folder / ".linkcheck"
    folder.mkdir()
    (folder / "state.db").write_bytes(b"no database at all, " * 100)
    ran = home.scan("--dry-run")
    assert ran.code == 1, ran.out
    assert f"{folder}/state.db: it is no SQLite file" in ran.err


def test_an_article_that_cannot_be_read_is_code_1(home: Town) -> None:
    (home.folder / "articles" / "b.md").symlink_to("nowhere.md")
    ran = home.scan("--dry-run")
    assert ran.code == 1, ran.out
    assert "articles/b.md: there is no such file or folder" in ran.err
    assert "wayback: 6 originals" in ran.out
