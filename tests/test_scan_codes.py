"""Exit codes 0 to 4 through the real command, and 2 before 4."""

from pathlib import Path

import pytest

from tests.standin.held import Held
from tests.town import Town, town

AT = "20200101000000"
PAGE = f"https://news.example/a"
CITED = f"https://web.archive.org/web/{AT}/{PAGE}"


def write(home: Town, name: str, *urls: str, front: str = "") -> None:
    text = "\n".join(f"[x]({url})" for url in urls)
    (home.folder / "articles" / name).write_text(f"---\ntitle: T\n{front}---\n{text}\n")


def test_nothing_bad_is_code_0(tmp_path: Path) -> None:
    with town(tmp_path / "t", Held(original=PAGE, timestamp=AT), names=("news.example",)) as home:
        write(home, "a.md", CITED)
        ran = home.scan()
        assert ran.code == 0, ran.err + ran.out
        assert "archived-and-live" in ran.out
