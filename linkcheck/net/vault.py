"""Evidence by the names of its records: each is read again from its bytes, and only if whole."""

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from types import TracebackType
from typing import NamedTuple, Self

from linkcheck.errors import LinkcheckError
from linkcheck.model.exchange import Body, Failure, Reply, Request
from linkcheck.model.run import Run
from linkcheck.net.extension_fields import FAILURE, SEEN
from linkcheck.net.question import question, record_id, request_id
from linkcheck.net.recorded import read_asked, read_failed, read_failure, read_reply, record_name
from linkcheck.net.seal import sha256_of
from linkcheck.net.warc import METADATA, REQUEST, RESPONSE, REVISIT, WARCINFO
from linkcheck.net.warc_file import TornError, WarcFile
from linkcheck.net.warc_walk import Broken, Whole, walk
from linkcheck.net.warcinfo import read_warcinfo

_TIMES = 64
"""How often a question may have been asked in a run; no link is asked for half as often."""


class UnsoundError(Exception):
    """A record is not there, or is not what was recorded; the words say why."""


class Exchange(NamedTuple):
    """One question and its answer, as they were recorded."""

    request: Request
    answer: Reply | Failure
    run: Run


class _Place(NamedTuple):
    file: int
    offset: int
    asked: int  # where its request stands; the record itself of a failure
    payload: int  # where the record with the payload begins: itself but for a revisit


def by_no_address(_url: str) -> bool:
    """Look nothing up by its address."""
    return False


class Vault:
    """Know where every record of the evidence lies, and hold none of them.

    A damaged record is noted and passed over: those behind it still prove what rests on them.
    Asks whose address is `wanted` can be looked up by it too.
    """

    def __init__(
        self, paths: Sequence[Path], wanted: Callable[[str], bool] = by_no_address
    ) -> None:
        self.faults: list[str] = []
        self._wanted = wanted
        self._files: list[tuple[WarcFile, Run | None]] = []
        self._places: dict[str, _Place] = {}
        self._broken: dict[str, str] = {}
        self._asks: dict[tuple[str, str], tuple[str, list[str]]] = {}  # by run and address
        self._errands: dict[tuple[str, str], list[str]] = {}
        try:
            for path in paths:
                self._read(path)
        except BaseException:
            self.close()
            raise

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        """Let go of the files."""
        for file, _ in self._files:
            file.close()

    def hashes(self) -> Iterator[tuple[Path, str]]:
        """Yield each file and the SHA-256 of its bytes."""
        for file, _ in self._files:
            yield file.path, sha256_of(file.path)

    def asked_for(self, run: Run, url: str) -> tuple[str, ...]:
        """Return the records of the first ask for an address: its tries, and where it led."""
        return tuple(self._asks.get((run.id, url), ("", []))[1])

    def exchange(self, record: str) -> Exchange:
        """Return what a record says, with its question; raise where it is not what was recorded."""
        place = self._places.get(record)
        if place is None or record in self._broken:
            raise UnsoundError(self._broken.get(record, "it is not in the evidence"))
        file, run = self._files[place.file]
        if run is None:
            raise UnsoundError(f"{file.path} does not say of which run it is")
        try:
            found = Exchange(*_exchange(file, place), run)
        except TornError:
            raise UnsoundError(f"{file.path} ends inside of it") from None
        except (LinkcheckError, ValueError) as error:
            raise UnsoundError(f"it cannot be read: {error}") from error
        if not _is_named(record, found.request, run):
            raise UnsoundError("its name is another question's: it stands in that one's place")
        return found

    def _read(self, path: Path) -> None:
        file = WarcFile(path)
        self._files.append((file, None))
        number = len(self._files) - 1
        asked: tuple[str, int, Request | None] = ("", -1, None)
        for found in walk(file):
            if isinstance(found, Broken):
                where = f"{path} is damaged in the record at byte {found.offset}"
                self.faults.append(f"{where}: {found.why}")
                if found.head is not None:
                    self._broken[record_name(found.head)] = f"it is damaged: {found.why}"
                continue
            name, kind = record_name(found.head), found.head.get("WARC-Type")
            try:
                if kind == WARCINFO:
                    about = read_warcinfo(found.block)
                    if about is not None and self._files[number][1] is None:
                        self._files[number] = (file, about[0])
                elif kind == REQUEST:
                    asked = name, found.offset, read_asked(found.head)
                elif kind == METADATA and found.head.get(FAILURE) is not None:
                    request = read_failed(found.head, found.block)
                    self._note(name, _Place(number, *(found.offset,) * 3), request)
                elif kind in {RESPONSE, REVISIT} and found.head.get(SEEN) is not None:
                    self._note_reply(number, name, found, asked)
            except ValueError as error:
                self.faults.append(
                    f"{path} is damaged in the record at byte {found.offset}: {error}"
                )
                self._broken[name] = f"it is damaged: {error}"

    def _note_reply(
        self, number: int, name: str, found: Whole, asked: tuple[str, int, Request | None]
    ) -> None:
        before, offset, request = asked
        if before != record_name(found.head, "WARC-Concurrent-To") or before != request_id(name):
            raise ValueError("the request that it answers does not stand before it")
        payload = found.offset
        if found.head.get("WARC-Type") == REVISIT:
            original = self._places.get(record_name(found.head, "WARC-Refers-To"))
            if original is None or original.file != number:
                raise ValueError("the payload that it repeats does not stand before it")
            payload = original.offset
        self._note(name, _Place(number, found.offset, offset, payload), request)

    def _note(self, name: str, place: _Place, request: Request | None) -> None:
        if name in self._places:
            raise ValueError(f"there is a record {name} already")
        self._places[name] = place
        run = self._files[place.file][1]
        if request is None or run is None:
            return
        errand = (run.id, request.errand)
        if errand in self._errands:
            self._errands[errand].append(name)
        elif self._wanted(request.url) and request.method == "GET":
            names = self._errands.setdefault(errand, [name])
            self._asks.setdefault((run.id, request.url), (request.errand, names))


def _exchange(file: WarcFile, place: _Place) -> tuple[Request, Reply | Failure]:
    record = file.at(place.offset)
    if record.head.get(FAILURE) is not None:
        block = record.block()
        request = read_failed(record.head, block)
        return request, read_failure(record.head, block, url=request.url)
    asked = file.at(place.asked).head
    question_asked = read_asked(asked)
    if question_asked is None:
        raise ValueError("the request that it answers cannot be read")
    for name in ("WARC-Target-URI", "WARC-Date"):
        if asked.get(name) != record.head.get(name):
            raise ValueError(f"its {name} is not that of its request")
    head = record.block_head()
    truncated = record.head.get("WARC-Truncated") is not None
    body = Body.gather(record.chunks(), truncated=truncated)
    if place.payload != place.offset:
        original = file.at(place.payload)
        original.block_head()
        body = Body.gather(original.chunks())
    if record.head.get("WARC-Payload-Digest") != f"sha256:{body.sha256}":
        raise ValueError("its payload is not the one that was recorded")
    return question_asked, read_reply(record.head, head, body, url=question_asked.url)


def _is_named(record: str, request: Request, run: Run) -> bool:
    """Tell a record that has the name of its question: no other record can have it."""
    asked = question(request)
    return any(record_id(run.id, asked, times) == record for times in range(_TIMES))
