"""Letting go of what is old, through the command: nothing goes that anything rests on."""

import os
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from tests.standin.held import Held
from tests.test_scan_clock import Clock, clock
from tests.test_scan_dry_run import disk
from tests.town import PAGE, Answer, Town, alive, town

__all__ = ["clock"]

AT = "20200101000000"
LINKS = [f"https://news.example/{n}" for n in range(3)]
GONE = False


def live(host: str, path: str) -> Answer | None:
    return (404, b"gone") if GONE and path == "/1" else alive(host, path)


@pytest.fixture
def home(tmp_path: Path) -> Iterator[Town]:
    held = [
        Held(original=url, timestamp=AT, body=PAGE % (b"A", b"A", url.encode() * 40))
        for url in LINKS
    ]
    with town(tmp_path / "town", *held, live=live, names=("news.example",)) as made:
        made.write("a.md", *(f"https://web.archive.org/web/{AT}/{url}" for url in LINKS))
        yield made


def evidence(home: Town) -> list[str]:
    return sorted(path.name for path in (home.folder / ".linkcheck" / "evidence").iterdir())


def test_what_is_old_goes_and_what_is_left_still_speaks(
    home: Town, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    known: list[str] = []
    for days in (-1200, -800, -1):
        clock.away = timedelta(days)
        monkeypatch.setattr("tests.test_scan_prune.GONE", days == -800)
        assert home.scan("--fresh").code == 0
        new = set(evidence(home)) - set(known)
        known += sorted(new)
        for name in new:
            place = home.folder / ".linkcheck" / "evidence" / name
            then = place.stat().st_mtime + days * 86_400
            os.utime(place, (then, then))
    clock.away = timedelta(0)
    before, on_disk = home.run("report", "-f", "ndjson").out, disk(home)
    tried = home.run("prune", "--keep", "2y", "--dry-run")
    assert tried.code == 0, tried.err
    assert "could go; 2 evidence files could go" in tried.err
    assert disk(home) == on_disk
    pruned = home.run("prune", "--keep", "2y")
    assert pruned.code == 0, pruned.err
    assert pruned.err.splitlines()[0] == tried.err.splitlines()[0].replace("could go", "went")
    assert evidence(home) == known[2:]
    assert home.run("report", "-f", "ndjson").out == before
    for command in (("verify",), ("report", "--since", "last"), ("show", LINKS[1]), ("scan",)):
        ran = home.run(*command)
        assert ran.code == 0, (command, ran.err)
    first = home.manifests()[0].run
    assert "it was not recorded there, or was pruned" in home.run("verify", "--run", first).err


def test_what_is_not_there_is_not_made_to_be_pruned(home: Town) -> None:
    for more in ((), ("--dry-run",)):
        ran = home.run("prune", *more)
        assert ran.code == 1
        assert "there is no store yet: `linkcheck scan` makes one" in ran.err
    assert not (home.folder / ".linkcheck").exists()


def test_a_folder_that_is_no_part_of_the_collection_any_more(home: Town) -> None:
    (home.folder / "old").mkdir()
    (home.folder / "old" / "b.md").write_text(f"[x]({LINKS[0]})\n")
    assert home.scan("articles", "old").code == 0
    (home.folder / "old" / "b.md").unlink()
    ran = home.scan("articles", "old")
    assert ran.code == 1, ran.out
    assert "linkcheck prune --forget old" in ran.err
    assert home.run("prune", "--forget", "nothing").code == 3
    assert "1 article would be forgotten" in home.run("prune", "--forget", "old", "--dry-run").err
    assert len(home.findings()) == 2
    ran = home.run("prune", "--forget", "old")
    assert ran.code == 0, ran.err
    assert "1 article forgotten" in ran.err
    assert [one.article for one in home.findings()] == ["articles/a.md"]
    ran = home.scan("articles", "old")
    assert ran.code == 0, ran.err
    assert "1 article, 3 links" in ran.out
