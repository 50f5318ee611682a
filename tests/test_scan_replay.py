"""A recorded scan, replayed: the same findings, the same times, no socket."""

import json
import socket
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.standin.held import Held
from tests.town import PAGE, Town, town

AT = "20200101000000"
LINKS = [f"https://news.example/{n}" for n in range(12)]
CITED = [f"https://web.archive.org/web/{AT}/{url}" for url in LINKS]


@pytest.fixture
def home(tmp_path: Path) -> Iterator[Town]:
    held = [
        Held(original=url, timestamp=AT, body=PAGE % (b"A", b"A", url.encode() * 40))
        for url in LINKS[:9]
    ]
    with town(tmp_path / "town", *held, names=("news.example",)) as made:
        made.write("a.md", *CITED[:6], "https://nobody.example/")
        made.write("b.md", *CITED[4:], "https://news.example/gone")
        yield made


def test_a_replay_gives_the_same_findings_without_a_socket(
    home: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = home.scan("--record", "x.warc")
    assert first.code == 0, first.err
    asked = home.asks()

    def refuse(*_: object, **__: object) -> None:
        raise AssertionError("a socket was opened")

    for name in ("getaddrinfo", "create_connection"):
        monkeypatch.setattr(socket, name, refuse)
    second = home.scan("--replay", "x.warc", "--store", "again")
    assert second.code == 0, second.err
    assert home.findings("again") == home.findings()
    assert home.asks() == asked
    assert first.out.split("Next")[0] == second.out.split("Next")[0]


def test_a_recording_is_replayed_into_a_store_once(home: Town) -> None:
    home.scan("--record", "x.warc")
    assert home.scan("--replay", "x.warc", "--store", "again").code == 0
    runs = home.manifests("again")
    more = home.scan("--replay", "x.warc", "--store", "again")
    assert more.code == 3
    assert "has been replayed into" in more.err
    assert "name another --store, or none" in more.err
    assert home.manifests("again") == runs
    assert home.scan("--replay", "x.warc").code == 0


def test_a_replay_looks_from_where_the_recording_was_made(
    home: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    home.scan("--record", "x.warc")
    monkeypatch.setenv("https_proxy", "http://127.0.0.9:9/")
    again = home.scan("--replay", "x.warc", "--store", "again")
    assert again.code == 0, again.err
    assert home.findings("again") == home.findings()
    (first,), (second,) = home.manifests(), home.manifests("again")
    here, there = (json.loads(one.beginning.vantage) for one in (first, second))
    assert {"time_zone", "resolvers", "proxies", "ipv4", "ipv6", "user_agent"} <= here.keys()
    assert there == here | {"replay": True}
    assert here["proxies"] == []
    assert first.ending.clocks == second.ending.clocks == 2  # the control and the newspaper
    assert first.ending.clock_skew_seconds == second.ending.clock_skew_seconds
    assert socket.gethostname() not in first.beginning.vantage


def test_what_was_not_recorded_is_unknown_and_no_guess(home: Town) -> None:
    home.scan("--record", "x.warc")
    home.write("c.md", "https://web.archive.org/web/2020/https://else.example/x")
    ran = home.scan("--replay", "x.warc", "--store", "again")
    assert "not-recorded" in ran.out, ran.out
    (found,) = [one for one in home.findings("again") if one.article.endswith("c.md")]
    assert [link.standing for link in found.links] == ["unresolved"]


def test_evidence_is_kept_beside_the_store_unless_it_is_not_wanted(home: Town) -> None:
    home.scan("--no-record", "--store", "one")
    assert not list((home.folder / "one").glob("evidence/*"))
    home.scan("-H", "X-Mine: secret", "--store", "two")
    (file,) = (home.folder / "two" / "evidence").iterdir()
    assert file.suffixes == [".warc", ".gz"]
    ran = home.scan("--replay", file, "--store", "three")
    assert ran.code == 0, ran.err
    assert home.findings("three") == home.findings("two")


def test_a_replay_without_a_store_leaves_none(home: Town) -> None:
    home.scan("--record", "x.warc", "--store", "one")
    ran = home.scan("--replay", "x.warc")
    assert ran.code == 0, ran.err
    assert not (home.folder / ".linkcheck").exists()
