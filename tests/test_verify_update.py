"""What another linkcheck has read: told apart from what contradicts its evidence."""

import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest

from linkcheck.lanes.live import reading
from linkcheck.scan import beginning
from tests.standin.held import Held
from tests.town import PAGE, Answer, Town, town

AT = "20200101000000"
HERE = "https://news.example/a"
FORM = (b"Members", b"Sign in", b'<form><input type="password" name="p"></form>')


def members_only(_host: str, path: str) -> Answer | None:
    return (200, PAGE % FORM) if path == "/a" else (404, PAGE % (b"404", b"Not found", b""))


@pytest.fixture
def home(tmp_path: Path) -> Iterator[Town]:
    held = Held(original=HERE, timestamp=AT, body=PAGE % (b"A", b"A", b"some words " * 40))
    with town(tmp_path / "town", held, names=("news.example",), live=members_only) as made:
        made.write("a.md", f"https://web.archive.org/web/{AT}/{HERE}")
        yield made


def scan_blindly(home: Town, *, version: str | None = None, rules: str | None = None) -> None:
    """Scan as a linkcheck that sees no forms, of another version or with other rules."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(reading, "signs_of", lambda *_: ())
        if version is not None:
            patch.setattr(beginning, "_versions", lambda: (("linkcheck", version),))
        if rules is not None:
            patch.setattr(beginning, "judging_rules", lambda _: rules)
        assert home.scan().code == 0


def test_another_version_that_saw_other_signs_is_named_and_no_contradiction(home: Town) -> None:
    scan_blindly(home, version="0.0.9")
    ran = home.run("verify")
    assert (ran.code, ran.err) == (4, ""), ran.out
    said, summary, *more = ran.out.splitlines()
    assert said.startswith(
        "articles/a.md:4: live: linkcheck 0.0.9 read it otherwise than this one:"
        " the store says alive ("
    )
    assert ": its evidence says blocked (" in said
    assert summary.startswith("1 finding follows from its evidence, 0 do not, 0 rest on")
    assert more[0].startswith("  read otherwise by linkcheck 0.0.9, 1: no contradiction")
    ran = home.run("verify", "--run", "last")
    assert ran.code == 4, ran.out
    assert "linkcheck 0.0.9 read it otherwise than this one: the store says alive" in ran.out
    assert home.scan("--fresh").code == 0
    assert home.run("verify").code == 0, "this one has read it now"


def test_other_rules_of_the_same_version_are_another_linkcheck(home: Town) -> None:
    scan_blindly(home, rules="of-old")
    ran = home.run("verify")
    assert ran.code == 4, ran.out
    assert " with other rules read it otherwise than this one: " in ran.out


def test_the_same_version_contradicts(home: Town) -> None:
    scan_blindly(home)
    ran = home.run("verify")
    assert (ran.code, ran.err) == (1, ""), ran.out
    assert "read it otherwise" not in ran.out
    assert "1 does not" in ran.out


def test_no_version_excuses_a_verdict_that_its_own_reading_does_not_give(home: Town) -> None:
    scan_blindly(home, version="0.0.9")
    with sqlite3.connect(home.folder / ".linkcheck" / "state.db") as database:
        database.execute(
            "UPDATE episode SET finding = replace(finding, 'asked-time', 'write-once-name')"
        )
    database.close()
    ran = home.run("verify")
    assert (ran.code, ran.err) == (1, "")
    assert "archive: the store says captured (write-once-name): its evidence says" in ran.out
    assert "live: linkcheck 0.0.9 read it otherwise" in ran.out


def test_no_version_excuses_what_a_record_itself_holds(home: Town) -> None:
    scan_blindly(home, version="0.0.9")
    size = len(PAGE % FORM)
    with sqlite3.connect(home.folder / ".linkcheck" / "state.db") as database:
        changed = database.execute(
            "UPDATE episode SET trace = CAST(replace(CAST(trace AS TEXT), ?, ?) AS BLOB)"
            " WHERE instr(CAST(trace AS TEXT), ?)",
            (f'"body_size":{size}', f'"body_size":{size + 1}', f'"body_size":{size}'),
        )
        assert changed.rowcount == 1
    database.close()
    ran = home.run("verify")
    assert (ran.code, ran.err) == (1, "")
    assert "read it otherwise" not in ran.out
