"""The report's folder: whole files only, only what changed, and nothing that is somebody else's."""

from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest
from msgspec.structs import replace

from linkcheck.errors import LinkcheckError, UsageError
from linkcheck.model.finding import ArticleFindings
from linkcheck.reports.html import Written, write_report
from linkcheck.reports.html.folder import LEDGER, MARK, Folder
from linkcheck.reports.html.places import article_page
from tests.findings import article, findings, manifest


def write(folder: Path, articles: list[ArticleFindings]) -> Written:
    return write_report(folder, articles, manifest())


def snapshot(folder: Path) -> dict[str, tuple[int, int]]:
    """Return inode and time of every file but the ledger: what is rewritten has others."""
    return {
        path.relative_to(folder).as_posix(): (path.stat().st_ino, path.stat().st_mtime_ns)
        for path in folder.rglob("*")
        if path.is_file() and path.name != LEDGER
    }


def test_the_second_time_nothing_is_written(tmp_path: Path) -> None:
    some = list(findings(12))
    assert write(tmp_path / "out", some).changed > 12
    before = snapshot(tmp_path / "out")
    assert write(tmp_path / "out", some) == Written(
        pages=len(_html(tmp_path)), changed=0, removed=0
    )
    assert snapshot(tmp_path / "out") == before


def test_a_changed_article_changes_its_page_and_what_lists_it(tmp_path: Path) -> None:
    some = list(findings(12))
    write(tmp_path / "out", some)
    before = snapshot(tmp_path / "out")
    some[5] = replace(some[5], title="Another title")
    write(tmp_path / "out", some)
    after = snapshot(tmp_path / "out")
    changed = {name for name in after if after[name] != before.get(name)}
    pages = {name for name in changed if name.startswith("articles/")}
    assert pages == {article_page(some[5].article)}
    assert any(name.startswith("lists/") for name in changed)


def test_an_article_that_is_gone_loses_its_page(tmp_path: Path) -> None:
    some = list(findings(4))
    write(tmp_path / "out", some)
    assert write(tmp_path / "out", some[:3]).removed == 1
    assert not (tmp_path / "out" / article_page(some[3].article)).exists()


def test_a_page_that_was_lost_or_cut_is_written_again(tmp_path: Path) -> None:
    some = list(findings(3))
    write(tmp_path / "out", some)
    (tmp_path / "out" / article_page(some[0].article)).unlink()
    (tmp_path / "out" / article_page(some[1].article)).write_bytes(b"cut")
    (tmp_path / "out" / "style.css").unlink()
    assert write(tmp_path / "out", some).changed == 3


def test_another_language_makes_every_page_anew(tmp_path: Path) -> None:
    some = list(findings(3))
    write(tmp_path / "out", some)
    assert write_report(tmp_path / "out", some, manifest(), lang="zh-Hant").changed > 3


def test_a_folder_of_somebody_else_is_refused_and_left_alone(tmp_path: Path) -> None:
    (tmp_path / "thesis.txt").write_text("years of work")
    with pytest.raises(UsageError, match="not a report of linkcheck's"):
        write(tmp_path, list(findings(1)))
    assert [path.name for path in tmp_path.iterdir()] == ["thesis.txt"]


def test_files_of_somebody_else_inside_a_report_are_left_alone(tmp_path: Path) -> None:
    some = list(findings(2))
    write(tmp_path / "out", some)
    (tmp_path / "out" / "notes.txt").write_text("mine")
    page = tmp_path / "out" / article_page(some[1].article)
    (page.parent / "mine.html").write_text("mine")
    page.write_bytes(page.read_bytes() + b"<!-- my remark -->")
    write(tmp_path / "out", some[:1])
    assert (tmp_path / "out" / "notes.txt").read_text() == "mine"
    assert (page.parent / "mine.html").exists()
    assert page.exists()  # somebody wrote into that page


@pytest.mark.parametrize("name", ["../victim.html", "/victim.html", "a/../../victim.html", ""])
def test_a_ledger_that_was_tampered_with_leads_nowhere_else(tmp_path: Path, name: str) -> None:
    victim = tmp_path / "victim.html"
    victim.write_bytes(MARK)
    write(tmp_path / "out", list(findings(1)))
    ledger = tmp_path / "out" / LEDGER
    known = msgspec.json.decode(ledger.read_bytes())
    known["files"][name] = next(iter(known["files"].values()))
    ledger.write_bytes(msgspec.json.encode(known))
    write(tmp_path / "out", list(findings(1)))
    assert victim.exists()


@pytest.mark.parametrize("damage", [b"", b"{", b"[]", b'{"files": 3}', b"\xff\xfe"])
def test_a_damaged_ledger_is_said_in_words(tmp_path: Path, damage: bytes) -> None:
    write(tmp_path / "out", list(findings(1)))
    (tmp_path / "out" / LEDGER).write_bytes(damage)
    with pytest.raises(UsageError, match="is damaged"):
        write(tmp_path / "out", list(findings(1)))


def test_a_folder_that_leads_out_is_refused(tmp_path: Path) -> None:
    (tmp_path / "elsewhere").mkdir()
    write(tmp_path / "out", [])
    (tmp_path / "out" / "articles").symlink_to(tmp_path / "elsewhere")
    with pytest.raises(UsageError, match="leads out"):
        write(tmp_path / "out", list(findings(1)))
    assert not list((tmp_path / "elsewhere").rglob("*.html"))


def test_a_report_that_was_broken_off_is_gone_on_with(tmp_path: Path) -> None:
    some = list(findings(6))

    def broken() -> Iterator[ArticleFindings]:
        yield from some[:4]
        raise LinkcheckError("the store went away")

    with pytest.raises(LinkcheckError, match="went away"):
        write_report(tmp_path / "out", broken(), manifest())
    before = snapshot(tmp_path / "out")
    assert len(before) == 4
    write(tmp_path / "out", some[1:])
    after = snapshot(tmp_path / "out")
    assert article_page(some[0].article) not in after  # ours, and no more in the collection
    assert all(after[name] == before[name] for name in before if name in after)


def test_pages_that_a_killed_run_left_are_known_again(tmp_path: Path) -> None:
    some = list(findings(2))
    with Folder(tmp_path / "out") as out:
        out.write("articles/aa/left.html", b"<!doctype html>" + MARK + b"\n")
        out.root.joinpath("articles/aa/theirs.html").write_bytes(b"<p>theirs")
        ledger = (tmp_path / "out" / LEDGER).read_bytes()  # as it is while a run goes on
    (tmp_path / "out" / LEDGER).write_bytes(ledger)
    assert write(tmp_path / "out", some).removed == 1
    assert not (tmp_path / "out" / "articles/aa/left.html").exists()
    assert (tmp_path / "out" / "articles/aa/theirs.html").exists()


def test_a_place_that_cannot_be_written_is_said_in_words(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("no folder")
    with pytest.raises(LinkcheckError, match="cannot write"):
        write(tmp_path / "file", [])


def test_no_half_file_is_ever_under_its_name(tmp_path: Path) -> None:
    write(tmp_path / "out", list(findings(2)))
    assert not list((tmp_path / "out").rglob("*.part"))
    page = tmp_path / "out" / article_page(article(0).article)
    page.with_name(f".{page.name}.part").write_bytes(b"left by a crash")
    page.unlink()
    write(tmp_path / "out", list(findings(2)))
    assert not list((tmp_path / "out").rglob("*.part"))


def _html(tmp_path: Path) -> list[Path]:
    return list((tmp_path / "out").rglob("*.html"))
