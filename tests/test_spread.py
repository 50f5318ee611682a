"""Work over processes: in order, never far ahead, and the same whatever their number."""

import os
import signal
from collections.abc import Iterator
from pathlib import Path

import pytest

from linkcheck.collection.spread import CHUNK, spread, usable_cores
from linkcheck.errors import LinkcheckError
from linkcheck.model.input import Input
from tests.command import links

CHUNKS = 20


def inputs(chunks: int, taken: list[int] | None = None) -> Iterator[Input]:
    for number in range(chunks * CHUNK):
        if taken is not None:
            taken.append(number)
        yield Input(path=str(number), name=str(number))


def first_and_process(files: list[Input]) -> tuple[int, int, int]:
    return int(files[0].path), len(files), os.getpid()


def growing(files: list[Input]) -> bytes:
    number = int(files[0].path) // CHUNK
    return bytes([number]) * (number * 500_000)  # the last ones are too large for the board


def killed(files: list[Input]) -> int:
    if files[0].path == str(6 * CHUNK):
        os.kill(os.getpid(), signal.SIGKILL)
    return len(files)


def failing(files: list[Input]) -> int:
    if files[0].path == str(6 * CHUNK):
        raise LinkcheckError("one file too many")
    return len(files)


@pytest.mark.parametrize("processes", [1, 2, 3])
def test_results_come_in_order_and_whole(processes: int) -> None:
    found = list(spread(inputs(CHUNKS), first_and_process, processes))
    assert [(first, size) for first, size, _ in found] == [
        (chunk * CHUNK, CHUNK) for chunk in range(CHUNKS)
    ]
    pids = {pid for _, _, pid in found}
    assert (pids == {os.getpid()}) == (processes == 1)
    assert len(pids) <= processes


def test_results_of_any_size_come_whole() -> None:
    found = list(spread(inputs(CHUNKS), growing, 2))
    assert [len(result) for result in found] == [number * 500_000 for number in range(CHUNKS)]
    assert all(set(result) <= {number} for number, result in enumerate(found))


@pytest.mark.parametrize("chunks", [0, 1])
def test_few_files_are_read_right_here(chunks: int) -> None:
    found = list(spread(inputs(chunks), first_and_process, 2))
    assert len(found) == chunks
    assert {pid for _, _, pid in found} <= {os.getpid()}


def test_a_last_chunk_may_be_short() -> None:
    files = list(inputs(5))[:-10]
    sizes = [size for _, size, _ in spread(files, first_and_process, 2)]
    assert sizes == [CHUNK] * 4 + [CHUNK - 10]


@pytest.mark.parametrize("processes", [1, 2, 4])
def test_files_are_taken_only_a_few_chunks_ahead(processes: int) -> None:
    taken: list[int] = []
    results = spread(inputs(2_500, taken), first_and_process, processes)
    for done in range(1, 6):
        next(results)
        assert len(taken) <= (done + max(4, 2 * processes) + 1) * CHUNK
    results.close()


@pytest.mark.parametrize(("work", "said"), [(killed, "was killed"), (failing, "one file too many")])
def test_a_worker_that_fails_is_told_in_words(work: object, said: str) -> None:
    assert callable(work)
    with pytest.raises(LinkcheckError, match=said) as caught:
        list(spread(inputs(CHUNKS), work, 2))
    assert caught.value.exit_code == 1


def test_a_run_that_is_left_early_leaves_no_process() -> None:
    results = spread(inputs(10_000), first_and_process, 2)
    _, _, worker = next(results)
    results.close()
    with pytest.raises(ProcessLookupError):
        os.kill(worker, 0)


@pytest.mark.parametrize("form", ["table", "csv", "ndjson"])
def test_the_number_of_processes_changes_nothing(tmp_path: Path, form: str) -> None:
    for number in range(400):
        text = f"[a](https://{number}.example/) ![b](/web/20210712023725im_/https://b.example/)"
        (tmp_path / f"{number}.md").write_text(text)
    (tmp_path / "bad.md").write_bytes(b"\xff")
    alone = links(tmp_path, "-T", "1", form=form)
    assert links(tmp_path, "-T", "2", form=form) == alone
    assert "800 links in 401 articles" in alone.err


def test_the_cores_that_may_be_used() -> None:
    assert 1 <= usable_cores() <= (os.cpu_count() or 1)
