"""A recording in the place of the network: strict, and without a socket."""

import hashlib
from collections.abc import Iterable, Iterator
from pathlib import Path
from types import TracebackType
from typing import Self

import anyio.lowlevel

from linkcheck.errors import LinkcheckError, UsageError
from linkcheck.model.exchange import Body, Failure, FailureKind, Reply, Request
from linkcheck.model.run import Run
from linkcheck.net.extension_fields import FAILURE
from linkcheck.net.question import question
from linkcheck.net.recorded import read_failure, read_reply
from linkcheck.net.recording_index import Answer, RecordingIndex
from linkcheck.net.redaction import LeftOut, request_without_secrets
from linkcheck.net.warc import END
from linkcheck.net.warc_file import OpenRecord, TornError, WarcFile


class Player:
    """Answer every request with what was recorded, in the recorded order and with its times.

    A request that was not recorded, or is made once more than it was, fails as `not-recorded`.
    Offsets are kept in memory; bodies are read when they are asked for.
    """

    def __init__(self, paths: Iterable[Path], *, user_headers: tuple[str, ...] = ()) -> None:
        self._files: list[WarcFile] = []
        try:
            for path in _files(paths):
                self._files.append(WarcFile(path))
            self._index = RecordingIndex(self._files, LeftOut.of(user_headers))
        except BaseException:
            self.close()
            raise
        self._played: dict[bytes, int] = {}

    @property
    def runs(self) -> tuple[Run, ...]:
        """Return the runs that were recorded: their settings, seeds and times."""
        return self._index.runs

    @property
    def paths(self) -> tuple[Path, ...]:
        """Return the files that are played."""
        return tuple(file.path for file in self._files)

    @property
    def messages(self) -> tuple[str, ...]:
        """Return in words what of the recording could not be used."""
        return self._index.messages

    def close(self) -> None:
        """Let go of the files."""
        for file in self._files:
            file.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self.close()

    async def ask(self, request: Request) -> Reply | Failure:
        """Return the next recorded answer to the request."""
        await anyio.lowlevel.checkpoint()
        asked = question(request_without_secrets(request, self._index.left_out))
        answers = self._index.answers.get(asked, ())
        times = self._played.get(asked, 0)
        if times == len(answers):
            return self._not_recorded(request, times)
        self._played[asked] = times + 1
        return self._read(answers[times], request.url)

    def _read(self, answer: Answer, url: str) -> Reply | Failure:
        file = self._files[answer.file]
        try:
            record = file.at(answer.offset)
            if record.head.get(FAILURE) is not None:
                return read_failure(record.head, b"".join(_checked(record)), url=url)
            head = record.block_head()
            truncated = record.head.get("WARC-Truncated") is not None
            body = Body.gather(_checked(record, head), truncated=truncated)
            if answer.payload != answer.offset:
                original = file.at(answer.payload)
                body = Body.gather(_checked(original, original.block_head()))
            reply = read_reply(record.head, head, body, url=url)
        except TornError:
            raise _damaged(file, answer, "the file ends inside of it") from None
        except ValueError as error:
            raise _damaged(file, answer, str(error)) from error
        if record.head.get("WARC-Payload-Digest") != f"sha256:{body.sha256}":
            raise _damaged(file, answer, "its payload is not the one that was recorded")
        return reply

    def _not_recorded(self, request: Request, times: int) -> Failure:
        detail = (
            f"the recording answers this {times} times, not once more"
            if times
            else "the recording holds no answer to this"
        )
        return Failure(
            url=request.url,
            kind=FailureKind.NOT_RECORDED,
            detail=detail,
            asked_at=self.runs[0].started_at,
            total_seconds=0.0,
            sends=0,
        )


def _checked(record: OpenRecord, head: bytes | None = None) -> Iterator[bytes]:
    """Yield the rest of a block; raise ValueError at its end if it is not what was recorded."""
    digest = hashlib.sha256(b"" if head is None else head + END)
    for chunk in record.chunks():
        digest.update(chunk)
        yield chunk
    if record.head.get("WARC-Block-Digest") != f"sha256:{digest.hexdigest()}":
        raise ValueError("its block is not the one that was recorded")


def _damaged(file: WarcFile, answer: Answer, why: str) -> LinkcheckError:
    return LinkcheckError(f"{file.path} is damaged in the record at byte {answer.offset}: {why}")


def _files(paths: Iterable[Path]) -> list[Path]:
    """Return the files of a recording; those of a folder in the order they were written."""
    found: list[Path] = []
    for path in paths:
        inside = [*path.glob("*.warc"), *path.glob("*.warc.gz")] if path.is_dir() else [path]
        found += sorted(inside, key=lambda file: file.name)
    if not found:
        raise UsageError(f"no recording in {', '.join(map(str, paths))}: no .warc, no .warc.gz")
    return found
