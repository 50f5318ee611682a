"""What bytes really are, and whether they reach to their end: sniffed, never believed."""

import re
from collections.abc import Callable

from msgspec.structs import replace

from linkcheck.model.content import ContentReading, Medium, Sniffed
from linkcheck.model.exchange import Reply
from linkcheck.model.playback import PlaybackReading
from linkcheck.unpack import UnpackError, unpacked

HEAD = 4096
"""Bytes at the beginning that tell the kind."""
FRAME = "frame"
"""The form of a page that scripts fill: one and the same under every address of its site."""
TAIL = 4096
"""Bytes at the end in which an end marker is sought: some cameras and hosts append to a JPEG."""

EMPTY_ROOT = (
    r"""<(?P<name>div|main|section)\b[^<>]*?\bid\s*=\s*["']?"""
    r"""(?:root|app|__next|__nuxt|___gatsby|react-root)["'\s>][^<>]*+>?\s*</(?P=name)\s*>"""
    r"""|<app-root\b[^<>]*>\s*</app-root\s*>"""
)
"""What frameworks fill with everything that a reader sees, before their script has run."""

_WIDE = ((b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be"))
_BLANK = b" \t\r\n\x0c\x00\xef\xbb\xbf"
# Atomic groups: comments can be parted in as many ways as there are subsets of them.
_HTML = re.compile(
    rb"(?>\s|<!--.*?-->|<\?xml[^>]*>)*+<(?:!doctype\s+html|html|head|body|title|meta|script|div|p|a|table|h1|br|iframe|link|style)\b",
    re.IGNORECASE | re.DOTALL,
)
# Drawing programs declare entities within the DOCTYPE: `<!DOCTYPE svg … [ <!ENTITY …> ]>`.
_SVG = re.compile(
    rb"(?>\s|<!--.*?-->|<\?xml[^>]*>|<!doctype\s+svg[^\[>]*+(?:\[[^\]]*+\]\s*+)?+>)*+"
    rb"<(?:[\w-]{1,20}:)?svg\b",
    re.IGNORECASE | re.DOTALL,
)
_SVG_END = re.compile(rb"</(?:[\w-]{1,20}:)?svg\s*>", re.IGNORECASE)
_SVG_IN_ONE_TAG = re.compile(rb"<(?:[\w-]{1,20}:)?svg\b[^<>]*/>\s*\Z", re.IGNORECASE)
_EMPTY_ROOT = re.compile(EMPTY_ROOT.encode(), re.IGNORECASE)
_IMAGE_BRANDS = {
    b"avif": "avif",
    b"avis": "avif",
    b"heic": "heic",
    b"heix": "heic",
    b"mif1": "heic",
    b"msf1": "heic",
    b"heim": "heic",
    b"heis": "heic",
    b"hevc": "heic",
}
_MINIMUM_BOX = 8
_FOREIGN_MARKER = re.compile(rb"\xff[^\x00\xd0-\xd7\xff]")


def sniff(head: bytes, tail: bytes, size: int) -> Sniffed:
    """Tell what a body is by its first and last bytes and its size."""
    if size == 0:
        return Sniffed(medium=Medium.NOTHING)
    for mark, encoding in _WIDE:
        if head.startswith(mark):
            narrow, end = (_narrow(part, encoding) for part in (head, tail))
            seen = _written(narrow.lstrip(_BLANK), end)
            # Whatever bytes follow, they read as some text in sixteen bits.
            return Sniffed(medium=Medium.OTHER) if seen.medium is Medium.TEXT else seen
    for prefix, medium, form, ends in _MAGIC:
        if head.startswith(prefix):
            return Sniffed(medium=medium, form=form, whole=ends(head, tail, size))
    if head[:4] == b"RIFF":
        return _riff(head, size)
    return _boxed(head, size) if head[4:8] == b"ftyp" else _written(head.lstrip(_BLANK), tail)


def weigh(reply: Reply, reading: PlaybackReading) -> ContentReading:
    """Weigh a replayed body by what it is, where it ends, and what the origin promised."""
    head, tail, size = b"", b"", 0
    cut, packed = reply.body.truncated, False
    try:
        for piece in unpacked(reply):
            head = (head + piece)[:HEAD] if len(head) < HEAD else head
            tail = (tail + piece)[-TAIL:]
            size += len(piece)
    except UnpackError:
        cut = True
        if not size:
            # Undecodable is not empty: the raw bytes are weighed as they are.
            packed, head, size = True, next(reply.body.chunks(HEAD), b""), reply.body.size
    sniffed = sniff(head, tail, size)
    if packed and sniffed.medium is Medium.TEXT:
        sniffed = Sniffed(medium=Medium.OTHER)  # packed bytes that happen to read as words
    promised = reading.origin_header("content-length")
    # A server may pack on the way what the origin sent plain, and the other way round.
    longest = max(size, reply.body.size)
    return ContentReading(
        sniffed=replace(sniffed, whole=None) if cut else sniffed,
        size=reply.body.size,
        declared=reading.media_type,
        short=None if cut else is_short(longest, promised),
        cut=cut,
    )


def _narrow(wide: bytes, encoding: str) -> bytes:
    return wide[: len(wide) // 2 * 2].decode(encoding, "ignore").encode()


def _written(plain: bytes, tail: bytes) -> Sniffed:
    if not plain:
        return Sniffed(medium=Medium.NOTHING, form="blank")
    if plain.startswith(b"%PDF-"):
        return Sniffed(medium=Medium.PDF, form="pdf", whole=b"%%EOF" in tail)
    if _SVG.match(plain):
        ended = _SVG_END.search(tail) or _SVG_IN_ONE_TAG.search(tail)
        return Sniffed(medium=Medium.IMAGE, form="svg", whole=ended is not None)
    if _HTML.match(plain):
        empty = _EMPTY_ROOT.search(plain) is not None
        return Sniffed(medium=Medium.HTML, form=FRAME if empty else "html")
    return Sniffed(medium=Medium.TEXT if _is_text(plain) else Medium.OTHER)


def is_short(size: int, promised: str | None) -> bool | None:
    """Tell whether a body is shorter than the origin's Content-Length; None: not known.

    Equal in all 11 recorded cases where it was there; `-1` in liveweb records (2020 to 2026).
    """
    if promised is None or not promised.strip().isascii() or not promised.strip().isdecimal():
        return None
    return size < int(promised.strip()[:18])


def _riff(head: bytes, size: int) -> Sniffed:
    kind = head[8:12]
    whole = size >= 8 + int.from_bytes(head[4:8], "little")
    if kind == b"WEBP":
        return Sniffed(medium=Medium.IMAGE, form="webp", whole=whole)
    medium = {b"AVI ": Medium.VIDEO, b"WAVE": Medium.AUDIO}.get(kind, Medium.OTHER)
    return Sniffed(medium=medium, form="riff", whole=whole)


def _boxed(head: bytes, size: int) -> Sniffed:
    """Tell ISO media by its brands; walk the boxes that lie in the head for the size they need."""
    length = int.from_bytes(head[:4], "big")
    brands = [head[8:12], *(head[at : at + 4] for at in range(16, min(length, len(head)), 4))]
    form = next((_IMAGE_BRANDS[brand] for brand in brands if brand in _IMAGE_BRANDS), None)
    whole = _boxes_fit(head, size)
    if form is not None and head[8:12] in (*_IMAGE_BRANDS, b"mif1"):
        return Sniffed(medium=Medium.IMAGE, form=form, whole=whole)
    if head[8:11] in (b"M4A", b"M4B"):
        return Sniffed(medium=Medium.AUDIO, form="mp4", whole=whole)
    return Sniffed(medium=Medium.VIDEO, form="mp4", whole=whole)


def _boxes_fit(head: bytes, size: int) -> bool | None:
    position = 0
    while position + _MINIMUM_BOX <= len(head):
        length = int.from_bytes(head[position : position + 4], "big")
        if length == 1:
            length = int.from_bytes(head[position + 8 : position + 16], "big")
        if length == 0:
            return None  # to the end of the file, wherever that is
        if length < _MINIMUM_BOX:
            return False
        position += length
        if position > size:
            return False
    return True if position == size else None


def _is_text(plain: bytes) -> bool:
    """Tell text by the absence of control characters that no text has."""
    return not re.search(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f]", plain[:1024])


Ends = Callable[[bytes, bytes, int], bool | None]


def _ending(marker: bytes) -> Ends:
    return lambda _head, tail, _size: marker in tail


def _untold(_head: bytes, _tail: bytes, _size: int) -> bool | None:
    return None


def _jpeg(_head: bytes, tail: bytes, _size: int) -> bool | None:
    """Tell a JPEG that breaks off within its scan, where 0xFF stands before 0 or a restart."""
    if b"\xff\xd9" in tail:
        return True
    in_scan = b"\xff\x00" in tail and _FOREIGN_MARKER.search(tail) is None
    return False if in_scan else None  # None: cameras and hosts append their own data


def _bitmap(head: bytes, _tail: bytes, size: int) -> bool | None:
    return size >= int.from_bytes(head[2:6], "little")


def _gif(_head: bytes, tail: bytes, _size: int) -> bool | None:
    """Tell a GIF by its trailer; servers append their words behind it (`<!-- cached -->`)."""
    if tail.rstrip(b"\x00\r\n").endswith(b"\x3b"):
        return True
    return None if b"\x00\x3b" in tail else False


# fmt: off
_MAGIC: tuple[tuple[bytes, Medium, str, Ends], ...] = (
    (b"\xff\xd8\xff",        Medium.IMAGE, "jpeg", _jpeg),
    (b"\x89PNG\r\n\x1a\n",   Medium.IMAGE, "png",  _ending(b"IEND\xaeB`\x82")),
    (b"GIF87a",              Medium.IMAGE, "gif",  _gif),
    (b"GIF89a",              Medium.IMAGE, "gif",  _gif),
    (b"BM",                  Medium.IMAGE, "bmp",  _bitmap),
    (b"\x00\x00\x01\x00",    Medium.IMAGE, "ico",  _untold),
    (b"II*\x00",             Medium.IMAGE, "tiff", _untold),
    (b"MM\x00*",             Medium.IMAGE, "tiff", _untold),
    (b"\x00\x00\x00\x0cJXL ", Medium.IMAGE, "jxl", _untold),
    (b"\x00\x00\x00\x0cjP  ", Medium.IMAGE, "jp2", _untold),
    (b"%PDF-",               Medium.PDF,   "pdf",  _ending(b"%%EOF")),
    (b"\x1aE\xdf\xa3",       Medium.VIDEO, "webm", _untold),
    (b"FLV\x01",             Medium.VIDEO, "flv",  _untold),
    (b"\x00\x00\x01\xba",    Medium.VIDEO, "mpeg", _untold),
    (b"#EXTM3U",             Medium.VIDEO, "m3u8", _untold),
    (b"OggS",                Medium.VIDEO, "ogg",  _untold),
    (b"ID3",                 Medium.AUDIO, "mp3",  _untold),
    (b"\xff\xfb",            Medium.AUDIO, "mp3",  _untold),
    (b"fLaC",                Medium.AUDIO, "flac", _untold),
)
# fmt: on
