"""Output that cannot be written, readers that leave, and runs that are interrupted."""

import os
import signal
import subprocess
from pathlib import Path

import pytest

from tests.command import PYTHON, children, is_alive, linkcheck, links, started
from tests.until import until

_SOON = 10.0

ARTICLE = "[a](https://a.example/) [b](https://web.archive.org/web/2021/https://b.example/)\n" * 250
INTERRUPTED = 4


@pytest.fixture(scope="module")
def many(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """So many articles that reading them takes several seconds."""
    folder = tmp_path_factory.mktemp("many")
    for number in range(2_000):
        (folder / f"{number}.md").write_text(ARTICLE)
    return folder


@pytest.fixture
def article(tmp_path: Path) -> Path:
    path = tmp_path / "a.md"
    path.write_text(ARTICLE)
    return path


@pytest.mark.parametrize("command", ["links", "audit"])
def test_a_full_disk_is_told(article: Path, command: str) -> None:
    with open("/dev/full", "wb") as full:  # noqa: PTH123 a device
        run = started(command, "-f", "ndjson", "--threads", "1", article, stdout=full)
        _, err = run.communicate(timeout=30)
    assert run.returncode == 1
    assert err.decode() == (
        "linkcheck: standard output: cannot be written: No space left on device\n"
    )


def test_a_device_is_written_to_and_stays_one(article: Path) -> None:
    ran = links(article, "-o", "/dev/full")
    assert (ran.code, ran.out) == (1, "")
    assert "/dev/full: cannot be written: No space left on device" in ran.err
    assert links(article, "-o", "/dev/null").code == 0
    assert not Path("/dev/null").is_file()
    assert not Path("/dev/full").is_file()


@pytest.mark.parametrize(
    ("output", "code", "said"),
    [
        ("absent/out", 1, "cannot be written: No such file or directory"),
        ("a.md/out", 1, "cannot be written: Not a directory"),
        (".", 3, "is a folder"),
        ("", 3, "is a folder"),
        ("x" * 300, 1, "cannot be written: File name too long"),
    ],
)
def test_an_unwritable_place_is_told(
    article: Path, monkeypatch: pytest.MonkeyPatch, output: str, code: int, said: str
) -> None:
    monkeypatch.chdir(article.parent)
    ran = links("a.md", "--output", output)
    assert ran.code == code
    assert said in ran.err
    assert os.listdir() == ["a.md"]  # noqa: PTH208 the names are what counts


def test_a_file_appears_whole_or_not_at_all(article: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    output = article.parent / "out.ndjson"
    output.write_text("of yesterday\n")
    monkeypatch.setattr("linkcheck.cli.links.spread", _failing)
    with pytest.raises(ZeroDivisionError):
        links(article, "-o", output)
    assert output.read_text() == "of yesterday\n"
    monkeypatch.undo()
    target = article.parent / "link.ndjson"
    target.symlink_to(output)
    assert links(article, "-o", target).code == 0
    assert len(output.read_text().splitlines()) == 500
    assert target.is_symlink()
    assert {path.name for path in article.parent.iterdir()} == {
        "a.md",
        "out.ndjson",
        "link.ndjson",
    }


def _failing(*_: object) -> object:
    raise ZeroDivisionError


@pytest.mark.parametrize("closed", ["1", "2"])
def test_a_closed_stream_is_no_traceback(article: Path, closed: str) -> None:
    done = subprocess.run(
        ["/bin/sh", "-c", f'"{PYTHON}" -m linkcheck links "{article}" {closed}>&-'],
        check=False,
        capture_output=True,
        text=True,
    )
    assert "Traceback" not in done.stderr
    if closed == "1":
        assert (done.returncode, done.stdout) == (1, "")
        assert "standard output is closed" in done.stderr
    else:  # and no message strays into the result
        assert done.returncode == 0
        assert len(done.stdout.splitlines()) == 500


@pytest.mark.parametrize("threads", ["1", "2"])
def test_a_reader_that_leaves_ends_the_run_in_silence(many: Path, threads: str) -> None:
    run = started("links", "--threads", threads, many, stdout=subprocess.PIPE)
    assert run.stdout is not None
    assert b"https://a.example/" in run.stdout.readline()
    run.stdout.close()
    run.stdout = None
    _, err = run.communicate(timeout=30)
    assert (run.returncode, err) == (1, b"")


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_an_interrupted_run_says_so_and_leaves_nothing(
    many: Path, tmp_path: Path, number: signal.Signals
) -> None:
    run = started("links", "--threads", "2", "-o", tmp_path / "out", many)
    until(lambda: len(children(run.pid)) == 2, _SOON)
    workers = children(run.pid)
    if number == signal.SIGINT:
        os.killpg(run.pid, number)  # as a terminal does
    else:
        run.send_signal(number)
    _, err = run.communicate(timeout=30)
    assert (run.returncode, err) == (INTERRUPTED, b"linkcheck: interrupted\n")
    until(lambda: not any(map(is_alive, workers)), _SOON)
    assert list(tmp_path.iterdir()) == []


def test_no_process_outlives_a_killed_run(many: Path, tmp_path: Path) -> None:
    run = started("links", "--threads", "2", "-o", tmp_path / "out", many)
    until(lambda: len(children(run.pid)) == 2, _SOON)
    workers = children(run.pid)
    run.kill()
    run.communicate(timeout=30)
    until(lambda: not any(map(is_alive, workers)), _SOON)


def test_a_killed_worker_is_told(many: Path) -> None:
    run = started("links", "--threads", "2", "--format", "csv", many, stdout=subprocess.DEVNULL)
    until(lambda: len(children(run.pid)) == 2, _SOON)
    os.kill(children(run.pid)[0], signal.SIGKILL)
    _, err = run.communicate(timeout=30)
    assert run.returncode == 1
    assert err.decode().startswith("linkcheck: a process that reads articles was killed")
    assert "Traceback" not in err.decode()


def test_an_interrupt_in_this_process_is_code_4(
    article: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupted(*_: object) -> object:
        raise KeyboardInterrupt

    monkeypatch.setattr("linkcheck.cli.links.spread", interrupted)
    ran = linkcheck("links", article)
    assert (ran.code, ran.out, ran.err) == (INTERRUPTED, "", "linkcheck: interrupted\n")
