"""A whole scan of the seeds out of its cassette, and that a new recording says the same."""

import io
import socket
from collections import Counter
from contextlib import redirect_stdout
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from linkcheck.model.verdict import Standing
from linkcheck.scan.api import check
from linkcheck.settings.settings import Settings
from linkcheck.store import Store
from tests.command import Ran, linkcheck
from tests.make_cassettes import SEEDS
from tests.seeds_town import ROOT, record

_S = Standing


def replayed(file: Path, store: Path, monkeypatch: pytest.MonkeyPatch, *more: str) -> Ran:
    def refuse(*_: object, **__: object) -> None:
        raise AssertionError("a replay opens no socket")

    monkeypatch.chdir(ROOT)
    with monkeypatch.context() as closed:
        closed.setattr(socket.socket, "connect", refuse)
        closed.setattr(socket, "getaddrinfo", refuse)
        return linkcheck("scan", "seeds", "--replay", file, "--store", store, *more)


def told(store: Path) -> list[tuple[Any, ...]]:
    """Return every finding without times, addresses and the names of records."""
    with Store.read(store) as opened:
        return [
            (link.link, link.standing, link.furniture, link.archive_strikes.strikes,
             link.archive and (link.archive.finding, link.archive.suggestion),
             link.live and link.live.finding)
            for article in opened.findings()
            for link in article.links
        ]  # fmt: skip


def test_the_cassette_gives_a_whole_scan_without_a_socket(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ran = replayed(SEEDS, tmp_path / "one", monkeypatch)
    assert ran.code == 0, ran.err
    assert "5 articles, 223 links" in ran.out
    assert "not-recorded" not in ran.out
    found = told(tmp_path / "one")
    assert len(found) == 223
    assert {standing for _, standing, *_ in found} >= {
        *(_S.ARCHIVED_AND_LIVE, _S.ARCHIVE_ONLY, _S.FEARED_LOST, _S.WITHHELD, _S.AT_RISK),
        *(_S.ARCHIVED, _S.IMPAIRED, _S.NOT_CHECKED),
    }
    again = replayed(SEEDS, tmp_path / "two", monkeypatch)
    assert again.out == ran.out
    assert told(tmp_path / "two") == found


def test_a_new_recording_says_the_same(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "anew.warc"
    with redirect_stdout(io.StringIO()):
        outcome = record(tmp_path / "town", file)
    assert outcome.ended == "complete"
    replayed(SEEDS, tmp_path / "old", monkeypatch)
    replayed(file, tmp_path / "new", monkeypatch)
    assert told(tmp_path / "town" / "store") == told(tmp_path / "old")
    assert told(tmp_path / "new") == told(tmp_path / "old")


def test_the_cassette_says_what_it_is_and_nothing_of_this_machine() -> None:
    content = SEEDS.read_bytes()
    assert b"Synthetic. Recorded on loopback" in content[:4096]
    for word in (b"/tmp", str(ROOT).encode(), b"MADE-UP-NETWORK"):
        assert word not in content


@pytest.mark.anyio
async def test_python_gets_the_same_findings(tmp_path: Path) -> None:
    settings = Settings()
    settings = replace(settings, scan=replace(settings.scan, store=tmp_path / "store"))
    found = [
        one async for one in check([ROOT / "seeds"], settings=settings, root=ROOT, replay=SEEDS)
    ]
    assert len(found) == 223
    assert Counter(one.standing for one in found)[_S.FEARED_LOST] > 1
