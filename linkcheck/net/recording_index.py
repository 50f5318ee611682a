"""Where in a recording the answers to each question lie."""

from collections.abc import Sequence
from typing import NamedTuple

from linkcheck.errors import LinkcheckError
from linkcheck.model.exchange import Request
from linkcheck.model.run import Run
from linkcheck.net.exchange_record import FAILURE, SEEN
from linkcheck.net.question import question
from linkcheck.net.recorded import read_asked, read_failed, record_name
from linkcheck.net.redaction import LeftOut, request_without_secrets
from linkcheck.net.warc import METADATA, REQUEST, RESPONSE, REVISIT, WARCINFO
from linkcheck.net.warc_file import OpenRecord, TornError, WarcFile
from linkcheck.net.warcinfo import read_warcinfo


class Answer(NamedTuple):
    """The record of one answer; hundred thousands of them are held."""

    file: int
    offset: int
    payload: int  # where the record with the payload begins: itself but for a revisit


class RecordingIndex:
    """Read through a recording once and keep where its answers lie, not what they say."""

    def __init__(self, files: Sequence[WarcFile], left_out: LeftOut) -> None:
        self.left_out = left_out
        self.answers: dict[bytes, list[Answer]] = {}
        self.messages: tuple[str, ...] = ()
        self.runs = tuple(dict.fromkeys(run for file in files if (run := self._read_run(file))))
        if not self.runs:
            raise LinkcheckError(
                f"{files[0].path} was not recorded by linkcheck: nothing to replay"
            )
        for number, file in enumerate(files):
            self._read_file(number, file)

    def _read_run(self, file: WarcFile) -> Run | None:
        """Learn first what any of the files leaves out: questions are compared without it."""
        try:
            record = None if file.ends(0) else file.at(0)
            about = read_warcinfo(record.block()) if record and _is(record, WARCINFO) else None
        except TornError:
            return None
        if about is None:
            return None
        run, left_out = about
        self.left_out = LeftOut(
            requests=self.left_out.requests | left_out.requests,
            replies=self.left_out.replies | left_out.replies,
        )
        return run

    def _read_file(self, number: int, file: WarcFile) -> None:
        offset = 0
        reading = _Reading(number)
        try:
            while not file.ends(offset):
                record = file.at(offset)
                answered = reading.recognise(record)
                offset = record.finish()  # a record counts when it is there to its end
                if answered is not None:
                    self._keep(*answered)
        except TornError:
            self.messages += (f"{file.path} ends inside of the record at byte {offset}: left out",)
        except ValueError as error:
            raise LinkcheckError(
                f"{file.path} is damaged in the record at byte {offset}: {error}"
            ) from error
        if reading.foreign:
            self.messages += (
                f"{file.path}: {reading.foreign} records of other tools not replayed",
            )

    def _keep(self, request: Request, answer: Answer) -> None:
        asked = question(request_without_secrets(request, self.left_out))
        answers = self.answers.setdefault(asked, [])
        if request.again:  # the run went on with this one in the place of the last
            del answers[-1:]
        answers.append(answer)


class _Reading:
    """What must be remembered while one file is read."""

    def __init__(self, number: int) -> None:
        self.foreign = 0
        self._number = number
        self._asked: tuple[str, Request] | None = None
        self._payloads: dict[str, int] = {}

    def recognise(self, record: OpenRecord) -> tuple[Request, Answer] | None:
        """Return what the record answers, and where; None when it is no answer of ours."""
        head = record.head
        offset = record.offset
        if _is(record, REQUEST) and (request := read_asked(head)):
            self._asked = record_name(head), request
        elif _is(record, METADATA) and head.get(FAILURE) is not None:
            return read_failed(head, record.block()), Answer(self._number, offset, offset)
        elif _is(record, RESPONSE, REVISIT) and head.get(SEEN) is not None:
            return self._asked_before(record), Answer(self._number, offset, self._payload(record))
        elif not _is(record, WARCINFO):
            self.foreign += 1
        return None

    def _asked_before(self, record: OpenRecord) -> Request:
        name = record_name(record.head, "WARC-Concurrent-To")
        if self._asked is None or self._asked[0] != name:
            raise ValueError("the request that it answers does not stand before it")
        return self._asked[1]

    def _payload(self, record: OpenRecord) -> int:
        if _is(record, RESPONSE):
            self._payloads[record_name(record.head)] = record.offset
            return record.offset
        original = self._payloads.get(record_name(record.head, "WARC-Refers-To"))
        if original is None:
            raise ValueError("the payload that it repeats does not stand before it")
        return original


def _is(record: OpenRecord, *kinds: str) -> bool:
    return record.head.get("WARC-Type") in kinds
