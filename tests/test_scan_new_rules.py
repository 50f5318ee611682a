"""What an older linkcheck has read is read again, once; what was seen of links stays."""

import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.standin.held import Held
from tests.town import PAGE, Town, town

AT = "20200101000000"
ONE, OTHER = "https://news.example/one", "https://news.example/gone"


@pytest.fixture
def home(tmp_path: Path) -> Iterator[Town]:
    held = Held(original=ONE, timestamp=AT, body=PAGE % (b"A", b"A", b"some words " * 40))
    with town(tmp_path / "town", held, names=("news.example",)) as made:
        for name, url in (("one.md", ONE), ("other.md", OTHER)):
            text = f"# Heading of {name}\n\n[x](https://web.archive.org/web/{AT}/{url})\n"
            (made.folder / "articles" / name).write_text(text)
        (made.folder / "articles" / "plain.md").write_text(f"[x]({ONE})\n\n## A section\n")
        yield made


def damage(home: Town) -> None:
    """Leave a store as an older linkcheck did that let articles which swapped names swap links."""
    with sqlite3.connect(home.folder / ".linkcheck" / "state.db") as database:
        database.execute("UPDATE article SET extraction = 'of-old', title = NULL")
        database.execute("UPDATE link SET number = article * 100")
        ids = [
            database.execute("SELECT id FROM article WHERE path = ?", (path,)).fetchone()[0]
            for path in ("articles/one.md", "articles/other.md")
        ]
        database.execute(
            "UPDATE link SET article = ? - article WHERE article IN (?, ?)", (sum(ids), *ids)
        )
    database.close()


def links(home: Town) -> dict[str, tuple[str | None, list[str]]]:
    return {
        one.article: (one.title, [link.link.original or "" for link in one.links])
        for one in home.findings()
    }


def history(home: Town) -> list[tuple[object, ...]]:
    with sqlite3.connect(home.folder / ".linkcheck" / "state.db") as database:
        found = database.execute(
            "SELECT side, subject, verdict, first_seen, last_seen FROM episode ORDER BY id"
        ).fetchall()
    database.close()
    return found


def test_a_store_of_old_is_read_again_once_and_keeps_what_was_seen(home: Town) -> None:
    assert home.scan().code == 0
    whole, seen, asked = links(home), history(home), home.asks()
    assert whole == {
        "articles/one.md": ("Heading of one.md", [ONE]),
        "articles/other.md": ("Heading of other.md", [OTHER]),
        "articles/plain.md": (None, [ONE]),
    }
    damage(home)
    assert links(home)["articles/one.md"] == (None, [OTHER]), "it is what it was"
    assert home.scan().code == 0
    assert links(home) == whole
    assert history(home) == seen
    assert home.asks() == asked, "nothing was asked for that"
    with sqlite3.connect(home.folder / ".linkcheck" / "state.db") as database:
        rules = database.execute("SELECT DISTINCT extraction FROM article").fetchall()
    database.close()
    assert len(rules) == 1
    assert rules != [("of-old",)], "the next scan opens none of them"


def test_pages_call_an_article_by_its_heading_or_else_by_its_file(home: Town) -> None:
    assert home.scan("--report", "html=report").code == 0
    listed = (home.folder / "report" / "lists" / "all-0001.html").read_text()
    assert "<bdi>Heading of one.md</bdi>" in listed
    assert "<bdi>plain.md</bdi></a><br><code><bdi>articles/plain.md</bdi></code>" in listed
    pages = [one.read_text() for one in (home.folder / "report" / "articles").rglob("*.html")]
    assert sum("<h1><bdi>plain.md</bdi></h1>" in one for one in pages) == 1
    search = "".join(one.read_text() for one in (home.folder / "report" / "search").glob("*.js"))
    assert '"articles/plain.md","plain.md"' in search
