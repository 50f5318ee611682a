"""What becomes of articles and findings from one scan to the next."""

import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest

from linkcheck.collection import load as loading
from tests.standin.held import Held
from tests.town import PAGE, Town, town

AT = "20200101000000"
LINKS = [f"https://news.example/{n}" for n in range(6)]
CITED = [f"https://web.archive.org/web/{AT}/{url}" for url in LINKS]


@pytest.fixture
def home(tmp_path: Path) -> Iterator[Town]:
    held = [
        Held(original=url, timestamp=AT, body=PAGE % (b"A", b"A", url.encode() * 40))
        for url in LINKS
    ]
    with town(tmp_path / "town", *held, names=("news.example",)) as made:
        made.write("a.md", *CITED[:3])
        made.write("b.md", *CITED[3:])
        yield made


def names(home: Town) -> list[str]:
    return [one.article for one in home.findings()]


def test_what_holds_is_not_asked_again_and_not_counted_again(
    home: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = home.scan()
    assert first.code == 0, first.err
    asked = home.asks()

    def refuse(*_: object) -> None:
        raise AssertionError("counted again")

    monkeypatch.setattr("linkcheck.scan.recent.Tally.add", refuse)
    second = home.scan()
    assert home.asks() == asked
    assert second.out.splitlines()[2:9] == first.out.splitlines()[2:9]
    monkeypatch.undo()
    assert home.scan("--fresh").code == 0
    assert home.asks().total() > asked.total()


def test_only_what_is_new_is_asked(home: Town) -> None:
    home.scan()
    asked = home.asks()
    home.write("c.md", CITED[0], "https://news.example/new")
    assert home.scan().code == 0
    new = home.asks() - asked
    assert set(new) <= {
        "news.example/new",
        "control.example/",
        "web.archive.org/web/https://news.example/new",
        *(url for url in new if "no-such-page" in url or url == "news.example/"),
    }, new
    assert names(home) == ["articles/a.md", "articles/b.md", "articles/c.md"]


def test_articles_that_are_gone_are_forgotten_and_moved_ones_are_not_read_again(
    home: Town,
) -> None:
    home.scan()
    asked = home.asks()
    (home.folder / "articles" / "a.md").unlink()
    (home.folder / "articles" / "b.md").rename(home.folder / "articles" / "z.md")
    assert home.scan().code == 0
    assert names(home) == ["articles/z.md"]
    assert home.asks() == asked


def test_only_roots_that_were_walked_to_the_end_forget(home: Town) -> None:
    home.scan()
    assert home.scan(home.folder / "articles" / "a.md").code == 0
    assert names(home) == ["articles/a.md", "articles/b.md"]
    ran = home.scan(home.folder / "nothing")
    assert ran.code == 3, ran.err
    assert names(home) == ["articles/a.md", "articles/b.md"]


def test_an_article_that_cannot_be_read_keeps_what_is_known_of_it(
    home: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    home.scan()
    path = home.write("a.md", *CITED[:2])
    read = loading._read

    def refuse(file: str, most: int) -> tuple[bytes, int]:
        if file == str(path):
            raise PermissionError(13, "Permission denied")
        return read(file, most)

    monkeypatch.setattr(loading, "_read", refuse)
    ran = home.scan()
    assert ran.code == 1, ran.out
    assert "articles/a.md: the file cannot be read: Permission denied" in ran.err
    assert [len(one.links) for one in home.findings()] == [3, 3]
    monkeypatch.undo()
    assert home.scan().code == 0
    assert [len(one.links) for one in home.findings()] == [2, 3]


def test_a_dry_run_says_what_would_be_asked_and_asks_nobody(home: Town) -> None:
    ran = home.scan("--dry-run")
    assert ran.code == 0, ran.err
    assert "wayback: 6 originals, 6 moments" in ran.out
    assert "live web: 6 originals on 1 host" in ran.out
    assert "Nothing was sent" in ran.out
    assert not home.asks()
    home.scan()
    assert "Nothing is due" in home.scan("--dry-run").out


def test_one_side_alone(home: Town) -> None:
    assert home.scan("--only", "archive").code == 0
    assert not home.asked
    assert home.scan("--only", "live").code == 0
    assert home.asked
    assert {link.standing for one in home.findings() for link in one.links} == {"archived-and-live"}


def test_reports_are_written_when_the_scan_is_done(home: Town) -> None:
    ran = home.scan("--report", "ndjson=out/r.ndjson")
    assert ran.code == 1, "a folder that is not there"
    (home.folder / "out").mkdir()
    assert home.scan("--report", "ndjson=out/r.ndjson", "--report", "csv=r.csv").code == 0
    assert (home.folder / "out" / "r.ndjson").read_text().count("\n") == 6
    ran = home.scan("--report", "ndjson")
    assert ran.out.count("\n") == 6
    assert "archived-and-live" in ran.err


def test_show_report_and_prune_look_into_the_store(home: Town) -> None:
    assert home.run("report").code == 1
    home.scan()
    shown = home.run("show", CITED[0])
    assert shown.code == 0, shown.err
    assert "cited by articles/a.md" in shown.out
    assert home.run("show", "articles/a.md").out.startswith("articles/a.md")
    assert home.run("show", "https://unknown.example/").code == 3
    assert home.run("report", "-f", "csv").out.count("\n") == 7
    assert home.run("report", "--since", "last").code == 0
    assert home.run("report", "--since", "never").code == 3
    before = home.run("report", "-f", "ndjson").out
    pruned = home.run("prune", "--keep", "1d")
    assert pruned.code == 0, pruned.err
    assert "0 evidence files went" in pruned.err
    assert home.run("prune", "--keep", "soon").code == 3
    assert home.run("report", "-f", "ndjson").out == before


def test_a_run_is_verified_from_its_evidence(home: Town) -> None:
    home.scan()
    ran = home.run("verify", "--run", "last")
    assert ran.code == 0, ran.err
    assert ran.out.splitlines() == [
        "12 findings follow from their evidence, 0 do not, 0 rest on nothing that was recorded",
        "a replay of run last gives 12 of them again",
    ]
    with sqlite3.connect(home.folder / ".linkcheck" / "state.db") as database:
        database.execute(
            "UPDATE episode SET finding = replace(finding, 'asked-time', 'write-once-name')"
        )
    database.close()
    ran = home.run("verify")
    assert ran.code == 1, ran.err
    assert (
        "articles/a.md:4: archive: the store says captured (write-once-name):"
        " its evidence says captured (asked-time)"
    ) in ran.out
    assert "judged by other rules" not in ran.out
    with sqlite3.connect(home.folder / ".linkcheck" / "state.db") as database:
        database.execute("UPDATE note SET value = CAST('of-old' AS BLOB) WHERE name = 'rules'")
    database.close()
    assert "judged by other rules than today's: the next scan" in home.run("verify").out
    for file in (home.folder / ".linkcheck" / "evidence").iterdir():
        file.unlink()
    assert home.run("verify").code == 3


def test_findings_of_several_runs_are_proved_each_from_its_own(home: Town) -> None:
    home.scan()
    home.write("c.md", "https://news.example/new")
    home.scan()
    files = list((home.folder / ".linkcheck" / "evidence").iterdir())
    assert len(files) == 2
    ran = home.run("verify")
    assert ran.out.startswith("14 findings follow from their evidence, 0 do not, 0 rest on")
    assert ran.code == 0
