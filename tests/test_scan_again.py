"""What becomes of articles and findings from one scan to the next."""

import os
import shutil
import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest

from linkcheck.collection import load as loading
from tests.standin.held import Held, holdings
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

    monkeypatch.setattr("linkcheck.scan.recent._counted", refuse)
    second = home.scan()
    assert home.asks() == asked
    assert second.out.splitlines()[2:9] == first.out.splitlines()[2:9]
    monkeypatch.undo()
    assert home.scan("--fresh").code == 0
    assert home.asks().total() > asked.total()


def test_findings_are_counted_by_several_processes_as_by_one(
    home: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    home.write("c.md", *CITED)
    alone = home.scan("--threads", "1")
    monkeypatch.setattr("linkcheck.scan.recent._ALONE", 0)
    together = home.scan("--threads", "2", "--fresh")
    assert (alone.code, together.code) == (0, 0), together.err
    assert together.out.splitlines()[2:9] == alone.out.splitlines()[2:9]


def test_a_copy_of_an_article_is_counted(home: Town) -> None:
    assert "2 articles, 6 links" in home.scan().out
    shutil.copy(home.folder / "articles" / "a.md", home.folder / "articles" / "c.md")
    assert "3 articles, 9 links" in home.scan().out
    (home.folder / "articles" / "c.md").unlink()
    assert "2 articles, 6 links" in home.scan().out


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


def test_a_disk_that_is_not_there_is_an_empty_folder_and_forgets_nothing(home: Town) -> None:
    home.scan()
    articles, away = home.folder / "articles", home.folder / "away"
    articles.rename(away)
    ran = home.scan()
    assert ran.code == 3
    assert "articles: there is no such file or folder" in ran.err
    articles.mkdir()
    asked = home.asks()
    ran = home.scan("--fresh")
    assert ran.code == 3, ran.out
    assert "articles: holds no article any more, where 2 are known: is a disk missing?" in ran.err
    assert home.asks() == asked
    assert names(home) == ["articles/a.md", "articles/b.md"]
    # Another folder that is there is scanned all the same, and somebody is told.
    ran = home.scan("articles", "away")
    assert ran.code == 1, ran.out
    assert "They are kept as they were" in ran.err
    assert names(home) == ["articles/a.md", "articles/b.md", "away/a.md", "away/b.md"]


def test_a_folder_without_articles_is_told(home: Town) -> None:
    (home.folder / "none").mkdir()
    for command in ("scan", "links", "audit"):
        ran = home.run(command, "none")
        assert ran.code == 3, ran.out
        assert "no articles found in none: looked for Markdown, plain text and HTML" in ran.err
    (home.folder / "none" / "a.md").write_text("no link at all\n")
    ran = home.scan("none")
    assert ran.code == 0, ran.err
    assert "1 article, 0 links" in ran.out
    assert not home.asks()


def test_a_folder_that_may_not_be_read_forgets_nothing_below_it(
    home: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    below = home.folder / "articles" / "below"
    below.mkdir()
    (below / "c.md").write_text(f"[x]({CITED[0]})\n")
    home.scan()
    (home.folder / "articles" / "b.md").unlink()
    (below / "c.md").unlink()
    scandir = os.scandir

    def refuse(path: str) -> object:
        if path == str(below):
            raise PermissionError(13, "Permission denied", path)
        return scandir(path)

    monkeypatch.setattr(os, "scandir", refuse)
    ran = home.scan()
    assert ran.code == 1, ran.out
    assert "articles/below: it may not be read: permission denied" in ran.err
    # Whether b.md has gone or was not met is not told apart below a root that was not walked.
    assert names(home) == ["articles/a.md", "articles/b.md", "articles/below/c.md"]
    monkeypatch.undo()
    assert home.scan().code == 0
    assert names(home) == ["articles/a.md"]


def test_a_file_that_changes_while_it_is_read_is_read_again(
    home: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = home.folder / "articles" / "a.md"
    read = loading._read

    def edited(file: str, most: int) -> tuple[bytes, int]:
        content = read(file, most)
        if file == str(path):
            home.write("a.md", *CITED[:2])
            os.utime(path, ns=(0, 1_700_000_000_000_000_000))  # a tick like any other
        return content

    os.utime(path, ns=(0, 1_600_000_000_000_000_000))
    monkeypatch.setattr(loading, "_read", edited)
    assert home.scan().code == 0
    assert [len(one.links) for one in home.findings()] == [3, 3]
    monkeypatch.undo()
    assert home.scan().code == 0
    assert [len(one.links) for one in home.findings()] == [2, 3]


def test_links_that_lead_in_circles_and_names_that_are_no_text(home: Town) -> None:
    articles = home.folder / "articles"
    (articles / "again").symlink_to(articles)
    (articles / "loop.md").symlink_to("loop.md")
    odd = articles / os.fsdecode(b"caf\xe9")
    odd.mkdir()
    (odd / os.fsdecode(b"\xff.md")).write_text(f"[x]({CITED[0]})\n")
    ran = home.scan()
    assert ran.code == 1, "loop.md cannot be read"
    assert "Traceback" not in ran.err
    assert "articles/loop.md" in ran.err
    assert names(home) == ["articles/a.md", "articles/b.md", "articles/caf\ufffd/\ufffd.md"]
    (articles / "loop.md").unlink()
    (odd / os.fsdecode(b"\xff.md")).unlink()
    (odd / "b.md").write_text(f"[x]({CITED[0]})\n")
    assert home.scan(odd).code == 0
    assert names(home)[2:] == ["articles/caf\ufffd/b.md"]


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


def test_new_rules_judge_what_is_known_without_a_request(home: Town) -> None:
    """A setting of the rules is a new rule, and so is its taking back."""
    home.write("c.md", "https://web.archive.org/web/20200103000000/https://news.example/0")

    def told() -> str:
        ran = home.scan()
        assert ran.code == 0, ran.err
        (finding,) = next(one.links for one in home.findings() if one.article.endswith("c.md"))
        assert finding.archive is not None
        assert f"{finding.standing}" in ran.out, "the table is of the new rules too"
        return f"{finding.archive.finding.verdict} {finding.standing}"

    assert told() == "drifted archived-and-live-elsewhen"
    asked = home.asks()
    before = (home.folder / "linkcheck.toml").read_text()
    home.configure("[judging]\ntolerance = '3d'\n")
    assert told() == "captured archived-and-live"
    home.configure(before, anew=True)
    assert told() == "drifted archived-and-live-elsewhen"
    assert home.asks() == asked


def test_one_side_alone(home: Town) -> None:
    assert home.scan("--only", "archive").code == 0
    assert not home.asked
    assert home.scan("--only", "live").code == 0
    assert home.asked
    assert {link.standing for one in home.findings() for link in one.links} == {"archived-and-live"}


def test_reports_are_written_when_the_scan_is_done(home: Town) -> None:
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


def test_what_the_last_run_changed_is_told_after_it(home: Town) -> None:
    def told() -> list[str]:
        ran = home.run("report", "--since", "last")
        assert ran.code == 0, ran.err
        return [" ".join(line.split()[:3]) for line in ran.out.splitlines()]

    lost = f"https://web.archive.org/web/{AT}/https://news.example/lost"
    home.scan()
    assert told() == []
    home.write("c.md", lost)
    home.scan()
    assert told() == ["new", "not known →"]
    home.scan()
    assert told() == ["still", "at-risk → at-risk"]
    home.standin.holdings = holdings(
        [
            Held(
                original="https://news.example/lost",
                timestamp=AT,
                body=PAGE % (b"A", b"A", b"x" * 99),
            )
        ]
    )
    home.scan("--fresh")
    assert "fixed" in told()


def test_a_first_run_s_bad_news_is_new(home: Town) -> None:
    home.write("c.md", f"https://web.archive.org/web/{AT}/https://news.example/lost")
    home.scan()
    assert home.run("report", "--since", "last").out.startswith("new\n  not known → at-risk")


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
