"""A scan from a script: other processes do not run the script once more."""

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from textwrap import dedent

import pytest

from tests.standin.held import Held
from tests.town import PAGE, Town, town

AT = "20200101000000"
URLS = [f"https://h{n % 2}.example/p{n}" for n in range(6)]
ARTICLES = 600  # enough for processes that read them

SCRIPT = dedent("""
    import json
    import os
    from dataclasses import replace

    import anyio

    from linkcheck import Settings, check
    from tests.town_launch import settled

    settings = Settings()
    live = replace(settings.live, controls=("https://control.example/",), apart=0.05)
    settings = replace(settings, live=live, scan=replace(settings.scan, contact="t@example.org"))


    async def count():
        print(len([1 async for found in check(["articles"], settings=settings) if found.archive]))


    print("begun")
    with settled(json.loads(os.environ["TOWN"])):
        anyio.run(count)
""")


@pytest.fixture
def home(tmp_path: Path) -> Iterator[Town]:
    held = [Held(original=url, timestamp=AT, body=PAGE % (b"A", b"A", b"A")) for url in URLS]
    with town(tmp_path / "town", *held, names=("h0.example", "h1.example")) as made:
        made.write("a.md", *(f"https://web.archive.org/web/{AT}/{url}" for url in URLS))
        for number in range(ARTICLES):
            (made.folder / "articles" / f"b{number}.md").write_text(f"nothing {number}\n")
        made.settings["annex_from"] = 1
        yield made


@pytest.mark.parametrize("place", ["script.py", "-"])
def test_a_script_is_run_once(home: Town, place: str) -> None:
    (home.folder / "script.py").write_text(SCRIPT)
    done = subprocess.run(
        [sys.executable, place],
        cwd=home.folder,
        env=home.environment,
        input=SCRIPT,
        capture_output=True,
        text=True,
        timeout=100,
        check=False,
    )
    assert (done.returncode, done.stdout, done.stderr) == (0, f"begun\n{len(URLS)}\n", "")
