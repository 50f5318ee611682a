"""Lanes in processes of their own: they find the same, stop when told to, and outlive nobody."""

import os
import signal
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.standin.held import Held
from tests.town import PAGE, Town, town
from tests.until import PATIENCE, until

AT = "20200101000000"
URLS = [f"https://h{n % 4}.example/p{n}" for n in range(60)]
LONG = b"<p>long " * 400_000


@pytest.fixture
def home(tmp_path: Path) -> Iterator[Town]:
    held = [
        Held(original=url, timestamp=AT, body=PAGE % (b"A", b"A", url.encode() * 30))
        for url in URLS[::2]
    ]
    held[0] = Held(original=URLS[0], timestamp=AT, body=LONG)
    names = tuple(f"h{n}.example" for n in range(4))
    with town(tmp_path / "town", *held, names=names) as made:
        made.write("a.md", *(f"https://web.archive.org/web/{AT}/{url}" for url in URLS))
        yield made


def apart(home: Town) -> None:
    home.settings["annex_from"] = 1


def children_of(process: int) -> list[int]:
    threads = Path(f"/proc/{process}/task").iterdir()
    return [int(one) for each in threads for one in (each / "children").read_text().split()]


def lanes_of(process: int) -> list[int]:
    """Return the processes that a scan has started to work in."""
    return [
        child
        for child in children_of(process)
        if "spawn_main" in Path(f"/proc/{child}/cmdline").read_text()
    ]


def lives(process: int) -> bool:
    try:
        return Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


def told(home: Town, store: str) -> list[object]:
    return [
        (link.link, link.standing, link.archive and link.archive.finding, link.live.finding)
        for article in home.findings(store)
        for link in article.links
        if link.live is not None
    ]


@pytest.mark.parametrize("more", [(), ("--playback", "all"), ("--no-record",)])
def test_they_find_what_lanes_find_in_one_process(home: Town, more: tuple[str, ...]) -> None:
    here = home.scan("--store", "here", *more)
    once = home.asks()
    apart(home)
    elsewhere = home.scan("--store", "elsewhere", *more)
    assert (here.code, elsewhere.code) == (0, 0), elsewhere.err
    assert told(home, "elsewhere") == told(home, "here")
    assert len(told(home, "here")) == len(URLS)
    assert home.asks() - once == once, "other requests"


def test_a_long_answer_gets_through_whole(home: Town) -> None:
    apart(home)
    assert home.scan("--playback", "all").code == 0
    (article,) = home.findings()
    first = article.links[0].archive
    assert first is not None
    assert first.evidence.content is not None
    assert (first.evidence.content.size, first.evidence.content.cut) == (len(LONG), False)


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_scan_that_is_stopped_keeps_what_was_under_way(
    home: Town, number: signal.Signals
) -> None:
    apart(home)
    home.delay = 0.1
    process = home.start("scan")
    until(lambda: sum("/p" in url for url in tuple(home.asked)) > 10)
    lanes = lanes_of(process.pid)
    process.send_signal(number)
    out, err = process.communicate(timeout=PATIENCE)
    assert process.returncode == 4, err
    assert f"{number.name} asked it to" in out.decode()
    assert "Traceback" not in err.decode()
    assert len(lanes) == 2
    assert not any(map(lives, lanes))
    first = home.asks()
    home.delay = 0.0
    assert home.scan().code == 0
    again = {url for url, times in home.asks().items() if times > 1 and "/p" in url}
    assert len(again) < sum("/p" in url for url in first), "what was kept is asked again"


def test_a_group_that_is_stopped_while_it_reads_ends_in_order(home: Town) -> None:
    links = "\n".join(f"word [x](https://h1.example/p{number})" for number in range(100))
    for number in range(1500):
        (home.folder / "articles" / f"b{number}.md").write_text(f"{number}\n{links}")
    process = home.start("scan", "--threads", "2", under=("timeout", "100"))

    until(lambda: sum(map(len, map(lanes_of, children_of(process.pid)))) == 2)
    process.send_signal(signal.SIGTERM)
    out, err = process.communicate(timeout=PATIENCE)
    assert process.returncode == 4, err
    assert "SIGTERM asked it to" in out.decode()
    assert "was killed" not in err.decode()


def test_a_budget_holds_for_all_together(home: Town) -> None:
    apart(home)
    assert home.scan("--max-requests", "20").code == 4
    assert home.asks().total() <= 20
    assert home.scan().code == 0


def test_a_lane_that_is_killed_ends_the_scan_in_words(home: Town) -> None:
    apart(home)
    home.delay = 0.1
    process = home.start("scan")
    until(lambda: sum("/p" in url for url in tuple(home.asked)) > 10)
    os.kill(lanes_of(process.pid)[0], signal.SIGKILL)
    _, err = process.communicate(timeout=PATIENCE)
    assert process.returncode == 1
    assert "was killed, most likely for want of memory: try --threads 1" in err.decode()
    assert "Traceback" not in err.decode()
    home.delay = 0.0
    assert home.scan("--threads", "1").code == 0
    assert len(told(home, ".linkcheck")) == len(URLS)


def test_nobody_is_left_when_the_scan_is_killed(home: Town) -> None:
    apart(home)
    home.delay = 0.1
    process = home.start("scan")
    until(lambda: sum("/p" in url for url in tuple(home.asked)) > 10)
    lanes = lanes_of(process.pid)
    process.kill()
    process.communicate(timeout=PATIENCE)
    assert lanes
    until(lambda: not any(map(lives, lanes)))


def test_a_scan_that_is_stopped_with_its_whole_group_keeps_what_was_under_way(home: Town) -> None:
    apart(home)
    home.delay = 0.1
    process = home.start("scan", under=("timeout", "100"))
    until(lambda: sum("/p" in url for url in tuple(home.asked)) > 10)
    process.send_signal(signal.SIGTERM)  # as systemd does, `timeout` tells all that it has started
    out, err = process.communicate(timeout=PATIENCE)
    assert process.returncode == 4, err
    assert "SIGTERM asked it to" in out.decode()
    assert "was killed" not in err.decode()
