"""A scan that somebody stops, and two scans at once."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.town import Town, town
from tests.until import PATIENCE, until

LINKS = [f"https://h{n % 4}.example/p{n}" for n in range(60)]


@pytest.fixture
def home(tmp_path: Path) -> Iterator[Town]:
    names = tuple(f"h{n}.example" for n in range(4))
    with town(tmp_path / "town", names=names) as made:
        made.write("a.md", *LINKS)
        yield made


@pytest.mark.parametrize(
    ("number", "times"),
    # `timeout` tells its child and then the group that it is in; a closed terminal speaks twice.
    [(signal.SIGINT, 1), (signal.SIGTERM, 2), (signal.SIGHUP, 2)],
)
def test_a_stopped_scan_keeps_what_was_under_way_and_the_next_goes_on(
    home: Town, number: signal.Signals, times: int
) -> None:
    home.delay = 0.15
    process = home.start("scan")
    until(lambda: sum("/p" in url for url in tuple(home.asked)) > 24)
    for _ in range(times):
        process.send_signal(number)
    out, err = process.communicate(timeout=PATIENCE)
    assert process.returncode == 4, err
    assert f"{number.name} asked it to" in out.decode()
    assert "Traceback" not in err.decode()
    first = home.asks()
    known = [
        link.live for article in home.findings() for link in article.links if link.live is not None
    ]
    assert known
    home.delay = 0.0
    assert home.scan().code == 0
    again = {url for url, times in home.asks().items() if times > 1 and "/p" in url}
    assert len(again) < sum("/p" in url for url in first), "what was kept is asked again"


def test_a_second_interrupt_leaves_at_once(home: Town) -> None:
    home.delay = 5.0
    process = home.start("scan")
    until(lambda: home.asks().total() + len(home.waiting) > 0)
    process.send_signal(signal.SIGINT)
    time.sleep(0.5)  # of five seconds: it waits for what is under way
    assert process.poll() is None
    process.send_signal(signal.SIGINT)
    _, err = process.communicate(timeout=PATIENCE)
    assert process.returncode == 4, err
    assert home.waiting  # the answers that were under way had not come
    assert b"Traceback" not in err
    home.delay = 0.0
    assert home.scan().code == 0


@pytest.mark.soak
def test_what_was_started_to_ignore_a_signal_does(home: Town) -> None:
    home.delay = 0.1
    process = home.start("scan", under=("nohup",))
    until(lambda: home.asks().total() > 0)
    process.send_signal(signal.SIGHUP)
    home.delay = 0.0
    out, err = process.communicate(timeout=PATIENCE)
    assert process.returncode == 0, err
    assert b"ended before its end" not in out


def test_signals_are_left_as_they_were(home: Town) -> None:
    """After the network comes the report: a loop that heeded a signal would let it kill there."""
    home.write("a.md", LINKS[0])
    before = {one: signal.getsignal(one) for one in (signal.SIGINT, signal.SIGTERM)}

    def heed(*_: object) -> None:
        pass

    try:
        for one in before:
            signal.signal(one, heed)
        assert home.scan().code == 0
        assert home.scan("--dry-run").code == 0
        assert [signal.getsignal(one) for one in before] == [heed, heed]
    finally:
        for one, handler in before.items():
            signal.signal(one, handler)


def test_a_terminal_that_is_closed_ends_the_scan_in_order(home: Town) -> None:
    home.delay = 0.15
    master, slave = os.openpty()
    process = subprocess.Popen(
        ["setsid", "--ctty", sys.executable, "-m", "tests.town_launch", "scan"],  # noqa: S607 wherever it is
        cwd=home.folder,
        env=home.environment,
        stdin=slave,
        stdout=slave,
        stderr=slave,
    )
    os.close(slave)
    until(lambda: bool(os.read(master, 65_536)) and home.asks().total() > 8)
    os.close(master)
    process.wait(PATIENCE)
    home.delay = 0.0
    assert home.scan().code == 0
    assert [one.ending.ended for one in home.manifests()] == ["interrupted", "complete"]


def test_what_waits_in_a_queue_does_not_hold_up_the_end(home: Town) -> None:
    process = home.start("scan", "--host-request-interval", "3s")
    until(lambda: home.asks().total() > 2)
    process.send_signal(signal.SIGINT)
    _, err = process.communicate(timeout=PATIENCE)  # the queue alone would take 45 s
    assert process.returncode == 4, err


def test_a_second_scan_says_who_holds_the_store_and_leaves(home: Town) -> None:
    home.delay = 0.3
    process = home.start("scan")
    try:
        until(lambda: home.asks().total() > 0)
        ran = home.scan()
        assert ran.code == 4, ran.out
        assert str(process.pid) in ran.err
    finally:
        process.send_signal(signal.SIGINT)
        process.communicate(timeout=PATIENCE)


def test_time_that_is_over_ends_the_run_with_code_4(home: Town) -> None:
    home.delay = 0.2
    ran = home.scan("--max-run-time", "1s")
    assert ran.code == 4, ran.err
    assert "its time is over" in ran.out
    home.delay = 0.0
    assert home.scan().code == 0
