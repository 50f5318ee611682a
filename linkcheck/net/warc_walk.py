"""A file of evidence from end to end: every record proved, damaged ones passed over."""

import hashlib
from collections.abc import Iterator
from typing import NamedTuple

from linkcheck.errors import LinkcheckError
from linkcheck.net.warc import END, METADATA, WARCINFO, RecordHead
from linkcheck.net.warc_file import MAGIC, OpenRecord, TornError, WarcFile

_PIECE = 1 << 20
_PLAIN, _PACKED = END + MAGIC, b"\x1f\x8b\x08"
_HELD = frozenset({WARCINFO, METADATA})


class Whole(NamedTuple):
    """A record whose block is the one that was recorded."""

    offset: int
    head: RecordHead
    block: bytes  # of short kinds only


class Broken(NamedTuple):
    """A record that is damaged, and what can still be read of its head."""

    offset: int
    head: RecordHead | None
    why: str


def walk(file: WarcFile) -> Iterator[Whole | Broken]:
    """Yield every record; what a killed run has torn at the file's end is none."""
    offset = 0
    while True:
        record = None
        try:
            if file.ends(offset):
                return
            record = file.at(offset)
            block = _proved(record)
            following = record.finish()
        except (TornError, LinkcheckError, ValueError) as error:
            head = None if record is None else record.head
            found = _next(file, offset)
            torn = isinstance(error, TornError)
            if torn and found is None:
                return
            why = "it is longer than it says, or its end is missing" if torn else _bare(error)
            yield Broken(offset, head, why)
            if found is None:
                return
            offset = found
            continue
        yield Whole(offset, record.head, block)
        offset = following


def _proved(record: OpenRecord) -> bytes:
    digest, held = hashlib.sha256(), b""
    hold = record.head.get("WARC-Type") in _HELD
    for chunk in record.chunks():
        digest.update(chunk)
        if hold:
            held += chunk
    said = record.head.get("WARC-Block-Digest")
    if said is not None and said.startswith("sha256:") and said[7:] != digest.hexdigest():
        raise ValueError("its block is not the one that was recorded")
    return held


def _next(file: WarcFile, offset: int) -> int | None:
    """Return where the next record begins, behind one whose length cannot be believed."""
    sign = _PACKED if file.packed else _PLAIN
    skip = 0 if file.packed else len(END)
    with file.path.open("rb") as source:
        source.seek(offset + 1)
        start, window = offset + 1, b""
        while piece := source.read(_PIECE):
            window += piece
            found = window.find(sign)
            while found >= 0:
                if _begins(file, start + found + skip):
                    return start + found + skip
                found = window.find(sign, found + 1)
            start += max(len(window) - len(sign), 0)
            window = window[-len(sign) :]
    return None


def _begins(file: WarcFile, offset: int) -> bool:
    """Tell a record from bytes that happen to look like the beginning of one."""
    try:
        file.at(offset)
    except (TornError, LinkcheckError, ValueError):
        return False
    return True


def _bare(error: Exception) -> str:
    """Return the reason without the place, which is told anyway."""
    return str(error).rpartition(": ")[2]
