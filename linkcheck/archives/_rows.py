"""Index rows out of a stream of bytes, in memory that no answer can fill."""

import re
from collections.abc import Iterable, Iterator, Mapping
from itertools import chain

import msgspec

from linkcheck.archives._array import Mark, Note, array_rows, excerpt
from linkcheck.archives._legible import escaped_url
from linkcheck.model.capture import Capture

LONGEST_ROW = 1 << 16
"""Real rows have some 100 bytes; the longest one seen holds a data: URL of several kB."""

_FIELDS = ("urlkey", "timestamp", "original", "mimetype", "statuscode", "digest", "length")
_SYNONYMS = {"url": "original", "mime": "mimetype", "status": "statuscode"}  # pywb's names
_TIMESTAMP = re.compile(r"[0-9]{8,14}")
_STATUS = re.compile(r"[1-9][0-9]{2}|-")
_ODD_STATUS = re.compile(r"-?[0-9]{1,5}")  # `0`, `000`, `-1`: no answer of HTTP's that is known
_CLASSIC = 11  # columns: N b a m s k r M S V g, as privileged answers had them
_UNTOLD = frozenset({"", "-", "unk", "warc/revisit"})
_LENGTH = re.compile(r"[0-9]{1,15}")
_SPACE = b" \t\r\n"
FAULTS = (msgspec.DecodeError, UnicodeDecodeError, RecursionError)
_decode_strings = msgspec.json.Decoder(list[str]).decode
_decode_list = msgspec.json.Decoder(list[object]).decode


Item = Capture | Note


def items(pieces: Iterable[bytes]) -> Iterator[Item]:
    """Yield what an index answer holds, whichever of the four forms it has.

    The forms are text with spaces and a JSON array of arrays (web.archive.org), JSON lines and
    CDXJ (pywb).
    """
    stream = iter(pieces)
    for piece in stream:
        if piece.strip(_SPACE):
            rest = chain((piece,), stream)
            yield from _array(rest) if piece.lstrip(_SPACE)[:1] == b"[" else _lines(rest)
            return


def _lines(pieces: Iterable[bytes]) -> Iterator[Item]:
    blank = False
    for line in _bounded(pieces):
        if line is None:
            yield Note(mark=Mark.OVERSIZED)
            continue
        text = escaped_url(line.decode("utf-8", "surrogateescape")).strip()
        if not text:
            blank = True
            continue
        capture = _from_line(text)
        if capture is None and blank and " " not in text:
            # A blank line, then the key: URL-encoded (2022), base64 of zlib (2026-05).
            yield Note(mark=Mark.RESUME, text=text)
        else:
            yield capture or Note(mark=Mark.UNREADABLE, text=text[:500])
        blank = False


def _bounded(pieces: Iterable[bytes]) -> Iterator[bytes | None]:
    """Yield lines; None for one that is longer than any row, which is passed over."""
    rest, skipping = b"", False
    for piece in pieces:
        lines = (rest + piece).split(b"\n")
        rest = lines.pop()
        for line in lines:
            if not skipping:
                yield line if len(line) <= LONGEST_ROW else None
            skipping = False
        if len(rest) > LONGEST_ROW or skipping:
            if not skipping:
                yield None
            rest, skipping = b"", True
    if rest and not skipping:
        yield rest


def _from_line(text: str) -> Capture | None:
    if text.startswith("{"):
        return _from_object(text, {})
    key, _, rest = text.partition(" ")
    timestamp, _, row = rest.partition(" ")
    if row.startswith("{"):
        return _from_object(row, {"urlkey": key, "timestamp": timestamp})
    fields = text.split(" ")
    if len(fields) == _CLASSIC and _STATUS.fullmatch(fields[4]):
        return _capture(*[*fields[:6], fields[8], fields[10]])
    if len(fields) < len(_FIELDS):
        return None
    if not _STATUS.fullmatch(fields[4]):
        # A URL with bare spaces: what stands behind it is counted from the end.
        fields = [*fields[:2], " ".join(fields[2:-4]), *fields[-4:]]
    return _capture(*fields[:7])


def _from_object(row: str, place: Mapping[str, str]) -> Capture | None:
    try:
        fields = msgspec.json.decode(row.encode())
    except FAULTS:
        return None
    return _named({**fields, **place}) if isinstance(fields, dict) else None


def _array(pieces: Iterable[bytes]) -> Iterator[Item]:
    """Read a JSON array row by row: a bulk answer is never held whole."""
    names: tuple[str, ...] = _FIELDS
    opened = keyed = False
    for row in array_rows(pieces, LONGEST_ROW):
        if isinstance(row, Note):
            yield row
            continue
        fields = _strings(row)
        if fields is None:
            yield Note(mark=Mark.UNREADABLE, text=excerpt(row))
        elif not opened and "timestamp" in fields:
            names = tuple(_SYNONYMS.get(field, field) for field in fields)
            yield Note(mark=Mark.NAMES)
        elif not fields:
            keyed = True
        elif keyed and len(fields) == 1:
            yield Note(mark=Mark.RESUME, text=fields[0])
        else:
            if names == _FIELDS and len(fields) == len(_FIELDS):
                capture = _capture(*fields)
            else:
                capture = _named(dict(zip(names, fields, strict=False)))
            yield capture or Note(mark=Mark.UNREADABLE, text=excerpt(row))
        opened = True


def _strings(row: bytes) -> list[str] | None:
    try:
        return _decode_strings(row)
    except FAULTS:
        pass  # null and numbers where strings were promised, or bytes that are no UTF-8
    try:
        plain = escaped_url(row.decode("utf-8", "surrogateescape")).encode()
        return ["" if field is None else str(field) for field in _decode_list(plain)]
    except FAULTS:
        return None


def _named(fields: Mapping[str, object]) -> Capture | None:
    values = {
        _SYNONYMS.get(name, name): "" if value is None else str(value)
        for name, value in fields.items()
    }
    return _capture(*(values.get(name, "") for name in (*_FIELDS, "filename")))


def _capture(  # noqa: PLR0913, PLR0917 - the columns of a row in their order
    urlkey: str,
    timestamp: str,
    original: str,
    media: str,
    status: str,
    digest: str,
    length: str,
    source: str = "",
) -> Capture | None:
    if not urlkey or not original or _TIMESTAMP.fullmatch(timestamp) is None:
        return None
    if status and _STATUS.fullmatch(status) is None:
        if _ODD_STATUS.fullmatch(status) is None:
            return None
        status = "-"
    return Capture(
        urlkey=urlkey,
        timestamp=timestamp,
        original=original,
        media_type=None if media in _UNTOLD else media,
        status=None if status in _UNTOLD else int(status),
        digest=None if digest in _UNTOLD else digest,
        length=int(length) if _LENGTH.fullmatch(length) else None,
        revisit=media == "warc/revisit",
        source=source or None,
    )
